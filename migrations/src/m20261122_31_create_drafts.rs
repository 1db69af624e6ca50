//! Adds what agents have typed and not sent.

crate::sql::migration! {
    up: "
        CREATE TABLE drafts (
            agent_id {id} NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
            conversation_id {id} NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            mode TEXT NOT NULL,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            text TEXT NOT NULL,
            saved_at {number} NOT NULL,
            PRIMARY KEY (agent_id, conversation_id, mode)
        ){strict};

        CREATE INDEX drafts_of_conversation ON drafts (conversation_id);
    ",
    down: "DROP TABLE drafts;",
}
