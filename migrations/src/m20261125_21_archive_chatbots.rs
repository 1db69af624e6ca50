//! Adds to chatbots since when they are archived.

crate::sql::migration! {
    up: "ALTER TABLE chatbots ADD COLUMN archived_at {number};",
    down: "ALTER TABLE chatbots DROP COLUMN archived_at;",
}
