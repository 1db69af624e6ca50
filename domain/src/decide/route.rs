//! A pending handoff looks for its agent.

use core::time::Duration;

use protocol::card::Offer;
use protocol::entry::{Author, Event, MissedReason, Passed, Taken};
use protocol::settings::{RoutingMode, Settings, WhenNobody};
use protocol::{AgentId, ConversationId, LeadId, Refusal, Timestamp};

use super::claim::{self, Taking};
use super::miss;
use super::steps::Steps;
use crate::command::Fresh;
use crate::conversation::Conversation;
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::handoff::{Handoff, HandoffState, Waiting};
use crate::routing;

/// Somebody came or left, or room became free. Says in [`Done`] whether anything came of it.
pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    fresh: Fresh,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let mut conversation = facts.conversation(conversation)?.clone();
    let before = conversation.last_seq;
    let mut steps = Steps::default();
    route(facts, &mut conversation, &mut steps, fresh.lead, now)?;
    if conversation.last_seq == before {
        return Ok(Done::default());
    }
    Ok(steps.save(facts, conversation, now))
}

/// Offers or assigns a pending handoff, as its chatbot is set; in the pool it waits for whoever
/// takes it. With nobody there it is missed at once, unless it is set to wait all the same.
pub(super) fn route(
    facts: &Facts,
    conversation: &mut Conversation,
    steps: &mut Steps,
    lead: LeadId,
    now: Timestamp,
) -> Result<(), Refusal> {
    let Some(handoff) = &conversation.handoff else {
        return Ok(());
    };
    let HandoffState::Pending(waiting) = handoff.state else {
        return Ok(());
    };
    // Only with the whole team in sight can be said who is next, or that nobody is there.
    if !facts.staffed.contains(&conversation.workspace) {
        return Ok(());
    }
    let chatbot = facts.chatbot(conversation.chatbot)?;
    let settings = &chatbot.settings;
    if let Some(offer) = waiting.offer {
        if stands(facts, conversation, settings, offer.agent, now) {
            return Ok(());
        }
        withdraw(conversation, steps, offer.agent, now);
    }
    if settings.queue.nobody != WhenNobody::Wait
        && !routing::anybody_there(facts, conversation, now)
    {
        let reason = (MissedReason::NoAgent, lead);
        return miss::miss(facts, conversation, steps, reason, now);
    }
    let Some(handoff) = conversation.handoff.clone() else {
        return Ok(());
    };
    match settings.routing.mode {
        RoutingMode::Pool => {}
        RoutingMode::Offer => {
            if let Some(agent) = routing::next(facts, conversation, settings, now) {
                let time = Duration::from_secs(settings.routing.offer_seconds.into());
                let until = now.after(time);
                let offer = Some(Offer { agent, until });
                let event = Event::HandoffOffered {
                    handoff: handoff.id,
                    agent,
                    until,
                };
                conversation.handoff = Some(Handoff {
                    state: HandoffState::Pending(Waiting { offer, ..waiting }),
                    ..handoff
                });
                steps.write(conversation, Author::System, Body::Event(event), None, now);
            }
        }
        RoutingMode::Auto => {
            if let Some(agent) = routing::next(facts, conversation, settings, now) {
                let taking = Taking {
                    agent,
                    handoff: handoff.id,
                    how: Taken::Assigned,
                    write: None,
                };
                claim::take(facts, conversation, steps, taking, now)?;
            }
        }
    }
    Ok(())
}

/// Whether whoever is asked may still be given the chat.
fn stands(
    facts: &Facts,
    conversation: &Conversation,
    settings: &Settings,
    asked: AgentId,
    now: Timestamp,
) -> bool {
    settings.routing.mode == RoutingMode::Offer
        && facts
            .agents
            .get(&asked)
            .is_some_and(|agent| routing::may_have(facts, agent, conversation, now))
}

/// The offer ends for no fault of whoever was asked.
fn withdraw(conversation: &mut Conversation, steps: &mut Steps, agent: AgentId, now: Timestamp) {
    let Some(handoff) = conversation.handoff.take() else {
        return;
    };
    let event = Event::HandoffRejected {
        handoff: handoff.id,
        agent,
        why: Passed::Withdrawn,
    };
    conversation.handoff = Some(handoff.withdrawn());
    steps.write(conversation, Author::System, Body::Event(event), None, now);
}
