//! Adds the second step of signing in: keys of one-time codes, and recovery codes.

crate::sql::migration! {
    up: "
        CREATE TABLE second_steps (
            agent_id {id} NOT NULL PRIMARY KEY REFERENCES agents (id) ON DELETE CASCADE,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            -- The key itself: codes are reckoned from it, so a hash would be of no use.
            secret {bytes} NOT NULL,
            -- None until a first code proved that the agent has the key.
            confirmed_at {number},
            -- The newest step of time whose code was used: it and those before are used up.
            used_step {number} NOT NULL DEFAULT 0
        ){strict};

        CREATE TABLE recovery_codes (
            -- Only a hash: who reads a backup cannot sign in with it.
            code_hash {bytes} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            agent_id {id} NOT NULL REFERENCES agents (id) ON DELETE CASCADE
        ){strict};

        CREATE INDEX recovery_codes_of_agent ON recovery_codes (agent_id);
    ",
    down: "
        DROP TABLE recovery_codes;
        DROP TABLE second_steps;
    ",
}
