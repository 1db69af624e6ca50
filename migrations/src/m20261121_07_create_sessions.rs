//! Adds visits of visitors.

crate::sql::migration! {
    up: "
        CREATE TABLE sessions (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            visitor_id {id} NOT NULL REFERENCES visitors (id) ON DELETE CASCADE,
            ip TEXT NOT NULL,
            user_agent TEXT NOT NULL,
            page_url TEXT NOT NULL,
            page_title TEXT NOT NULL,
            referrer TEXT NOT NULL,
            locale TEXT NOT NULL,
            first_seen_at {number} NOT NULL,
            last_seen_at {number} NOT NULL
        ){strict};

        -- The latest visit, by its beginning: the end moves with every page.
        CREATE INDEX sessions_of_visitor ON sessions (visitor_id, first_seen_at);
    ",
    down: "DROP TABLE sessions;",
}
