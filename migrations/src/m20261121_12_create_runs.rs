//! Adds the AI's runs.

crate::sql::migration! {
    up: "
        CREATE TABLE runs (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            conversation_id {id} NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            epoch {number} NOT NULL,
            question {number} NOT NULL,
            state TEXT NOT NULL,
            created_at {number} NOT NULL,
            attempts {number} NOT NULL DEFAULT 0
        ){strict};

        -- One answer to all that was said: a newer question voids the older run. Also the list of
        -- what a crash left unanswered, since it holds the open ones only.
        CREATE UNIQUE INDEX one_open_run ON runs (conversation_id) WHERE state = 'open';
        CREATE INDEX runs_of_conversation ON runs (conversation_id);
    ",
    down: "DROP TABLE runs;",
}
