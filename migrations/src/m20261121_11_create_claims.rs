//! Adds claims.

crate::sql::migration! {
    up: "
        CREATE TABLE claims (
            handoff_id {id} NOT NULL REFERENCES handoffs (id) ON DELETE CASCADE,
            -- 1 for the first claim of its handoff. Two agents who both think they were first
            -- would both insert the same number.
            number {number} NOT NULL CHECK (number > 0),
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            conversation_id {id} NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            agent_id {id} NOT NULL REFERENCES agents (id),
            at {number} NOT NULL,
            ended_at {number},
            PRIMARY KEY (handoff_id, number)
        ){strict};

        -- One conversation, one person who answers: the promise, kept by the database itself.
        CREATE UNIQUE INDEX one_open_claim ON claims (handoff_id) WHERE ended_at IS NULL;
        CREATE INDEX claims_of_agent ON claims (agent_id, at);
        CREATE INDEX claims_of_conversation ON claims (conversation_id);
    ",
    down: "DROP TABLE claims;",
}
