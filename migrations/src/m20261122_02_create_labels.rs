//! Adds categories and tags.

crate::sql::migration! {
    up: "
        CREATE TABLE labels (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            -- The name as it is compared: in lower case.
            folded TEXT NOT NULL,
            retired {flag} NOT NULL DEFAULT {no}
        ){strict};

        CREATE UNIQUE INDEX one_label_per_name ON labels (workspace_id, kind, folded);
    ",
    down: "DROP TABLE labels;",
}
