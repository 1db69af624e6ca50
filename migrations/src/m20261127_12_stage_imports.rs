//! Adds files of settings that somebody looks at before they are read in: one for each agent, for an hour.

crate::sql::migration! {
    up: "
        CREATE TABLE staged_imports (
            agent_id {id} NOT NULL PRIMARY KEY REFERENCES agents (id) ON DELETE CASCADE,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            at {number} NOT NULL,
            file TEXT NOT NULL
        ){strict};
    ",
    down: "
        DROP TABLE staged_imports;
    ",
}
