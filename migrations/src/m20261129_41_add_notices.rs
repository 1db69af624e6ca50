//! Adds to agents what they want to be told of, and when not.

crate::sql::migration! {
    up: "
        -- Whether they take mail about who waits. Whoever keeps the team has a switch of their own:
        -- handoff_mail; both have to be on.
        ALTER TABLE agents ADD COLUMN wants_mail {flag} NOT NULL DEFAULT {yes};
        -- What their inbox makes a sound of.
        ALTER TABLE agents ADD COLUMN rings_requests {flag} NOT NULL DEFAULT {yes};
        ALTER TABLE agents ADD COLUMN rings_replies {flag} NOT NULL DEFAULT {yes};
        -- Times of the week without mail and sound, as JSON.
        ALTER TABLE agents ADD COLUMN quiet TEXT;
    ",
    down: "
        ALTER TABLE agents DROP COLUMN quiet;
        ALTER TABLE agents DROP COLUMN rings_replies;
        ALTER TABLE agents DROP COLUMN rings_requests;
        ALTER TABLE agents DROP COLUMN wants_mail;
    ",
}
