//! Adds to workspaces which modules are off, and for whom.

crate::sql::migration! {
    up: "
        -- A list of rules as JSON; a module without one is on for everybody.
        ALTER TABLE workspaces ADD COLUMN modules TEXT NOT NULL DEFAULT '[]';
    ",
    down: "ALTER TABLE workspaces DROP COLUMN modules;",
}
