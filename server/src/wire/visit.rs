//! What agents are told of a visitor's latest visit.

use domain::Conversation;
use protocol::agent::VisitorView;

use super::face::face;
use crate::store::{Given, VisitRow};

/// The visitor of a conversation; what is unknown is empty.
pub(crate) fn view(
    conversation: &Conversation,
    visit: Option<VisitRow>,
    given: Given,
    connected: bool,
) -> VisitorView {
    let face = face(&conversation.visitor_name, conversation.visitor.0);
    let channel = conversation.channel;
    let Given { name, email } = given;
    match visit {
        Some(visit) => VisitorView {
            face,
            name,
            email,
            channel,
            connected,
            since: visit.first_seen_at,
            page_url: visit.page_url,
            page_title: visit.page_title,
            referrer: visit.referrer,
            ip: visit.ip,
            location: String::new(),
            user_agent: visit.user_agent,
            locale: visit.locale,
        },
        None => VisitorView {
            face,
            name,
            email,
            channel,
            connected,
            since: conversation.created_at,
            page_url: String::new(),
            page_title: String::new(),
            referrer: String::new(),
            ip: String::new(),
            location: String::new(),
            user_agent: String::new(),
            locale: String::new(),
        },
    }
}
