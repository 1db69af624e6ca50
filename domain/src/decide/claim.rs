//! An agent takes a handoff. Every path to a claim comes through here.

use protocol::entry::{Author, Event, Taken};
use protocol::{AgentId, ConversationId, HandoffId, Refusal, Timestamp};

use super::request::texts;
use super::steps::Steps;
use crate::agent::Agent;
use crate::command::Write;
use crate::conversation::Conversation;
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::handoff::{Claim, Handoff, HandoffState};
use crate::permissions::Permission;

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    handoff: HandoffId,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let (_, conversation) = facts.seen_by(agent, conversation)?;
    // Whoever holds this very handoff may ask again.
    let held = conversation.handoff.as_ref().is_some_and(|found| {
        found.id == handoff && found.claim().is_some_and(|claim| claim.agent == agent)
    });
    if held {
        return Ok(Done::default());
    }
    let mut conversation = conversation.clone();
    let mut steps = Steps::default();
    let taking = Taking {
        agent,
        handoff,
        how: Taken::Claimed,
        write: Some(write),
    };
    take(facts, &mut conversation, &mut steps, taking, now)?;
    Ok(steps.save(facts, conversation, now))
}

/// Who takes what, and how.
pub(super) struct Taking {
    pub(super) agent: AgentId,
    pub(super) handoff: HandoffId,
    pub(super) how: Taken,
    pub(super) write: Option<Write>,
}

/// Checks that the agent may take the handoff and takes it, on a copy of the conversation.
pub(super) fn take(
    facts: &Facts,
    conversation: &mut Conversation,
    steps: &mut Steps,
    taking: Taking,
    now: Timestamp,
) -> Result<(), Refusal> {
    // The copy is asked, not the facts: a conversation that begins with this is not in them yet.
    let agent = facts.agents.get(&taking.agent).ok_or(Refusal::NotFound)?;
    if !agent.sees(conversation.workspace, conversation.chatbot) {
        return Err(Refusal::NotFound);
    }
    agent.may(Permission::TakeChats)?;
    let found = conversation
        .handoff
        .as_ref()
        .filter(|found| found.id == taking.handoff);
    let found = found.ok_or(Refusal::HandoffOver)?;
    match &found.state {
        HandoffState::Active(holding) => return Err(taken_by(facts, holding.claim)),
        HandoffState::Pending(waiting) => {
            if let Some(offer) = waiting.offer.filter(|offer| offer.agent != agent.id) {
                return Err(Refusal::OfferedTo {
                    agent: offer.agent,
                    name: name(facts, offer.agent),
                });
            }
        }
        // The AI may have answered since, but this is what the visitor asked for.
        HandoffState::Missed { .. } => {
            conversation.unanswered_since.get_or_insert(now);
        }
        // A proposal is the visitor's to accept; an agent steps in instead.
        HandoffState::Proposed { .. } if taking.how == Taken::SteppedIn => {}
        HandoffState::Proposed { .. }
        | HandoffState::Resolved { .. }
        | HandoffState::Cancelled { .. } => return Err(Refusal::HandoffOver),
    }
    agent.has_room()?;
    let taken = found.clone().claimed(agent.id, now)?;
    let message = joined(facts, conversation, &agent.name)?;
    let author = match taking.how {
        Taken::Claimed | Taken::SteppedIn => Author::Agent(agent.id),
        Taken::Assigned => Author::System,
    };
    let event = Event::HandoffClaimed {
        handoff: taken.id,
        agent: agent.id,
        how: taking.how,
        message,
    };
    hold(facts, conversation, steps, taken)?;
    steps.write(conversation, author, Body::Event(event), taking.write, now);
    Ok(())
}

/// Puts a handoff that was just claimed into its conversation.
pub(super) fn hold(
    facts: &Facts,
    conversation: &mut Conversation,
    steps: &mut Steps,
    handoff: Handoff,
) -> Result<(), Refusal> {
    let claim = handoff.claim().ok_or(Refusal::HandoffOver)?;
    steps.begin(handoff.id, claim);
    conversation.handoff = Some(handoff);
    if let Some(holding) = conversation.holding_mut() {
        // Within the grace routing still gives them chats; they may never come back.
        let holder = facts.agents.get(&claim.agent);
        holding.lost_since = holder.and_then(Agent::unconnected_since);
    }
    conversation.closed = false;
    conversation.unsure = 0;
    conversation.wants_no_person = false;
    conversation.pass_control();
    Ok(())
}

/// What the visitor is told when this agent joins.
pub(super) fn joined(
    facts: &Facts,
    conversation: &Conversation,
    agent: &str,
) -> Result<String, Refusal> {
    let chatbot = facts.chatbot(conversation.chatbot)?;
    Ok(texts(&chatbot, conversation)
        .joined
        .replace("{agent}", agent))
}

/// The refusal that names who was first.
fn taken_by(facts: &Facts, claim: Claim) -> Refusal {
    Refusal::TakenBy {
        agent: claim.agent,
        name: name(facts, claim.agent),
        at: claim.at,
    }
}

/// The claim of this agent on this handoff, or the refusal of one who holds nothing.
pub(super) fn held_by(
    facts: &Facts,
    conversation: &Conversation,
    agent: AgentId,
    handoff: HandoffId,
) -> Result<(Handoff, Claim), Refusal> {
    let found = conversation
        .handoff
        .as_ref()
        .filter(|found| found.id == handoff);
    let found = found
        .filter(|found| found.is_open())
        .ok_or(Refusal::HandoffOver)?;
    let claim = found.claim().ok_or(Refusal::NotHeld)?;
    if claim.agent == agent {
        Ok((found.clone(), claim))
    } else {
        Err(other_holds(facts, claim))
    }
}

/// The refusal that names the holder.
pub(super) fn other_holds(facts: &Facts, claim: Claim) -> Refusal {
    Refusal::HeldBy {
        agent: claim.agent,
        name: name(facts, claim.agent),
    }
}

pub(super) fn name(facts: &Facts, agent: AgentId) -> String {
    facts
        .agents
        .get(&agent)
        .map_or_else(|| "A colleague".to_owned(), |agent| agent.name.clone())
}
