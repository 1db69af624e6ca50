//! Adds invitations to the team, and versions of its members.

crate::sql::migration! {
    up: "
        CREATE TABLE invites (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            email TEXT NOT NULL,
            role TEXT NOT NULL,
            -- Only a hash: who reads a backup cannot join with it.
            token_hash {bytes} NOT NULL UNIQUE,
            invited_by {id} NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
            created_at {number} NOT NULL,
            expires_at {number} NOT NULL
        ){strict};

        CREATE UNIQUE INDEX one_invite_per_address ON invites (workspace_id, email);

        -- Raised by every save of the team's page; to be named when saving.
        ALTER TABLE agents ADD COLUMN version {number} NOT NULL DEFAULT 1;
    ",
    down: "
        ALTER TABLE agents DROP COLUMN version;
        DROP TABLE invites;
    ",
}
