//! Adds handoffs.

crate::sql::migration! {
    up: "
        CREATE TABLE handoffs (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            conversation_id {id} NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            chatbot_id {id} NOT NULL REFERENCES chatbots (id),
            -- A conversation is listed by its newest handoff and by no older one.
            newest {flag} NOT NULL,
            \"trigger\" TEXT NOT NULL,
            requested_at {number} NOT NULL,
            state TEXT NOT NULL,
            claims {number} NOT NULL CHECK (claims >= 0),
            claimed_by {id} REFERENCES agents (id),
            claimed_at {number},
            outcome TEXT,
            ended_at {number},
            -- The time by which its tab sorts.
            listed_at {number} NOT NULL,
            CHECK (state <> 'active' OR (claims > 0 AND claimed_by IS NOT NULL AND claimed_at IS NOT NULL)),
            CHECK (state <> 'resolved' OR (outcome IS NOT NULL AND ended_at IS NOT NULL))
        ){strict};

        -- A visitor waits for one person at a time: the second request joins the first.
        CREATE UNIQUE INDEX one_open_handoff ON handoffs (conversation_id)
            WHERE state IN ('pending', 'active');
        CREATE UNIQUE INDEX one_newest_handoff ON handoffs (conversation_id) WHERE newest;

        -- Pages of a tab, for those who see every chatbot and for those who see some.
        CREATE INDEX handoffs_of_workspace
            ON handoffs (workspace_id, state, listed_at, conversation_id) WHERE newest;
        CREATE INDEX handoffs_of_chatbot
            ON handoffs (chatbot_id, state, listed_at, conversation_id) WHERE newest;
    ",
    down: "DROP TABLE handoffs;",
}
