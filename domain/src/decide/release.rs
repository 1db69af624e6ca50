//! An agent gives a claim back; the visitor waits on with the same clock.

use protocol::entry::{Author, Event};
use protocol::{AgentId, ConversationId, HandoffId, Refusal, Timestamp};

use super::claim;
use crate::command::Write;
use crate::entry::Body;
use crate::facts::{Done, Facts};

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    handoff: HandoffId,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let (_, conversation) = facts.seen_by(agent, conversation)?;
    let mut conversation = conversation.clone();
    let (handoff, claim) = claim::held_by(facts, &conversation, agent, handoff)?;
    let handoff = handoff.released()?;
    let id = handoff.id;
    conversation.handoff = Some(handoff);
    conversation.pass_control();
    let event = Event::HandoffReleased { handoff: id, agent };
    let entry = conversation.append(Author::Agent(agent), Body::Event(event), Some(write), now);
    facts.end_claim(conversation.id, id, claim, now);
    Ok(facts.save(conversation, vec![entry]))
}
