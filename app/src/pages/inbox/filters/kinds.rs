//! What a list can be filtered by, kind by kind: what there is to choose, and what is chosen.

use protocol::card::Channel;
use protocol::view::View;
use protocol::{AgentId, CategoryId, ChatbotId, TagId};

use crate::live::state::LiveState;
use crate::words::t;

/// How far back, in days.
const DAYS: [u32; 4] = [1, 7, 30, 90];

/// Something to filter by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    Chatbot(ChatbotId),
    Channel(Channel),
    Agent(AgentId),
    Category(CategoryId),
    Tag(TagId),
    Days(u32),
}

/// One kind of it.
pub(super) struct Kind {
    pub(super) label: &'static str,
    /// What there is, by name. With one chatbot or channel there is nothing to choose.
    pub(super) choices: Vec<(Choice, String)>,
    pub(super) chosen: fn(&View) -> Option<Choice>,
    /// Sets it, or takes it back. Another kind changes nothing.
    pub(super) choose: fn(&mut View, Option<Choice>),
}

/// The kinds in their order.
pub(super) fn kinds(state: &LiveState) -> [Kind; 6] {
    let chatbots = state.chatbots.iter();
    let several = state.chatbots.len() > 1;
    let chatbots = chatbots.filter(|_| several);
    let labels = &state.labels;
    let team = state.team.iter();
    let category = |one: &protocol::label::Category| (Choice::Category(one.id), one.name.clone());
    let tag = |one: &protocol::label::Tag| (Choice::Tag(one.id), one.name.clone());
    [
        Kind {
            label: t::chatbot(),
            choices: chatbots
                .map(|one| (Choice::Chatbot(one.id), one.name.clone()))
                .collect(),
            chosen: |view| view.chatbot.map(Choice::Chatbot),
            choose: |view, to| {
                view.chatbot = match to {
                    Some(Choice::Chatbot(id)) => Some(id),
                    _ => None,
                }
            },
        },
        Kind {
            label: t::channel(),
            choices: channels(),
            chosen: |view| view.channel.map(Choice::Channel),
            choose: |view, to| {
                view.channel = match to {
                    Some(Choice::Channel(channel)) => Some(channel),
                    _ => None,
                }
            },
        },
        Kind {
            label: t::agent(),
            choices: team
                .map(|one| (Choice::Agent(one.id), state.name(one.id)))
                .collect(),
            chosen: |view| view.agent.map(Choice::Agent),
            choose: |view, to| {
                view.agent = match to {
                    Some(Choice::Agent(id)) => Some(id),
                    _ => None,
                }
            },
        },
        Kind {
            label: t::category(),
            choices: labels.categories.iter().map(category).collect(),
            chosen: |view| view.category.map(Choice::Category),
            choose: |view, to| {
                view.category = match to {
                    Some(Choice::Category(id)) => Some(id),
                    _ => None,
                }
            },
        },
        Kind {
            label: t::tag(),
            choices: labels.tags.iter().map(tag).collect(),
            chosen: |view| view.tag.map(Choice::Tag),
            choose: |view, to| {
                view.tag = match to {
                    Some(Choice::Tag(id)) => Some(id),
                    _ => None,
                }
            },
        },
        Kind {
            label: t::last_words(),
            choices: DAYS
                .map(|days| (Choice::Days(days), t::last_days(days.into())))
                .into(),
            chosen: |view| view.days.map(Choice::Days),
            choose: |view, to| {
                view.days = match to {
                    Some(Choice::Days(days)) => Some(days),
                    _ => None,
                }
            },
        },
    ]
}

/// The channels, once there are several.
fn channels() -> Vec<(Choice, String)> {
    const ALL: [Channel; 1] = [Channel::Web];
    let name = |channel: Channel| match channel {
        Channel::Web => t::web().to_owned(),
    };
    let all = ALL.into_iter().filter(|_| ALL.len() > 1);
    all.map(|channel| (Choice::Channel(channel), name(channel)))
        .collect()
}
