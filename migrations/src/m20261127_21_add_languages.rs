//! Adds to agents what they speak.

crate::sql::migration! {
    up: "
        -- A list of language tags as JSON.
        ALTER TABLE agents ADD COLUMN languages TEXT NOT NULL DEFAULT '[]';
    ",
    down: "ALTER TABLE agents DROP COLUMN languages;",
}
