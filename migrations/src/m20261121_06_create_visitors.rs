//! Adds visitors.

crate::sql::migration! {
    up: "
        CREATE TABLE visitors (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            chatbot_id {id} NOT NULL REFERENCES chatbots (id),
            -- Reserved when the visitor first comes; the conversation begins with the first
            -- message. Unique, so that nobody can be given somebody else's conversation.
            conversation_id {id} NOT NULL UNIQUE,
            name TEXT NOT NULL,
            token_hash {bytes} NOT NULL UNIQUE,
            created_at {number} NOT NULL
        ){strict};
    ",
    down: "DROP TABLE visitors;",
}
