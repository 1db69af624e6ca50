//! Adds to handoffs that their holder put them aside, and to conversations their labels and their
//! place among those of the assistant.

crate::sql::migration! {
    up: "
        ALTER TABLE handoffs ADD COLUMN snoozed {flag} NOT NULL DEFAULT {no};
        ALTER TABLE handoffs ADD COLUMN snoozed_until {number};
        ALTER TABLE handoffs ADD COLUMN woken_at {number};

        ALTER TABLE conversations ADD COLUMN category_id {id};
        -- JSON: a list of tags.
        ALTER TABLE conversations ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
        -- The time of the newest message, while the assistant answers and nobody is asked for.
        ALTER TABLE conversations ADD COLUMN assistant_at {number};
        UPDATE conversations SET assistant_at = last_at WHERE NOT EXISTS (
            SELECT 1 FROM handoffs
            WHERE handoffs.conversation_id = conversations.id AND handoffs.newest
                AND handoffs.state NOT IN ('proposed', 'cancelled')
        );
        CREATE INDEX conversations_of_assistant ON conversations (chatbot_id, assistant_at, id)
            WHERE assistant_at IS NOT NULL;
    ",
    down: "
        DROP INDEX conversations_of_assistant;
        ALTER TABLE conversations DROP COLUMN assistant_at;
        ALTER TABLE conversations DROP COLUMN tags;
        ALTER TABLE conversations DROP COLUMN category_id;
        ALTER TABLE handoffs DROP COLUMN woken_at;
        ALTER TABLE handoffs DROP COLUMN snoozed_until;
        ALTER TABLE handoffs DROP COLUMN snoozed;
    ",
}
