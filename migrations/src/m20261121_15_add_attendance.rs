//! Adds whether agents are there, and what routing asks of them.

crate::sql::migration! {
    up: "
        -- Since when no connection was there; none while one is. 0 until the first.
        ALTER TABLE agents ADD COLUMN gone_since {number} DEFAULT 0;
        ALTER TABLE agents ADD COLUMN accepting {flag} NOT NULL DEFAULT {yes};
        ALTER TABLE agents ADD COLUMN has_outlet {flag} NOT NULL DEFAULT {no};
        ALTER TABLE agents ADD COLUMN priority {number} NOT NULL DEFAULT 0;
        -- JSON; none works at all times.
        ALTER TABLE agents ADD COLUMN hours TEXT;
        ALTER TABLE agents ADD COLUMN last_claim_at {number};
    ",
    down: "
        ALTER TABLE agents DROP COLUMN last_claim_at;
        ALTER TABLE agents DROP COLUMN hours;
        ALTER TABLE agents DROP COLUMN priority;
        ALTER TABLE agents DROP COLUMN has_outlet;
        ALTER TABLE agents DROP COLUMN accepting;
        ALTER TABLE agents DROP COLUMN gone_since;
    ",
}
