//! A conversation as a row of a list.

use domain::Conversation;
use protocol::card::{Card, Files, LastLine};
use protocol::entry::Author;

use super::face::face;
use crate::richtext;

/// The row of a conversation.
pub(crate) fn card(conversation: &Conversation) -> Card {
    Card {
        conversation: conversation.id,
        version: conversation.version,
        chatbot: conversation.chatbot,
        channel: conversation.channel,
        visitor: face(&conversation.visitor_name, conversation.visitor.0),
        state: conversation.card_state(),
        last: last_line(conversation),
        unread: conversation.unread,
        declined_by: match &conversation.handoff {
            Some(handoff) if handoff.waiting().is_some() => handoff.declined_by.clone(),
            _ => Vec::new(),
        },
        category: conversation.category,
        tags: conversation.tags.clone(),
        blocked: conversation.blocked,
        participants: conversation.participants().to_vec(),
        clock: conversation.clock,
        first_reply: conversation.first_reply,
    }
}

/// The newest message without its Markdown.
fn last_line(conversation: &Conversation) -> LastLine {
    match &conversation.last {
        Some(last) => LastLine {
            text: richtext::parse(&last.text).plain(),
            ..last.clone()
        },
        None => LastLine {
            author: Author::System,
            text: String::new(),
            at: conversation.created_at,
            files: Files::default(),
        },
    }
}
