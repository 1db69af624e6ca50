//! Finds the notes and handoffs of a conversation without reading everything that is kept.

crate::sql::migration! {
    up: "
        CREATE INDEX notes_of_conversation ON entries (conversation_id, seq)
            WHERE body_kind = 'note';
        CREATE INDEX handoffs_of_conversation ON handoffs (conversation_id, requested_at);
    ",
    down: "
        DROP INDEX handoffs_of_conversation;
        DROP INDEX notes_of_conversation;
    ",
}
