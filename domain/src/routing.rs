//! Who gets a request: who is there at all, who is eligible, and who of them is first.

use protocol::person::Availability;
use protocol::settings::{RoutingOrder, Settings};
use protocol::{AgentId, GroupId, Timestamp};

use crate::agent::Agent;
use crate::conversation::Conversation;
use crate::facts::Facts;
use crate::permissions::Permission;

/// Whether anybody may take chats of this conversation's chatbot and is online or away.
pub fn anybody_there(facts: &Facts, conversation: &Conversation, now: Timestamp) -> bool {
    facts
        .agents
        .values()
        .any(|agent| serves(agent, conversation) && agent.availability(now) >= Availability::Away)
}

/// The eligible agent whose turn it is.
pub fn next(
    facts: &Facts,
    conversation: &Conversation,
    settings: &Settings,
    group: Option<GroupId>,
    declined_by: &[AgentId],
    now: Timestamp,
) -> Option<AgentId> {
    let eligible = facts
        .agents
        .values()
        .filter(|agent| is_eligible(agent, conversation, group, declined_by, now));
    let first = eligible.min_by_key(|agent| turn(agent, settings.routing.order));
    first.map(|agent| agent.id)
}

/// Whether an agent may be given this chat now. Who is asked to take another decides on that first.
pub fn is_eligible(
    agent: &Agent,
    conversation: &Conversation,
    group: Option<GroupId>,
    declined_by: &[AgentId],
    now: Timestamp,
) -> bool {
    serves(agent, conversation)
        && group.is_none_or(|group| agent.groups.contains(&group))
        && agent.availability(now) == Availability::Online
        && !agent.is_full()
        && !agent.is_asked(conversation.id)
        && !declined_by.contains(&agent.id)
        && agent.accepting
}

/// Whether an agent takes chats of this chatbot at all.
fn serves(agent: &Agent, conversation: &Conversation) -> bool {
    agent.sees(conversation.workspace, conversation.chatbot)
        && agent.may(Permission::TakeChats).is_ok()
}

/// What agents are sorted by: the least is first. The id settles what is left, so that the same
/// facts always give the same agent.
fn turn(agent: &Agent, order: RoutingOrder) -> (std::cmp::Reverse<u32>, u32, i64, AgentId) {
    let idle_since = agent.last_claim_at.map_or(i64::MIN, Timestamp::millis);
    let busy = match order {
        RoutingOrder::LongestIdle => 0,
        RoutingOrder::LeastBusy => agent.load,
    };
    (
        std::cmp::Reverse(agent.priority),
        busy,
        idle_since,
        agent.id,
    )
}
