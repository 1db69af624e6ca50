//! Adds to handoffs how their visitors found them.

crate::sql::migration! {
    up: "
        -- 1 to 5.
        ALTER TABLE handoffs ADD COLUMN stars {number};
        ALTER TABLE handoffs ADD COLUMN rating_comment TEXT NOT NULL DEFAULT '';
        ALTER TABLE handoffs ADD COLUMN rated_at {number};
    ",
    down: "
        ALTER TABLE handoffs DROP COLUMN rated_at;
        ALTER TABLE handoffs DROP COLUMN rating_comment;
        ALTER TABLE handoffs DROP COLUMN stars;
    ",
}
