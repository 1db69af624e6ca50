//! Adds to agents since when they are what they chose.

crate::sql::migration! {
    up: "
        -- Milliseconds since 1970; not known of those who never chose.
        ALTER TABLE agents ADD COLUMN chosen_at {number};
    ",
    down: "ALTER TABLE agents DROP COLUMN chosen_at;",
}
