//! A conversation as a row of a list.

use domain::Conversation;
use protocol::card::{Card, LastLine};
use protocol::entry::Author;

use super::face::face;

/// The row of a conversation.
pub(crate) fn card(conversation: &Conversation) -> Card {
    Card {
        conversation: conversation.id,
        version: conversation.version,
        chatbot: conversation.chatbot,
        channel: conversation.channel,
        visitor: face(&conversation.visitor_name, conversation.visitor.0),
        state: conversation.card_state(),
        last: conversation.last.clone().unwrap_or_else(|| LastLine {
            author: Author::System,
            text: String::new(),
            at: conversation.created_at,
        }),
        unread: conversation.unread,
    }
}
