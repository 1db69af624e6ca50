//! Adds conversations.

crate::sql::migration! {
    up: "
        CREATE TABLE conversations (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            chatbot_id {id} NOT NULL REFERENCES chatbots (id),
            visitor_id {id} NOT NULL REFERENCES visitors (id),
            visitor_name TEXT NOT NULL,
            channel TEXT NOT NULL,
            created_at {number} NOT NULL,
            -- Every change is made on the version it was decided on, or not at all.
            version {number} NOT NULL,
            last_seq {number} NOT NULL,
            last_public_seq {number} NOT NULL CHECK (last_public_seq <= last_seq),
            control_epoch {number} NOT NULL,
            closed {flag} NOT NULL,
            ai_from {number} NOT NULL,
            last_author_kind TEXT,
            last_author_id {id},
            last_text TEXT,
            last_at {number},
            unread {number} NOT NULL,
            last_by_visitor_seq {number},
            last_by_visitor_public_seq {number},
            unanswered_since {number},
            read_by_team {number} NOT NULL,
            read_by_visitor {number} NOT NULL
        ){strict};

        -- Everything said between one visitor and one chatbot on one channel is one conversation.
        CREATE UNIQUE INDEX one_conversation ON conversations (visitor_id, chatbot_id, channel);
    ",
    down: "DROP TABLE conversations;",
}
