//! Adds tokens with which programs act as an agent.

crate::sql::migration! {
    up: "
        CREATE TABLE api_tokens (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            agent_id {id} NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            -- Only a hash: who reads a backup cannot act with it.
            token_hash {bytes} NOT NULL UNIQUE,
            -- Its first characters, by which its agent knows it again.
            beginning TEXT NOT NULL,
            scopes TEXT NOT NULL,
            created_at {number} NOT NULL,
            last_used_at {number},
            -- None until it is revoked, which deletes the row.
            expires_at {number}
        ){strict};

        CREATE INDEX api_tokens_of_agent ON api_tokens (agent_id);
    ",
    down: "DROP TABLE api_tokens;",
}
