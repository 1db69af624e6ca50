//! Adds agents.

crate::sql::migration! {
    up: "
        CREATE TABLE agents (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            name TEXT NOT NULL,
            -- The address is the name one signs in with, in all workspaces: kept in lower case, so
            -- that nobody joins twice by another spelling.
            email TEXT NOT NULL UNIQUE,
            password_hash TEXT NOT NULL,
            role TEXT NOT NULL,
            chosen TEXT NOT NULL,
            -- Apart from the list of chatbots, so that an empty list can mean none.
            all_chatbots {flag} NOT NULL,
            chat_limit {number} NOT NULL DEFAULT 3 CHECK (chat_limit >= 0),
            -- How many claims are open now. Kept here and not counted, because a claim locks this
            -- row and decides by it.
            load {number} NOT NULL DEFAULT 0 CHECK (load >= 0),
            created_at {number} NOT NULL,
            disabled_at {number}
        ){strict};

        CREATE INDEX agents_of_workspace ON agents (workspace_id);
    ",
    down: "DROP TABLE agents;",
}
