//! A waiting visitor goes on with the AI.

use protocol::entry::{Author, Event};
use protocol::{ConversationId, Refusal, Timestamp};

use crate::command::Write;
use crate::entry::Body;
use crate::facts::{Done, Facts};

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    write: Write,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let mut conversation = facts.conversation(conversation)?.clone();
    let handoff = conversation
        .handoff
        .take()
        .ok_or(Refusal::NotWaiting)?
        .cancelled(now)?;
    let event = Event::HandoffCancelled {
        handoff: handoff.id,
        by: Author::Visitor,
    };
    conversation.handoff = Some(handoff);
    conversation.unread = 0;
    conversation.unanswered_since = None;
    conversation.pass_control();
    let cancelled = conversation.append(Author::Visitor, Body::Event(event), Some(write), now);
    Ok(facts.save(conversation, vec![cancelled]))
}
