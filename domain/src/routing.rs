//! Who gets a request: who is there at all, who is eligible, and who of them is first.

use std::cmp::Reverse;

use protocol::person::Availability;
use protocol::settings::{RoutingOrder, Settings};
use protocol::{AgentId, GroupId, Timestamp};

use crate::agent::Agent;
use crate::conversation::Conversation;
use crate::facts::Facts;
use crate::handoff::Handoff;
use crate::permissions::Permission;

/// An agent's place in the order in which they are asked.
type Turn = (bool, Reverse<u32>, u32, i64, AgentId);

/// Whether anybody may take chats of this conversation's chatbot and is online or away.
pub fn anybody_there(facts: &Facts, conversation: &Conversation, now: Timestamp) -> bool {
    facts
        .agents
        .values()
        .any(|agent| is_there(agent, conversation, now))
}

/// The eligible agent whose turn it is.
pub fn next(
    facts: &Facts,
    conversation: &Conversation,
    settings: &Settings,
    now: Timestamp,
) -> Option<AgentId> {
    let wanted = wanted(facts, conversation, now);
    let eligible = facts
        .agents
        .values()
        .filter(|agent| is_eligible(agent, conversation, wanted, now));
    let turn = |agent: &&Agent| turn(agent, &conversation.locale, settings.routing.order);
    let first = eligible.min_by_key(turn);
    first.map(|agent| agent.id)
}

/// Whether an agent may be given this chat now.
pub fn may_have(facts: &Facts, agent: &Agent, conversation: &Conversation, now: Timestamp) -> bool {
    is_eligible(agent, conversation, wanted(facts, conversation, now), now)
}

fn wanted(facts: &Facts, conversation: &Conversation, now: Timestamp) -> Option<GroupId> {
    group(facts.agents.values(), conversation, now)
}

/// Whether an agent may be given this chat now, which is routed to this [`group`] if to any. Who is
/// asked to take another decides on that first.
pub fn is_eligible(
    agent: &Agent,
    conversation: &Conversation,
    group: Option<GroupId>,
    now: Timestamp,
) -> bool {
    let declined_by = conversation.handoff.as_ref();
    let declined_by = declined_by.map_or(&[][..], |handoff| &handoff.declined_by);
    serves(agent, conversation)
        && group.is_none_or(|group| agent.groups.contains(&group))
        && agent.availability(now) == Availability::Online
        && !agent.is_full()
        && !agent.is_asked(conversation.id)
        && !declined_by.contains(&agent.id)
        && agent.accepting
}

/// Whether a mail tells an agent of a chat that waits: one they could take if they came back. Who is
/// online has heard of it, who chose to be offline, is not at work or has quiet hours wants to hear of
/// none, and who passed it on knows of it.
pub fn is_told_by_mail(
    agent: &Agent,
    conversation: &Conversation,
    group: Option<GroupId>,
    now: Timestamp,
) -> bool {
    let declined_by = conversation.handoff.as_ref();
    let declined_by = declined_by.map_or(&[][..], |handoff| &handoff.declined_by);
    agent.is_reached(now)
        && serves(agent, conversation)
        && group.is_none_or(|group| agent.groups.contains(&group))
        && agent.availability(now) == Availability::Away
        && !declined_by.contains(&agent.id)
}

/// The group that a request is routed to: the one it went to, while somebody of it is there. Else
/// whoever is there may have it; nobody waits for an empty room.
pub fn group<'a>(
    agents: impl IntoIterator<Item = &'a Agent>,
    conversation: &Conversation,
    now: Timestamp,
) -> Option<GroupId> {
    let waiting = conversation.handoff.as_ref().and_then(Handoff::waiting);
    let wanted = waiting.and_then(|waiting| waiting.group)?;
    let there = agents
        .into_iter()
        .any(|agent| agent.groups.contains(&wanted) && is_there(agent, conversation, now));
    there.then_some(wanted)
}

/// Whether an agent may take chats of this chatbot and is online or away.
fn is_there(agent: &Agent, conversation: &Conversation, now: Timestamp) -> bool {
    serves(agent, conversation) && agent.availability(now) >= Availability::Away
}

/// Whether an agent takes chats of this chatbot at all.
fn serves(agent: &Agent, conversation: &Conversation) -> bool {
    agent.sees(conversation.workspace, conversation.chatbot)
        && agent.may(Permission::TakeChats).is_ok()
}

/// What agents are sorted by: the least is first. Who speaks the visitor's language goes before the
/// higher priority, or whoever has that would be given every chat that they cannot read; with nobody of
/// that language free it is as if nobody spoke any. The id settles what is left, so that the same facts
/// always give the same agent.
fn turn(agent: &Agent, locale: &str, order: RoutingOrder) -> Turn {
    let idle_since = agent.last_claim_at.map_or(i64::MIN, Timestamp::millis);
    let busy = match order {
        RoutingOrder::LongestIdle => 0,
        RoutingOrder::LeastBusy => agent.load,
    };
    (
        !agent.speaks(locale),
        Reverse(agent.priority),
        busy,
        idle_since,
        agent.id,
    )
}
