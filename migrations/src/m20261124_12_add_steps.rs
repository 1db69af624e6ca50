//! Adds to saved replies what is done after they are sent.

crate::sql::migration! {
    up: "
        -- JSON: a list of steps.
        ALTER TABLE saved_replies ADD COLUMN steps TEXT NOT NULL DEFAULT '[]';
    ",
    down: "ALTER TABLE saved_replies DROP COLUMN steps;",
}
