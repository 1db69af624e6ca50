//! Adds saved replies.

crate::sql::migration! {
    up: "
        CREATE TABLE saved_replies (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            -- None for those of everybody, whatever the chatbot.
            chatbot_id {id} REFERENCES chatbots (id) ON DELETE CASCADE,
            -- Whose own it is; none for those that are shared.
            agent_id {id} REFERENCES agents (id) ON DELETE CASCADE,
            shortcut TEXT NOT NULL,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            position {number} NOT NULL,
            version {number} NOT NULL,
            CHECK (chatbot_id IS NULL OR agent_id IS NULL)
        ){strict};

        CREATE INDEX replies_of_workspace ON saved_replies (workspace_id, position);
        -- A shortcut means one thing wherever it is seen.
        CREATE UNIQUE INDEX one_shortcut_per_workspace ON saved_replies (workspace_id, shortcut)
            WHERE chatbot_id IS NULL AND agent_id IS NULL;
        CREATE UNIQUE INDEX one_shortcut_per_chatbot ON saved_replies (chatbot_id, shortcut)
            WHERE chatbot_id IS NOT NULL;
        CREATE UNIQUE INDEX one_shortcut_per_agent ON saved_replies (agent_id, shortcut)
            WHERE agent_id IS NOT NULL;
    ",
    down: "DROP TABLE saved_replies;",
}
