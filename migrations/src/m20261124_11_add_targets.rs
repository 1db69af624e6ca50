//! Adds to conversations the reply that is owed, and to saved views their order.

crate::sql::migration! {
    up: "
        -- When the owed reply is due, while it is pending or active and not put aside; 9999-12-31
        -- where none is owed.
        ALTER TABLE conversations ADD COLUMN owed_at {number};
        ALTER TABLE conversations ADD COLUMN clock_since {number};
        ALTER TABLE conversations ADD COLUMN clock_warn_at {number};
        ALTER TABLE conversations ADD COLUMN first_reply_seconds {number};
        ALTER TABLE conversations ADD COLUMN first_reply_late {flag} NOT NULL DEFAULT {no};
        ALTER TABLE conversations ADD COLUMN told_late {number};
        UPDATE conversations SET owed_at = 253402300799000 WHERE EXISTS (
            SELECT 1 FROM handoffs
            WHERE handoffs.conversation_id = conversations.id AND handoffs.newest
                AND handoffs.state IN ('pending', 'active') AND NOT handoffs.snoozed
        );
        UPDATE conversations SET first_reply_seconds = (
            SELECT (MIN(entries.at) - MIN(handoffs.requested_at)) / 1000
            FROM handoffs JOIN entries ON entries.conversation_id = handoffs.conversation_id
            WHERE handoffs.conversation_id = conversations.id AND handoffs.newest
                AND entries.author_kind = 'agent' AND entries.body_kind = 'message'
                AND entries.at >= handoffs.requested_at
        ) WHERE owed_at IS NOT NULL;
        CREATE INDEX conversations_by_due ON conversations (chatbot_id, owed_at, id)
            WHERE owed_at IS NOT NULL;

        UPDATE saved_views SET view = REPLACE(
            REPLACE(view, '\"newest\":true', '\"order\":\"newest\"'),
            '\"newest\":false', '\"order\":\"waiting\"'
        );
    ",
    down: "
        UPDATE saved_views SET view = REPLACE(
            REPLACE(view, '\"order\":\"newest\"', '\"newest\":true'),
            '\"order\":\"waiting\"', '\"newest\":false'
        );
        UPDATE saved_views SET view = REPLACE(view, '\"order\":\"due\"', '\"newest\":false');
        DROP INDEX conversations_by_due;
        ALTER TABLE conversations DROP COLUMN told_late;
        ALTER TABLE conversations DROP COLUMN first_reply_late;
        ALTER TABLE conversations DROP COLUMN first_reply_seconds;
        ALTER TABLE conversations DROP COLUMN clock_warn_at;
        ALTER TABLE conversations DROP COLUMN clock_since;
        ALTER TABLE conversations DROP COLUMN owed_at;
    ",
}
