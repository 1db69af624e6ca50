//! An agent takes a pending handoff. Every path to a claim comes through here.

use protocol::entry::{Author, Event};
use protocol::{AgentId, ConversationId, HandoffId, Refusal, Timestamp};

use crate::command::Write;
use crate::conversation::Conversation;
use crate::entry::{Body, Entry};
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
    let taken = take(facts, &mut conversation, agent, handoff, Some(write), now)?;
    taken.hold(facts, &conversation);
    Ok(facts.save(conversation, vec![taken.entry]))
}

/// A claim that was decided on but not yet noted in the facts.
pub(super) struct Taken {
    handoff: HandoffId,
    claim: Claim,
    pub(super) entry: Entry,
}

impl Taken {
    /// Notes the claim and the agent's load.
    pub(super) fn hold(&self, facts: &mut Facts, conversation: &Conversation) {
        facts.begin_claim(conversation.id, self.handoff, self.claim);
    }
}

/// Checks that the agent may take the handoff and takes it, on a copy of the conversation.
pub(super) fn take(
    facts: &Facts,
    conversation: &mut Conversation,
    agent: AgentId,
    handoff: HandoffId,
    write: Option<Write>,
    now: Timestamp,
) -> Result<Taken, Refusal> {
    let (agent, _) = facts.seen_by(agent, conversation.id)?;
    agent.may(Permission::TakeChats)?;
    let found = conversation
        .handoff
        .as_ref()
        .filter(|found| found.id == handoff);
    let found = found.ok_or(Refusal::HandoffOver)?;
    if let HandoffState::Active(claim) = found.state {
        return Err(taken_by(facts, claim));
    }
    if !found.is_open() {
        return Err(Refusal::HandoffOver);
    }
    agent.has_room()?;

    let handoff = found.clone().claimed(agent.id, now)?;
    let claim = handoff.claim().ok_or(Refusal::HandoffOver)?;
    let event = Event::HandoffClaimed {
        handoff: handoff.id,
        agent: agent.id,
    };
    let id = handoff.id;
    conversation.handoff = Some(handoff);
    conversation.pass_control();
    let entry = conversation.append(Author::Agent(agent.id), Body::Event(event), write, now);
    Ok(Taken {
        handoff: id,
        claim,
        entry,
    })
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

fn name(facts: &Facts, agent: AgentId) -> String {
    facts
        .agents
        .get(&agent)
        .map_or_else(|| "A colleague".to_owned(), |agent| agent.name.clone())
}
