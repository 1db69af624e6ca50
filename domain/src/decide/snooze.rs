//! A holder puts a chat aside, and it comes back: by hand, in time, or when the visitor writes.
//!
//! Whoever put it aside holds it on. It counts among their chats, and nobody else is asked.

use core::time::Duration;

use protocol::card::Snooze;
use protocol::entry::{Author, Event, Woken};
use protocol::{AgentId, ConversationId, HandoffId, Refusal, Timestamp, limits};

use super::claim;
use super::steps::Steps;
use crate::command::Write;
use crate::conversation::Conversation;
use crate::entry::Body;
use crate::facts::{Done, Facts};

pub(super) fn snooze(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    (handoff, until): (HandoffId, Option<Timestamp>),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let (_, conversation) = facts.seen_by(agent, conversation)?;
    claim::held_by(facts, conversation, agent, handoff)?;
    let days = limits::SNOOZE_DAYS;
    let last = now.after(Duration::from_secs(u64::from(days) * 24 * 60 * 60));
    if until.is_some_and(|until| until <= now || until > last) {
        return Err(Refusal::NotAhead { days });
    }
    let mut conversation = conversation.clone();
    if let Some(holding) = conversation.holding_mut() {
        holding.snooze = Some(Snooze { until });
    }
    let event = Event::HandoffSnoozed {
        handoff,
        agent,
        until,
    };
    let body = Body::Event(event);
    let entry = conversation.append(Author::Agent(agent), body, Some(write), now);
    Ok(facts.save(conversation, vec![entry]))
}

pub(super) fn wake(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    handoff: HandoffId,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let (_, conversation) = facts.seen_by(agent, conversation)?;
    claim::held_by(facts, conversation, agent, handoff)?;
    let mut conversation = conversation.clone();
    let mut steps = Steps::default();
    let by = (Author::Agent(agent), Woken::Agent);
    if !come_back(&mut conversation, &mut steps, by, Some(write), now) {
        return Ok(Done::default());
    }
    Ok(steps.save(facts, conversation, now))
}

/// Brings a chat back that was put aside. Tells whether it was.
pub(super) fn come_back(
    conversation: &mut Conversation,
    steps: &mut Steps,
    (author, why): (Author, Woken),
    write: Option<Write>,
    now: Timestamp,
) -> bool {
    let handoff = conversation.handoff.as_ref().map(|handoff| handoff.id);
    let holding = conversation.holding_mut();
    let Some((handoff, holding)) = handoff.zip(holding) else {
        return false;
    };
    if holding.snooze.take().is_none() {
        return false;
    }
    holding.woken_at = Some(now);
    let body = Body::Event(Event::HandoffWoken { handoff, why });
    steps.write(conversation, author, body, write, now);
    true
}
