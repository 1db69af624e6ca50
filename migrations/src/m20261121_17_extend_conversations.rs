//! Adds to conversations their language, what the AI remembers, and when time changes them.

crate::sql::migration! {
    up: "
        ALTER TABLE conversations ADD COLUMN locale TEXT NOT NULL DEFAULT '';
        ALTER TABLE conversations ADD COLUMN unsure {number} NOT NULL DEFAULT 0;
        ALTER TABLE conversations ADD COLUMN wants_no_person {flag} NOT NULL DEFAULT {no};
        -- A timer is this column of the very row that it changes, so it is set, moved and done in
        -- the same transaction as the change itself, and fires once.
        ALTER TABLE conversations ADD COLUMN due_at {number};

        CREATE INDEX conversations_due ON conversations (due_at) WHERE due_at IS NOT NULL;
    ",
    down: "
        DROP INDEX conversations_due;
        ALTER TABLE conversations DROP COLUMN due_at;
        ALTER TABLE conversations DROP COLUMN wants_no_person;
        ALTER TABLE conversations DROP COLUMN unsure;
        ALTER TABLE conversations DROP COLUMN locale;
    ",
}
