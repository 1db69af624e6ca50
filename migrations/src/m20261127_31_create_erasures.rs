//! Adds what proves that data was erased, and what finds data whose time is over.

crate::sql::migration! {
    up: "
        -- Says what was erased without saying anything of whom it was about.
        CREATE TABLE erasures (
            id {id} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            at {number} NOT NULL,
            asked_by TEXT NOT NULL,
            -- The agent who asked; no reference, and with the name they had: it outlives them.
            agent_id {id},
            agent_name TEXT NOT NULL,
            -- JSON: how many of what.
            counts TEXT NOT NULL,
            -- When the last object of a file was gone; none while some are left.
            done_at {number},
            CHECK ((asked_by = 'agent') = (agent_id IS NOT NULL))
        ){strict};
        CREATE INDEX erasures_of_workspace ON erasures (workspace_id, at);
        CREATE INDEX erasures_under_way ON erasures (at) WHERE done_at IS NULL;

        -- A file whose object has to go on account of it.
        ALTER TABLE attachments ADD COLUMN erasure_id {id};
        CREATE INDEX attachments_of_erasure ON attachments (erasure_id) WHERE erasure_id IS NOT NULL;

        -- Who came long ago is found by their first visit: an index by the last one would be written
        -- to with every message.
        CREATE INDEX visitors_by_age ON visitors (chatbot_id, created_at);
    ",
    down: "
        DROP INDEX visitors_by_age;
        DROP INDEX attachments_of_erasure;
        ALTER TABLE attachments DROP COLUMN erasure_id;
        DROP TABLE erasures;
    ",
}
