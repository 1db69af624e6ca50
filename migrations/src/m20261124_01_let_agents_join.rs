//! Adds to handoffs who joined their holders.

crate::sql::migration! {
    up: "
        -- JSON: a list of agents.
        ALTER TABLE handoffs ADD COLUMN participants TEXT NOT NULL DEFAULT '[]';
    ",
    down: "
        ALTER TABLE handoffs DROP COLUMN participants;
    ",
}
