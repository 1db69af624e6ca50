//! A colleague joins the holder of a handoff as a participant, and leaves again.
//!
//! The holder holds it on: it counts among their chats alone, and they alone end it or pass it on.

use protocol::entry::{Author, Event};
use protocol::{AgentId, ConversationId, HandoffId, Refusal, Timestamp};

use super::claim;
use crate::command::Write;
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::handoff::Handoff;
use crate::permissions::Permission;

pub(super) fn join(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    handoff: HandoffId,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let (joining, conversation) = facts.seen_by(agent, conversation)?;
    joining.may(Permission::TakeChats)?;
    let found = asked(conversation.handoff.as_ref(), handoff)?;
    let joined = found.clone().joined(agent)?;
    if joined == *found {
        return Ok(Done::default());
    }
    let message = claim::joined(facts, conversation, &joining.name)?;
    let mut conversation = conversation.clone();
    conversation.handoff = Some(joined);
    let event = Event::HandoffJoined {
        handoff,
        agent,
        message,
    };
    let body = Body::Event(event);
    let entry = conversation.append(Author::Agent(agent), body, Some(write), now);
    Ok(facts.save(conversation, vec![entry]))
}

pub(super) fn leave(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    handoff: HandoffId,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let (_, conversation) = facts.seen_by(agent, conversation)?;
    let found = asked(conversation.handoff.as_ref(), handoff)?;
    if !found.participants.contains(&agent) {
        return Ok(Done::default());
    }
    let mut conversation = conversation.clone();
    conversation.handoff = Some(found.clone().left(agent));
    let body = Body::Event(Event::HandoffLeft { handoff, agent });
    let entry = conversation.append(Author::Agent(agent), body, Some(write), now);
    Ok(facts.save(conversation, vec![entry]))
}

/// The handoff that is named, if it is still the conversation's and open.
fn asked(found: Option<&Handoff>, handoff: HandoffId) -> Result<&Handoff, Refusal> {
    let found = found.filter(|found| found.id == handoff && found.is_open());
    found.ok_or(Refusal::HandoffOver)
}
