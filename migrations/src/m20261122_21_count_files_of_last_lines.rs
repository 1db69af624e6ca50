//! Adds to conversations how many files go along with their newest message.

crate::sql::migration! {
    up: "
        ALTER TABLE conversations ADD COLUMN last_pictures {number} NOT NULL DEFAULT 0;
        ALTER TABLE conversations ADD COLUMN last_others {number} NOT NULL DEFAULT 0;
    ",
    down: "
        ALTER TABLE conversations DROP COLUMN last_others;
        ALTER TABLE conversations DROP COLUMN last_pictures;
    ",
}
