//! A waiting visitor goes on with the AI.

use protocol::entry::{Author, Event, MissedReason};
use protocol::{ConversationId, Refusal, Timestamp};

use super::miss;
use super::steps::Steps;
use crate::command::Write;
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::handoff::Handoff;

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    write: Write,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let mut conversation = facts.conversation(conversation)?.clone();
    let pending = |handoff: &Handoff| handoff.waiting().is_some();
    let handoff = conversation.handoff.take().filter(pending);
    let handoff = handoff.ok_or(Refusal::NotWaiting)?;
    let handoff = handoff.cancelled(MissedReason::VisitorLeft, now)?;
    let event = Event::HandoffCancelled {
        handoff: handoff.id,
        by: Author::Visitor,
        message: String::new(),
    };
    conversation.handoff = Some(handoff);
    conversation.unread = 0;
    conversation.unanswered_since = None;
    conversation.pass_control();
    let mut steps = Steps::default();
    let body = Body::Event(event);
    steps.write(&mut conversation, Author::Visitor, body, Some(write), now);
    miss::owe(&conversation, &mut steps, now);
    Ok(steps.save(facts, conversation, now))
}
