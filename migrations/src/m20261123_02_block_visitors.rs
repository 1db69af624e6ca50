//! Adds to conversations whether their visitor is blocked.

crate::sql::migration! {
    up: "ALTER TABLE conversations ADD COLUMN blocked {flag} NOT NULL DEFAULT {no};",
    down: "ALTER TABLE conversations DROP COLUMN blocked;",
}
