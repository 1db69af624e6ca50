//! Adds what agents say of themselves: a phone number and a picture.

crate::sql::migration! {
    up: "
        -- `+` and digits (E.164).
        ALTER TABLE agents ADD COLUMN phone TEXT;

        -- A few kilobytes each: kept here and not beside the files, so that a picture comes and goes
        -- with its agent, in one transaction.
        CREATE TABLE agent_pictures (
            agent_id {id} NOT NULL PRIMARY KEY REFERENCES agents (id) ON DELETE CASCADE,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            -- Another one for every picture, so that its address says which it is.
            picture_id {id} NOT NULL,
            media_type TEXT NOT NULL,
            content {bytes} NOT NULL
        ){strict};
    ",
    down: "
        DROP TABLE agent_pictures;
        ALTER TABLE agents DROP COLUMN phone;
    ",
}
