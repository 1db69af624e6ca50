//! Adds the files that go along with messages and notes.

crate::sql::migration! {
    up: "
        CREATE TABLE attachments (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            -- No reference: a visitor's conversation begins with the message that names the file.
            conversation_id {id} NOT NULL,
            uploader_kind TEXT NOT NULL,
            uploader_id {id} NOT NULL,
            -- The row is there before its object, so that no object is without a row.
            state TEXT NOT NULL,
            name TEXT NOT NULL,
            media_type TEXT NOT NULL,
            bytes {number} NOT NULL,
            width {number},
            height {number},
            for_team {flag} NOT NULL DEFAULT {no},
            created_at {number} NOT NULL,
            sent_at {number}
        ){strict};

        CREATE INDEX attachments_of_conversation ON attachments (conversation_id);
        CREATE INDEX attachments_unsent ON attachments (created_at) WHERE state <> 'sent';
    ",
    down: "DROP TABLE attachments;",
}
