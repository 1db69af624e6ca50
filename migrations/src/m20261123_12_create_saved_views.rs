//! Adds saved views.

crate::sql::migration! {
    up: "
        CREATE TABLE saved_views (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            -- Whose own it is; none for those that are shared.
            agent_id {id} REFERENCES agents (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            -- Tab, filters and order, as they travel.
            view TEXT NOT NULL,
            position {number} NOT NULL,
            version {number} NOT NULL
        ){strict};

        -- A name means one list to whoever sees it among the others of its kind.
        CREATE UNIQUE INDEX one_shared_view_per_name ON saved_views (workspace_id, name)
            WHERE agent_id IS NULL;
        CREATE UNIQUE INDEX one_own_view_per_name ON saved_views (workspace_id, agent_id, name)
            WHERE agent_id IS NOT NULL;
    ",
    down: "DROP TABLE saved_views;",
}
