//! Why an agent did not get a chat, or does not see it: each check with what was found.

use protocol::card::Tab;
use protocol::doctor::{Check, CheckKind};
use protocol::person::Availability;
use protocol::settings::RoutingMode;
use protocol::{AgentId, ConversationId, GroupId, Timestamp};

use crate::agent::{Agent, Presence};
use crate::conversation::Conversation;
use crate::permissions::Permission;

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
    ]
}

/// Where an agent finds a conversation of their workspace in the inbox, or why it is in no list.
pub fn listed(agent: &Agent, conversation: &Conversation) -> Check {
    let place = match conversation.card_state().tab() {
        Some(Tab::Pending) => "Listed under Pending.",
        Some(Tab::Active) => "Listed under Active.",
        Some(Tab::Missed) => "Listed under Missed.",
        Some(Tab::Resolved) => "Listed under Resolved.",
        None => {
            "In no list: the assistant answers, and nobody was asked for since. It opens by its address."
        }
    };
    let unseen = !agent.sees(conversation.workspace, conversation.chatbot);
    Check {
        kind: CheckKind::Listed,
        passed: !unseen && conversation.card_state().tab().is_some(),
        sentence: if unseen {
            "In no list: not assigned to this chatbot. An admin can assign it.".to_owned()
        } else {
            place.to_owned()
        },
    }
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
    check(
        CheckKind::Permission,
        passed,
        "The role allows taking chats.",
        || "The role does not allow taking chats. An admin can change it.".to_owned(),
    )
}

fn assigned(agent: &Agent, conversation: &Conversation) -> Check {
    let passed = agent.sees(conversation.workspace, conversation.chatbot);
    check(
        CheckKind::Assigned,
        passed,
        "Assigned to this chatbot.",
        || "Not assigned to this chatbot. An admin can assign it.".to_owned(),
    )
}

fn in_group(agent: &Agent, group: Option<GroupId>) -> Check {
    let passed = group.is_none_or(|group| agent.groups.contains(&group));
    let fine = if group.is_some() {
        "In the group that this request went to."
    } else {
        "The request went to no particular group."
    };
    check(CheckKind::Group, passed, fine, || {
        "Not in the group that this request went to.".to_owned()
    })
}

fn online(agent: &Agent, now: Timestamp) -> Check {
    let gone = agent.gone_since(now);
    let passed = agent.chosen == Availability::Online && gone.is_none();
    let fine = match agent.presence {
        Presence::Connected => "Online.",
        Presence::Gone { .. } => "Online: the connection broke a moment ago.",
    };
    check(CheckKind::Online, passed, fine, || {
        match (agent.chosen, gone) {
            (Availability::Offline, _) => "Chose to be offline.".to_owned(),
            (Availability::Away, _) => "Chose to be away.".to_owned(),
            (Availability::Online, Some(since)) if since.millis() <= 0 => {
                "Has not opened the inbox yet.".to_owned()
            }
            (Availability::Online, since) => {
                let minutes = since.map_or(0, |since| now.millis_since(since) / 60_000);
                format!("The inbox is not open, for {minutes} min.")
            }
        }
    })
}

fn hours(agent: &Agent, now: Timestamp) -> Check {
    let fine = if agent.hours.is_some() {
        "In their working hours."
    } else {
        "Has no working hours set."
    };
    check(CheckKind::Hours, agent.works(now), fine, || {
        "Outside their working hours.".to_owned()
    })
}

fn limit(agent: &Agent) -> Check {
    let (held, limit) = (agent.load, agent.chat_limit);
    Check {
        kind: CheckKind::Limit,
        passed: !agent.is_full(),
        sentence: format!("Holds {held} of {limit} chats."),
    }
}

fn asked(agent: &Agent, conversation: ConversationId) -> Check {
    check(
        CheckKind::Asked,
        !agent.is_asked(conversation),
        "Is not asked to take another chat.",
        || "Is asked to take another chat and has not answered yet.".to_owned(),
    )
}

fn declined(agent: &Agent, declined_by: &[AgentId]) -> Check {
    let passed = !declined_by.contains(&agent.id);
    check(
        CheckKind::Declined,
        passed,
        "Has not passed this chat on.",
        || "Passed this chat on, or let its offer expire.".to_owned(),
    )
}

fn accepting(agent: &Agent) -> Check {
    check(
        CheckKind::Accepting,
        agent.accepting,
        "Accepts chats.",
        || "Does not accept chats at the moment.".to_owned(),
    )
}

fn check(kind: CheckKind, passed: bool, fine: &str, problem: impl Fn() -> String) -> Check {
    Check {
        kind,
        passed,
        sentence: if passed { fine.to_owned() } else { problem() },
    }
}
