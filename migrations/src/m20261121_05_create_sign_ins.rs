//! Adds sign-ins.

crate::sql::migration! {
    up: "
        CREATE TABLE sign_ins (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            agent_id {id} NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
            -- Only a hash: who reads a backup cannot sign in with it.
            token_hash {bytes} NOT NULL UNIQUE,
            created_at {number} NOT NULL,
            last_seen_at {number} NOT NULL,
            expires_at {number} NOT NULL,
            revoked_at {number},
            user_agent TEXT NOT NULL,
            ip TEXT NOT NULL
        ){strict};

        CREATE INDEX sign_ins_of_agent ON sign_ins (agent_id);
    ",
    down: "DROP TABLE sign_ins;",
}
