//! Adds what leaves by mail, the links that mails hold, and whom a mail tells of who waits.

crate::sql::migration! {
    up: "
        CREATE TABLE deliveries (
            id {id} NOT NULL PRIMARY KEY,
            -- None until it is looked up whose address it is: asking for a new password writes the
            -- same row for everybody, so that the answer tells nothing.
            workspace_id {id} REFERENCES workspaces (id),
            recipient TEXT NOT NULL,
            kind TEXT NOT NULL,
            -- JSON of what it tells of, by id. Never a secret and never a visitor's words.
            mail TEXT NOT NULL,
            -- What is told once: the same key again adds nothing.
            key TEXT UNIQUE,
            state TEXT NOT NULL,
            created_at {number} NOT NULL,
            due_at {number},
            give_up_at {number} NOT NULL,
            ended_at {number},
            -- Whose turn it is to try, and until when nobody else does.
            leased_by {id},
            leased_until {number},
            attempts {number} NOT NULL,
            -- Those since it was asked for or asked for again.
            tries {number} NOT NULL
        ){strict};

        CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'waiting';
        CREATE INDEX deliveries_ended ON deliveries (ended_at);
        CREATE INDEX deliveries_newest ON deliveries (workspace_id, created_at);

        CREATE TABLE delivery_attempts (
            delivery_id {id} NOT NULL REFERENCES deliveries (id) ON DELETE CASCADE,
            number {number} NOT NULL,
            at {number} NOT NULL,
            -- None while it runs, and of one that was cut off.
            outcome TEXT,
            why TEXT NOT NULL,
            PRIMARY KEY (delivery_id, number)
        ){strict};

        -- A link is made for each attempt and only its hash is kept, so that no secret waits in the
        -- table of mails; that of an attempt whose end nobody knows goes on working.
        CREATE TABLE invite_links (
            token_hash {bytes} NOT NULL PRIMARY KEY,
            invite_id {id} NOT NULL REFERENCES invites (id) ON DELETE CASCADE
        ){strict};

        CREATE INDEX invite_links_of ON invite_links (invite_id);

        CREATE TABLE resets (
            token_hash {bytes} NOT NULL PRIMARY KEY,
            workspace_id {id} NOT NULL REFERENCES workspaces (id),
            agent_id {id} NOT NULL REFERENCES agents (id) ON DELETE CASCADE,
            expires_at {number} NOT NULL
        ){strict};

        CREATE INDEX resets_of ON resets (agent_id);

        -- Whether a mail tells them of who waits while they are away.
        ALTER TABLE agents ADD COLUMN handoff_mail {flag} NOT NULL DEFAULT {yes};
        UPDATE agents SET handoff_mail = {no} WHERE role = 'owner';

        -- When those who are away were told, or that nobody had to be.
        ALTER TABLE handoffs ADD COLUMN mailed_at {number};
        CREATE INDEX handoffs_unmailed ON handoffs (requested_at)
            WHERE state = 'pending' AND mailed_at IS NULL;
    ",
    down: "
        DROP INDEX handoffs_unmailed;
        ALTER TABLE handoffs DROP COLUMN mailed_at;
        ALTER TABLE agents DROP COLUMN handoff_mail;
        DROP TABLE resets;
        DROP TABLE invite_links;
        DROP TABLE delivery_attempts;
        DROP TABLE deliveries;
    ",
}
