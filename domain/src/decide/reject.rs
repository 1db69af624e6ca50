//! An agent passes a pending handoff on; it goes to the next, and in the end to everybody.

use protocol::entry::{Author, Event, Passed};
use protocol::{AgentId, ConversationId, HandoffId, Refusal, Timestamp};

use super::route;
use super::steps::Steps;
use crate::command::{Fresh, Write};
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::permissions::Permission;

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    (handoff, fresh): (HandoffId, Fresh),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let (rejecting, conversation) = facts.seen_by(agent, conversation)?;
    rejecting.may(Permission::TakeChats)?;
    let mut conversation = conversation.clone();
    let found = conversation
        .handoff
        .take()
        .filter(|found| found.id == handoff);
    let found = found.ok_or(Refusal::NotPending)?;
    // Passing on twice is passing on once.
    if found.waiting().is_some() && found.declined_by.contains(&agent) {
        return Ok(Done::default());
    }
    conversation.handoff = Some(found.declined(agent)?);
    let event = Event::HandoffRejected {
        handoff,
        agent,
        why: Passed::Rejected,
    };
    let mut steps = Steps::default();
    let (author, body) = (Author::Agent(agent), Body::Event(event));
    steps.write(&mut conversation, author, body, Some(write), now);
    route::route(facts, &mut conversation, &mut steps, fresh.lead, now)?;
    Ok(steps.save(facts, conversation, now))
}
