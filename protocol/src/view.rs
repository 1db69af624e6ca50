//! Lists as agents look at them, and those that are kept under a name.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::card::{Channel, Tab};
use crate::{AgentId, CategoryId, ChatbotId, TagId, ViewId};

/// What of a list is shown, and in which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Of the active ones those that one holds oneself.
    pub mine: bool,
    pub unread: bool,
    /// Those of one chatbot.
    pub chatbot: Option<ChatbotId>,
    pub channel: Option<Channel>,
    /// Those that one agent holds, held, or is asked to take.
    pub agent: Option<AgentId>,
    pub category: Option<CategoryId>,
    pub tag: Option<TagId>,
    /// Those with words of so many days back or less.
    pub days: Option<u32>,
    #[serde(default)]
    pub order: Order,
    /// Those whose reply is late.
    #[serde(default)]
    pub overdue: bool,
}

/// In which order a list is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Each tab's own.
    #[default]
    Waiting,
    /// The newest words first.
    Newest,
    /// The reply that is due soonest first, in tabs where replies are owed.
    Due,
}

impl View {
    /// Whether something is filtered by.
    pub fn leaves_out(self) -> bool {
        let Self {
            mine: _,
            order: _,
            overdue,
            unread,
            chatbot,
            channel,
            agent,
            category,
            tag,
            days,
        } = self;
        let labels = category.is_some() || tag.is_some();
        let place = chatbot.is_some() || channel.is_some();
        unread || overdue || place || agent.is_some() || labels || days.is_some()
    }

    /// Whether some are left out, or stand elsewhere than the hub's pages have them: then a page may
    /// hold less than it says.
    pub fn is_changed(self, tab: Tab) -> bool {
        self.leaves_out() || self.order == Order::Newest || (self.mine && tab == Tab::Active)
    }
}

/// A list that is looked at often, under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    pub id: ViewId,
    pub name: String,
    /// Whether everybody has it, or only who made it.
    pub shared: bool,
    pub tab: Tab,
    pub view: View,
    /// Raised by every save; to be named when saving.
    pub version: u64,
}
