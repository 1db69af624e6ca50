//! Adds groups of agents.

crate::sql::migration! {
    up: "
        CREATE TABLE agent_groups (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            name TEXT NOT NULL
        ){strict};

        CREATE UNIQUE INDEX one_group_per_name ON agent_groups (workspace_id, name);

        CREATE TABLE group_members (
            group_id {id} NOT NULL REFERENCES agent_groups (id) ON DELETE CASCADE,
            agent_id {id} NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            PRIMARY KEY (group_id, agent_id)
        ){strict};

        CREATE INDEX groups_of_agent ON group_members (agent_id);
    ",
    down: "DROP TABLE group_members; DROP TABLE agent_groups;",
}
