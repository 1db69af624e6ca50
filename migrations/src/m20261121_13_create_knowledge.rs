//! Adds what the AI is trained on.

crate::sql::migration! {
    up: "
        CREATE TABLE knowledge_sources (
            id {row},
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            chatbot_id {id} NOT NULL REFERENCES chatbots (id) ON DELETE CASCADE,
            title TEXT NOT NULL,
            url TEXT,
            digest {bytes} NOT NULL,
            created_at {number} NOT NULL
        ){strict};

        -- Training again with the same text changes nothing.
        CREATE UNIQUE INDEX one_source ON knowledge_sources (chatbot_id, digest);

        CREATE TABLE passages (
            id {row},
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            chatbot_id {id} NOT NULL REFERENCES chatbots (id) ON DELETE CASCADE,
            source_id {number} NOT NULL REFERENCES knowledge_sources (id) ON DELETE CASCADE,
            position {number} NOT NULL,
            heading TEXT NOT NULL,
            text TEXT NOT NULL,
            url TEXT
        ){strict};

        CREATE UNIQUE INDEX one_passage ON passages (source_id, position);
        CREATE INDEX passages_of_chatbot ON passages (chatbot_id);
    ",
    down: "DROP TABLE passages; DROP TABLE knowledge_sources;",
}
