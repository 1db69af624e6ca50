//! Adds leads.

crate::sql::migration! {
    up: "
        CREATE TABLE leads (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            chatbot_id {id} NOT NULL REFERENCES chatbots (id),
            conversation_id {id} NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            handoff_id {id} NOT NULL REFERENCES handoffs (id) ON DELETE CASCADE,
            -- None while the visitor still waits.
            reason TEXT,
            -- The conversation up to here is its transcript.
            seq {number} NOT NULL,
            created_at {number} NOT NULL,
            changed_at {number} NOT NULL,
            name TEXT,
            email TEXT,
            phone TEXT,
            -- JSON: the message, the owner's own fields, the consent.
            details TEXT
        ){strict};

        CREATE INDEX leads_of_workspace ON leads (workspace_id, created_at);
        CREATE INDEX leads_of_conversation ON leads (conversation_id);
    ",
    down: "DROP TABLE leads;",
}
