//! A pending handoff looks for its agent.

use core::time::Duration;

use protocol::card::Offer;
use protocol::entry::{Author, Event, MissedReason, Taken};
use protocol::settings::{RoutingMode, WhenNobody};
use protocol::{ConversationId, LeadId, Refusal, Timestamp};

use super::claim::{self, Taking};
use super::miss;
use super::steps::Steps;
use crate::command::Fresh;
use crate::conversation::Conversation;
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::handoff::HandoffState;
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
    if waiting.offer.is_some() || !facts.staffed.contains(&conversation.workspace) {
        return Ok(());
    }
    let chatbot = facts.chatbot(conversation.chatbot)?;
    let settings = &chatbot.settings;
    if settings.queue.nobody != WhenNobody::Wait
        && !routing::anybody_there(facts, conversation, now)
    {
        return miss::miss(
            facts,
            conversation,
            steps,
            (MissedReason::NoAgent, lead),
            now,
        );
    }
    let id = handoff.id;
    let declined_by = &handoff.declined_by;
    let next = |conversation: &Conversation| {
        routing::next(
            facts,
            conversation,
            settings,
            waiting.group,
            declined_by,
            now,
        )
    };
    match settings.routing.mode {
        RoutingMode::Pool => {}
        RoutingMode::Offer => {
            if let Some(agent) = next(conversation) {
                let time = Duration::from_secs(settings.routing.offer_seconds.into());
                let until = now.after(time);
                let mut offered = handoff.clone();
                let mut waiting = waiting;
                waiting.offer = Some(Offer { agent, until });
                offered.state = HandoffState::Pending(waiting);
                conversation.handoff = Some(offered);
                let event = Event::HandoffOffered {
                    handoff: id,
                    agent,
                    until,
                };
                steps.write(conversation, Author::System, Body::Event(event), None, now);
            }
        }
        RoutingMode::Auto => {
            if let Some(agent) = next(conversation) {
                let taking = Taking {
                    agent,
                    handoff: id,
                    how: Taken::Assigned,
                    write: None,
                };
                claim::take(facts, conversation, steps, taking, now)?;
            }
        }
    }
    Ok(())
}
