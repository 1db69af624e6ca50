//! Adds mentions of colleagues in notes, kept until they have been seen.

crate::sql::migration! {
    up: "
        CREATE TABLE mentions (
            agent_id {id} NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
            conversation_id {id} NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            -- The note.
            seq {number} NOT NULL,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            by_agent_id {id} NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
            at {number} NOT NULL,
            PRIMARY KEY (agent_id, conversation_id, seq)
        ){strict};

        CREATE INDEX mentions_of_conversation ON mentions (conversation_id);
    ",
    down: "DROP TABLE mentions;",
}
