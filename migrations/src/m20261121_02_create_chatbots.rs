//! Adds chatbots.

crate::sql::migration! {
    up: "
        CREATE TABLE chatbots (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            name TEXT NOT NULL,
            -- JSON. Nothing is ever searched by a setting, and a new setting needs no migration.
            settings TEXT NOT NULL,
            created_at {number} NOT NULL
        ){strict};

        CREATE INDEX chatbots_of_workspace ON chatbots (workspace_id);
    ",
    down: "DROP TABLE chatbots;",
}
