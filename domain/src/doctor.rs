//! Why an agent did not get a chat, or does not see it: each check with what was found.

use protocol::doctor::{Check, CheckKind, Found};
use protocol::person::Availability;
use protocol::settings::RoutingMode;
use protocol::{AgentId, ConversationId, GroupId, Timestamp};

use crate::agent::{Agent, Presence};
use crate::conversation::Conversation;
use crate::permissions::Permission;

/// From so many sign-ins that are refused somebody may be guessing.
const MANY: u32 = 10;

/// All checks in their order, for an agent and a conversation of one workspace. Who passes them all
/// is who routing would choose from, with the request going to this [`crate::routing::group`]; see
/// [`crate::routing::is_eligible`].
pub fn examine(
    agent: &Agent,
    conversation: &Conversation,
    group: Option<GroupId>,
    now: Timestamp,
) -> Vec<Check> {
    let handoff = conversation.handoff.as_ref();
    let declined_by = handoff.map_or(&[][..], |handoff| &handoff.declined_by);
    vec![
        permission(agent),
        assigned(agent, conversation),
        in_group(agent, group),
        online(agent, now),
        hours(agent, now),
        limit(agent),
        declined(agent, declined_by),
        asked(agent, conversation.id),
        accepting(agent),
        language(agent, conversation),
    ]
}

/// Where an agent finds a conversation of their workspace in the inbox, or why it is in no list.
pub fn listed(agent: &Agent, conversation: &Conversation) -> Check {
    let seen = agent.sees(conversation.workspace, conversation.chatbot);
    let found = match conversation.card_state().tab() {
        _ if !seen => Found::NotSeen,
        tab => Found::Listed(tab),
    };
    Check {
        kind: CheckKind::Listed,
        passed: matches!(found, Found::Listed(_)),
        found,
    }
}

/// Whether so many sign-ins that were refused lately are more than somebody mistypes.
pub fn sign_ins(times: u32) -> Check {
    let passed = times < MANY;
    let problem = Found::ManyRefused { times };
    check(CheckKind::SignIns, passed, Found::FewRefused, problem)
}

/// How requests of a chatbot come to agents, in a sentence.
pub fn routing(mode: RoutingMode) -> &'static str {
    match mode {
        RoutingMode::Pool => {
            "Requests are given to nobody: all see them, and whoever takes one first has it."
        }
        RoutingMode::Offer => "Requests are offered to one agent at a time.",
        RoutingMode::Auto => "Requests are assigned to an agent at once.",
    }
}

fn permission(agent: &Agent) -> Check {
    let passed = agent.may(Permission::TakeChats).is_ok();
    let kind = CheckKind::Permission;
    check(kind, passed, Found::RoleAllows, Found::RoleForbids)
}

fn assigned(agent: &Agent, conversation: &Conversation) -> Check {
    let passed = agent.sees(conversation.workspace, conversation.chatbot);
    let kind = CheckKind::Assigned;
    check(kind, passed, Found::Assigned, Found::NotAssigned)
}

fn in_group(agent: &Agent, group: Option<GroupId>) -> Check {
    let passed = group.is_none_or(|group| agent.groups.contains(&group));
    let fine = match group {
        Some(_) => Found::InGroup,
        None => Found::NoGroup,
    };
    check(CheckKind::Group, passed, fine, Found::NotInGroup)
}

fn online(agent: &Agent, now: Timestamp) -> Check {
    let gone = agent.gone_since(now);
    let passed = agent.chosen == Availability::Online && gone.is_none();
    let fine = match agent.presence {
        Presence::Connected => Found::Online,
        Presence::Gone { .. } => Found::OnlineJust,
    };
    let problem = match (agent.chosen, gone) {
        (Availability::Offline, _) => Found::ChoseOffline,
        (Availability::Away, _) => Found::ChoseAway,
        (Availability::Online, Some(since)) if since.millis() <= 0 => Found::NeverCame,
        (Availability::Online, since) => Found::Gone {
            minutes: since.map_or(0, |since| now.millis_since(since) / 60_000),
        },
    };
    check(CheckKind::Online, passed, fine, problem)
}

fn hours(agent: &Agent, now: Timestamp) -> Check {
    let fine = match agent.hours {
        Some(_) => Found::InHours,
        None => Found::NoHours,
    };
    check(CheckKind::Hours, agent.works(now), fine, Found::OutOfHours)
}

fn limit(agent: &Agent) -> Check {
    let holds = Found::Holds {
        held: agent.load,
        limit: agent.chat_limit,
    };
    check(CheckKind::Limit, !agent.is_full(), holds, holds)
}

fn asked(agent: &Agent, conversation: ConversationId) -> Check {
    let passed = !agent.is_asked(conversation);
    check(CheckKind::Asked, passed, Found::NotAsked, Found::Asked)
}

fn declined(agent: &Agent, declined_by: &[AgentId]) -> Check {
    let passed = !declined_by.contains(&agent.id);
    let kind = CheckKind::Declined;
    check(kind, passed, Found::NotDeclined, Found::Declined)
}

fn accepting(agent: &Agent) -> Check {
    let kind = CheckKind::Accepting;
    check(kind, agent.accepting, Found::Accepts, Found::AcceptsNot)
}

/// Nobody is kept from a chat by it, so it never fails.
fn language(agent: &Agent, conversation: &Conversation) -> Check {
    let found = match agent.speaks(&conversation.locale) {
        true => Found::Speaks,
        false => Found::SpeaksNot,
    };
    check(CheckKind::Language, true, found, found)
}

fn check(kind: CheckKind, passed: bool, fine: Found, problem: Found) -> Check {
    Check {
        kind,
        passed,
        found: if passed { fine } else { problem },
    }
}
