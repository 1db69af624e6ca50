//! Keeps what visitors agreed to: the words and the link that they saw, and when.

crate::sql::migration! {
    up: "
        CREATE TABLE consents (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            -- What is erased of a visitor takes this along.
            visitor_id {id} NOT NULL REFERENCES visitors (id) ON DELETE CASCADE,
            -- The form before the chat, or the one for details.
            form TEXT NOT NULL CHECK (form IN ('before', 'details')),
            -- As it stood there: what is asked for later may be something else.
            text TEXT NOT NULL,
            url TEXT,
            at {number} NOT NULL
        ){strict};

        CREATE INDEX consents_of_visitor ON consents (visitor_id, form);
    ",
    down: "
        DROP TABLE consents;
    ",
}
