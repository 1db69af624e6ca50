//! Adds to handoffs the states `proposed` and `missed`, offers, groups, forms and lost agents.

crate::sql::migration! {
    up: "
        ALTER TABLE handoffs ADD COLUMN reason TEXT NOT NULL DEFAULT '';
        -- JSON: a list of agents.
        ALTER TABLE handoffs ADD COLUMN declined_by TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE handoffs ADD COLUMN form TEXT NOT NULL DEFAULT 'not_asked';
        ALTER TABLE handoffs ADD COLUMN lead_id {id};
        ALTER TABLE handoffs ADD COLUMN proposed_until {number};
        ALTER TABLE handoffs ADD COLUMN pending_since {number};
        ALTER TABLE handoffs ADD COLUMN offered_to {id};
        ALTER TABLE handoffs ADD COLUMN offered_until {number};
        ALTER TABLE handoffs ADD COLUMN group_id {id};
        ALTER TABLE handoffs ADD COLUMN acknowledged {flag} NOT NULL DEFAULT {no};
        ALTER TABLE handoffs ADD COLUMN lost_since {number};
        ALTER TABLE handoffs ADD COLUMN warned_at {number};
        ALTER TABLE handoffs ADD COLUMN missed_reason TEXT;
        UPDATE handoffs SET pending_since = requested_at WHERE state = 'pending';

        DROP INDEX one_open_handoff;
        CREATE UNIQUE INDEX one_open_handoff ON handoffs (conversation_id)
            WHERE state IN ('proposed', 'pending', 'active');
    ",
    // What the older program does not know ends here.
    down: "
        UPDATE handoffs SET state = 'cancelled', ended_at = requested_at
            WHERE state IN ('proposed', 'missed');
        DROP INDEX one_open_handoff;
        CREATE UNIQUE INDEX one_open_handoff ON handoffs (conversation_id)
            WHERE state IN ('pending', 'active');
        ALTER TABLE handoffs DROP COLUMN missed_reason;
        ALTER TABLE handoffs DROP COLUMN warned_at;
        ALTER TABLE handoffs DROP COLUMN lost_since;
        ALTER TABLE handoffs DROP COLUMN acknowledged;
        ALTER TABLE handoffs DROP COLUMN group_id;
        ALTER TABLE handoffs DROP COLUMN offered_until;
        ALTER TABLE handoffs DROP COLUMN offered_to;
        ALTER TABLE handoffs DROP COLUMN pending_since;
        ALTER TABLE handoffs DROP COLUMN proposed_until;
        ALTER TABLE handoffs DROP COLUMN lead_id;
        ALTER TABLE handoffs DROP COLUMN form;
        ALTER TABLE handoffs DROP COLUMN declined_by;
        ALTER TABLE handoffs DROP COLUMN reason;
    ",
}
