//! Adds the files that saved replies bring along.

crate::sql::migration! {
    up: "
        CREATE TABLE reply_files (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            -- None until the reply is saved, and again when it lets go of the file.
            reply_id {id} REFERENCES saved_replies (id) ON DELETE SET NULL,
            -- Who uploaded it.
            agent_id {id} NOT NULL,
            -- The row is there before its object, so that no object is without a row.
            state TEXT NOT NULL,
            position {number} NOT NULL DEFAULT 0,
            name TEXT NOT NULL,
            media_type TEXT NOT NULL,
            bytes {number} NOT NULL,
            width {number},
            height {number},
            created_at {number} NOT NULL
        ){strict};

        CREATE INDEX files_of_replies ON reply_files (workspace_id, reply_id, position);
        CREATE INDEX files_of_no_reply ON reply_files (created_at) WHERE reply_id IS NULL;
    ",
    down: "DROP TABLE reply_files;",
}
