//! Adds which chatbots an agent is assigned to.

crate::sql::migration! {
    up: "
        CREATE TABLE agent_chatbots (
            agent_id {id} NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
            chatbot_id {id} NOT NULL REFERENCES chatbots (id) ON DELETE CASCADE,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            PRIMARY KEY (agent_id, chatbot_id)
        ){strict};

        CREATE INDEX agent_chatbots_of_chatbot ON agent_chatbots (chatbot_id);
    ",
    down: "DROP TABLE agent_chatbots;",
}
