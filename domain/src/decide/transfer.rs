//! A handoff is passed on to an agent, to a group or to everybody: by its holder, or by who may
//! assign chats.

use protocol::entry::{Author, Destination, Event};
use protocol::person::Availability;
use protocol::{AgentId, ConversationId, GroupId, HandoffId, Refusal, Timestamp};

use super::steps::Steps;
use super::{claim, route};
use crate::agent::Agent;
use crate::command::{Fresh, Write};
use crate::conversation::Conversation;
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::handoff::{Handoff, HandoffState, Waiting};
use crate::permissions::Permission;
use crate::text;

/// What is passed on, and where.
pub(super) struct Passing<'a> {
    pub(super) handoff: HandoffId,
    pub(super) to: Destination,
    pub(super) note: &'a str,
    pub(super) fresh: Fresh,
}

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    passing: &Passing<'_>,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let (by, conversation) = facts.seen_by(agent, conversation)?;
    by.may(Permission::TakeChats)?;
    let note = match passing.note.trim() {
        "" => None,
        note => Some(text::checked(note)?),
    };
    let mut conversation = conversation.clone();
    let found = conversation.handoff.clone();
    let found = found.filter(|found| found.id == passing.handoff);
    let handoff = found.ok_or(Refusal::HandoffOver)?;
    may_pass_on(facts, by, &handoff)?;
    let from = handoff.claim();
    let mut message = String::new();
    let mut steps = Steps::default();
    let passed_on = match passing.to {
        Destination::Agent(target) => {
            let target = target_of(facts, &conversation, (target, agent), &handoff, now)?;
            message = claim::joined(facts, &conversation, &target.name)?;
            let free = match from {
                Some(_) => handoff.released(None, now)?,
                None => handoff,
            };
            free.claimed(target.id, now)?
        }
        Destination::Group(group) => {
            exists(facts, by, group)?;
            to_queue(handoff, Some(group), now)?
        }
        Destination::Queue => to_queue(handoff, None, now)?,
    };
    if let Some(claim) = from {
        steps.end(passing.handoff, claim);
    }
    // Whoever said the last word: the visitor was told that somebody else comes.
    conversation.unanswered_since.get_or_insert(now);
    match passed_on.claim() {
        Some(_) => claim::hold(facts, &mut conversation, &mut steps, passed_on)?,
        None => {
            conversation.handoff = Some(passed_on);
            conversation.pass_control();
        }
    }
    let event = Event::HandoffTransferred {
        handoff: passing.handoff,
        by: agent,
        from: from.map(|claim| claim.agent),
        to: passing.to,
        message,
    };
    let author = Author::Agent(agent);
    if let Some(markdown) = note {
        // The reader of the transfer has the reason before it.
        steps.write(
            &mut conversation,
            author,
            Body::Note {
                markdown,
                attachments: Vec::new(),
                mentions: Vec::new(),
                edited_at: None,
                pinned: false,
            },
            None,
            now,
        );
    }
    steps.write(
        &mut conversation,
        author,
        Body::Event(event),
        Some(write),
        now,
    );
    route::route(
        facts,
        &mut conversation,
        &mut steps,
        passing.fresh.lead,
        now,
    )?;
    Ok(steps.save(facts, conversation, now))
}

/// The holder may, and who assigns chats may with every handoff that somebody could take.
fn may_pass_on(facts: &Facts, by: &Agent, handoff: &Handoff) -> Result<(), Refusal> {
    match &handoff.state {
        HandoffState::Active(holding) if holding.claim.agent == by.id => Ok(()),
        HandoffState::Active(holding) => by
            .may(Permission::AssignChats)
            .map_err(|_| claim::other_holds(facts, holding.claim)),
        HandoffState::Pending(_) | HandoffState::Missed { .. } => by.may(Permission::AssignChats),
        HandoffState::Proposed { .. }
        | HandoffState::Resolved { .. }
        | HandoffState::Cancelled { .. } => Err(Refusal::HandoffOver),
    }
}

/// The agent it goes to. Nobody is given more than they may hold, or anything while they are away;
/// only who takes it themselves need not be online by the clock.
fn target_of<'a>(
    facts: &'a Facts,
    conversation: &Conversation,
    (target, by): (AgentId, AgentId),
    handoff: &Handoff,
    now: Timestamp,
) -> Result<&'a Agent, Refusal> {
    let target = facts.agents.get(&target);
    let target = target.filter(|target| target.workspace == conversation.workspace);
    let target = target.ok_or(Refusal::NotFound)?;
    let (agent, name) = (target.id, target.name.clone());
    if !target.sees(conversation.workspace, conversation.chatbot)
        || target.may(Permission::TakeChats).is_err()
    {
        return Err(Refusal::TargetNotAssigned { agent, name });
    }
    if handoff.claim().is_some_and(|claim| claim.agent == agent) {
        return Err(Refusal::TargetHolds { agent, name });
    }
    if target.id == by {
        target.has_room()?;
    } else if target.availability(now) != Availability::Online {
        return Err(Refusal::TargetNotOnline { agent, name });
    } else if target.is_full() {
        return Err(Refusal::TargetFull {
            agent,
            name,
            held: target.load,
            limit: target.chat_limit,
        });
    }
    Ok(target)
}

/// A group is known by its members; without any, nobody would ever answer.
fn exists(facts: &Facts, by: &Agent, group: GroupId) -> Result<(), Refusal> {
    let has_members = facts
        .agents
        .values()
        .any(|agent| agent.workspace == by.workspace && agent.groups.contains(&group));
    if has_members {
        Ok(())
    } else {
        Err(Refusal::NotFound)
    }
}

fn to_queue(handoff: Handoff, group: Option<GroupId>, now: Timestamp) -> Result<Handoff, Refusal> {
    match handoff.state {
        HandoffState::Active(_) => handoff.released(group, now),
        HandoffState::Pending(_) | HandoffState::Missed { .. } => Ok(Handoff {
            // Sent there on purpose: who declined before may be asked again.
            declined_by: Vec::new(),
            state: HandoffState::Pending(Waiting::from(now, group)),
            ..handoff
        }),
        HandoffState::Proposed { .. }
        | HandoffState::Resolved { .. }
        | HandoffState::Cancelled { .. } => Err(Refusal::HandoffOver),
    }
}
