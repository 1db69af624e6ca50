//! Adds workspaces.

crate::sql::migration! {
    up: "
        CREATE TABLE workspaces (
            id {id} NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            created_at {number} NOT NULL
        ){strict};
    ",
    down: "DROP TABLE workspaces;",
}
