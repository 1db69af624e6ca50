//! What the inbox knows: plain data, changed by what the hub tells and by what the agent does.
//!
//! No signals and no browser in here, so that every story can be told in a test.

mod acts;
mod apply;
mod bell;
mod beside;
mod bulk;
mod drafts;
mod files;
mod handoffs;
mod lists;
mod loading;
mod mentions;
mod offers;
pub(crate) mod order;
mod outbox;
mod replies;
mod search;
mod steps;
#[cfg(test)]
mod tests;
mod thread;
mod timeline;
mod toasts;
mod troubles;
mod undo;
mod view;
mod views;

use std::sync::Arc;

use domain::permissions::{self, Permission};
use protocol::agent::{AgentCommand, ChatbotView, GroupView, ThreadPosition};
use protocol::card::{Card, CardState, Counts, Snooze, Tab};
use protocol::label::Labels;
use protocol::mention::Mention;
use protocol::person::{Availability, Face, Member, Notices};
use protocol::view::Order;
use protocol::{AgentId, CategoryId, ConversationId, GroupId, Key, TagId, Timestamp};

use crate::parts::face::picture_of;
use crate::words::t;
pub(crate) use acts::Act;
pub(crate) use bell::{Bell, Look, Ring};
pub(crate) use beside::Beside;
pub(crate) use bulk::{AT_ONCE, Bulk, Report};
pub(crate) use drafts::Drafts;
pub(crate) use lists::{List, Lists};
pub(crate) use outbox::{Mode, Outbox, Outgoing, Progress};
use replies::Replies;
pub(crate) use search::{Search, Stage};
use steps::Steps;
pub(crate) use thread::ThreadState;
pub(crate) use timeline::Timeline;
pub(crate) use toasts::{Toast, Toasts};
use troubles::Troubles;
pub(crate) use view::{Heights, Item, View};
pub(crate) use views::Views;

/// How the connection stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Connection {
    /// The first one is being made.
    #[default]
    Connecting,
    /// What is said goes out at once.
    Live,
    /// Broken, and being mended.
    Lost { since: Timestamp },
    /// The sign-in is over: it expired or was ended.
    SignedOut,
    /// Somebody signed out here or in another tab, and what was typed went with it.
    Left,
    /// The server speaks a newer version.
    Outdated,
    /// The server refused this client.
    Refused,
}

/// Everything the inbox shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LiveState {
    pub(crate) connection: Connection,
    /// The server's clock less this browser's, in milliseconds.
    pub(crate) ahead_ms: i64,
    /// Who I am; none before the first welcome.
    pub(crate) me: Option<AgentId>,
    /// What I chose.
    pub(crate) chosen: Option<Availability>,
    /// What I want to hear of, and when not.
    pub(crate) notices: Notices,
    pub(crate) team: Vec<Member>,
    /// The groups that chats can be passed on to.
    pub(crate) groups: Vec<GroupView>,
    pub(crate) chatbots: Vec<ChatbotView>,
    /// What conversations can be sorted by.
    pub(crate) labels: Labels,
    pub(crate) counts: Counts,
    /// The tab on screen.
    pub(crate) tab: Option<Tab>,
    /// In which order it is looked at.
    order: Order,
    pub(crate) lists: Lists,
    threads: Vec<(ConversationId, ThreadState)>,
    /// The open conversations, the one left longest ago first.
    visited: Vec<ConversationId>,
    /// The conversations that the current connection's start named.
    started: Vec<ConversationId>,
    pub(crate) outbox: Outbox,
    pub(crate) toasts: Toasts,
    troubles: Troubles,
    /// The conversation whose dialog for passing it on is open.
    passing_on: Option<ConversationId>,
    /// Commands whose answer is awaited, other than texts.
    acts: Vec<(Key, ConversationId, Act)>,
    replies: Replies,
    pub(crate) search: Search,
    pub(crate) saved: Views,
    /// What is being done to several conversations, or was last.
    pub(crate) report: Report,
    /// What is being done after a saved reply.
    steps: Steps,
    /// Notes that name me and that I have not seen, the newest first.
    mentions: Vec<Mention>,
    /// What is on the screen, and colleagues may know.
    views: Option<ConversationId>,
    /// What the state wants to ask of the hub; the glue sends it.
    asks: Vec<AgentCommand>,
}

impl LiveState {
    /// The tab on screen.
    pub(crate) fn tab(&self) -> Tab {
        self.tab.unwrap_or(Tab::Pending)
    }

    /// The list on screen.
    pub(crate) fn list(&self) -> List {
        List::of(self.tab(), self.order)
    }

    /// Whether what is said goes out at once.
    pub(crate) fn is_live(&self) -> bool {
        self.connection == Connection::Live
    }

    /// The server's time at this browser's time.
    pub(crate) fn server_time(&self, browser: Timestamp) -> Timestamp {
        Timestamp(browser.millis() + self.ahead_ms)
    }

    /// The first command of a connection: what is on screen and what is held of it.
    pub(crate) fn start(&mut self) -> AgentCommand {
        self.started = self.threads.iter().map(|(open, _)| *open).collect();
        let position = |(conversation, thread): &(ConversationId, ThreadState)| ThreadPosition {
            conversation: *conversation,
            after: thread.timeline.last(),
        };
        AgentCommand::Start {
            tab: self.tab(),
            threads: self.threads.iter().map(position).collect(),
        }
    }

    /// What the state wants to ask of the hub since the last time.
    pub(crate) fn take_asks(&mut self) -> Vec<AgentCommand> {
        std::mem::take(&mut self.asks)
    }

    /// The newest card of a conversation.
    pub(crate) fn card(&self, conversation: ConversationId) -> Option<&Arc<Card>> {
        self.lists.card(conversation)
    }

    /// The cards on screen, in order. Of the active ones those that wait for a reply come first,
    /// the longest wait first; then those that were answered last.
    pub(crate) fn shown(&self, tab: Tab) -> Vec<Arc<Card>> {
        let cards = self.lists.shown(tab);
        if tab != Tab::Active {
            return cards;
        }
        order::ordered(cards, |card| match unanswered_since(card) {
            Some(since) => (0, since.millis(), card.conversation.0),
            None => (1, -card.last.at.millis(), card.conversation.0),
        })
    }

    /// Where a conversation stands between the team and me.
    pub(crate) fn stand(&self, conversation: ConversationId) -> Stand {
        match self.card(conversation).map(|card| card.state) {
            None => Stand::Unknown,
            Some(CardState::Assistant) => Stand::Assistant,
            Some(CardState::Pending {
                offer: Some(offer), ..
            }) if Some(offer.agent) != self.me => Stand::Asked(offer.agent),
            Some(CardState::Pending { .. }) => Stand::Nobody,
            Some(CardState::Missed { .. }) => Stand::Missed,
            Some(CardState::Active { agent, .. }) if Some(agent) == self.me => Stand::Mine,
            Some(CardState::Active { agent, .. }) if self.joined(conversation) => {
                Stand::Joined(agent)
            }
            Some(CardState::Active { agent, .. }) => Stand::Colleague(agent),
            Some(CardState::Resolved { .. }) => Stand::Over,
        }
    }

    /// Whether taking it over, stepping in or asking to is possible.
    pub(crate) fn can_be_taken(&self, conversation: ConversationId) -> bool {
        let blocked = self.card(conversation).is_some_and(|card| card.blocked);
        match self.stand(conversation) {
            // Nobody could answer.
            _ if blocked || !self.may_do(Permission::TakeChats) => false,
            Stand::Nobody | Stand::Missed | Stand::Assistant | Stand::Over => self.is_live(),
            Stand::Colleague(_) | Stand::Joined(_) => self.is_live() && self.may_assign(),
            Stand::Asked(_) | Stand::Mine | Stand::Unknown => false,
        }
    }

    /// Whether words for the visitor can be written here.
    pub(crate) fn may_reply(&self, conversation: ConversationId) -> bool {
        self.stand(conversation).takes_reply() && self.may_do(Permission::TakeChats)
    }

    /// Whether it is mine to answer: I hold it, or joined who does.
    pub(crate) fn answers(&self, card: &Card) -> bool {
        matches!(card.state, CardState::Active { agent, .. } if Some(agent) == self.me)
            || self.me.is_some_and(|me| card.participants.contains(&me))
    }

    fn joined(&self, conversation: ConversationId) -> bool {
        let card = self.card(conversation).zip(self.me);
        card.is_some_and(|(card, me)| card.participants.contains(&me))
    }

    /// The place of a waiting conversation, where 1 is next; none where the line is not loaded that far.
    pub(crate) fn place_in_line(&self, conversation: ConversationId) -> Option<usize> {
        let pending = self.lists.shown(Tab::Pending);
        let at = pending
            .iter()
            .position(|card| card.conversation == conversation)?;
        self.lists.is_loaded(Tab::Pending).then_some(at + 1)
    }

    /// An open conversation.
    pub(crate) fn thread(&self, conversation: ConversationId) -> Option<&ThreadState> {
        let found = self.threads.iter().find(|(open, _)| *open == conversation);
        found.map(|(_, thread)| thread)
    }

    /// An open conversation, to be changed.
    fn thread_mut(&mut self, conversation: ConversationId) -> Option<&mut ThreadState> {
        let found = self
            .threads
            .iter_mut()
            .find(|(open, _)| *open == conversation);
        found.map(|(_, thread)| thread)
    }

    /// A member of the team.
    pub(crate) fn member(&self, agent: AgentId) -> Option<&Member> {
        self.team.iter().find(|member| member.id == agent)
    }

    /// How a member of the team is drawn.
    pub(crate) fn face(&self, agent: AgentId) -> Option<&Face> {
        self.member(agent).map(|member| &member.face)
    }

    /// Where the picture of a member of the team is; empty without one.
    pub(crate) fn picture(&self, agent: AgentId) -> String {
        let picture = self.member(agent).and_then(|member| member.picture);
        picture_of(agent, picture)
    }

    /// Whether my role allows something.
    pub(crate) fn may_do(&self, permission: Permission) -> bool {
        let me = self.me.and_then(|me| self.member(me));
        me.is_some_and(|me| permissions::has(me.rights(), permission))
    }

    /// What my role lacks of what every preset has, in words by which the style leaves it out.
    pub(crate) fn lacks(&self) -> &'static str {
        let notes = self.may_do(Permission::WriteNotes);
        match (notes, self.may_do(Permission::EditContacts)) {
            // Before the team is known, nothing is left out.
            _ if self.team.is_empty() => "",
            (true, true) => "",
            (false, true) => "notes",
            (true, false) => "contacts",
            (false, false) => "notes contacts",
        }
    }

    /// Whether I may give chats to others and take them over.
    pub(crate) fn may_assign(&self) -> bool {
        self.may_do(Permission::AssignChats)
    }

    /// How many chats a colleague holds, where all of them are known.
    pub(crate) fn load(&self, agent: AgentId) -> Option<usize> {
        let known = |tab| self.lists.is_loaded(tab) && !self.lists.has_more(tab);
        // What was put aside is held too.
        let all = known(Tab::Active) && (self.counts.snoozed == 0 || known(Tab::Snoozed));
        let cards = self.lists.all().iter();
        let held = cards.filter(
            |card| matches!(card.state, CardState::Active { agent: holder, .. } if holder == agent),
        );
        all.then(|| held.count())
    }

    /// A category's name.
    pub(crate) fn category(&self, id: CategoryId) -> &str {
        let found = self.labels.categories.iter().find(|known| known.id == id);
        found.map_or(t::unknown_label(), |category| &category.name)
    }

    /// A tag's name.
    pub(crate) fn tag(&self, id: TagId) -> &str {
        let found = self.labels.tags.iter().find(|known| known.id == id);
        found.map_or(t::unknown_label(), |tag| &tag.name)
    }

    /// A group's name.
    pub(crate) fn group(&self, group: GroupId) -> String {
        let found = self.groups.iter().find(|known| known.id == group);
        found.map_or_else(|| t::a_group().to_owned(), |group| group.name.clone())
    }

    /// A member's name, or `You`.
    pub(crate) fn name(&self, agent: AgentId) -> String {
        if Some(agent) == self.me {
            return t::you().to_owned();
        }
        let face = self.face(agent);
        face.map_or_else(|| t::a_colleague().to_owned(), |face| face.name.clone())
    }
}

/// Who has a conversation, as the one who looks at it sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stand {
    /// Its card is not here yet.
    Unknown,
    /// The assistant answers and nobody was asked for.
    Assistant,
    /// It waits for somebody, and I can take it.
    Nobody,
    /// A colleague is asked to take it.
    Asked(AgentId),
    /// Nobody came; it can still be taken.
    Missed,
    Mine,
    Colleague(AgentId),
    /// A colleague holds it, and I joined them.
    Joined(AgentId),
    /// Its last handoff is over.
    Over,
}

impl Stand {
    /// Whether a reply may be written: what nobody holds is taken by it.
    pub(crate) fn takes_reply(self) -> bool {
        matches!(
            self,
            Self::Mine | Self::Joined(_) | Self::Nobody | Self::Missed
        )
    }
}

/// How a conversation was put aside; none for one that is not.
pub(crate) fn snooze(card: &Card) -> Option<Snooze> {
    match card.state {
        CardState::Active { snooze, .. } => snooze,
        _ => None,
    }
}

/// Since when the visitor of an active conversation waits for a reply.
pub(crate) fn unanswered_since(card: &Card) -> Option<Timestamp> {
    match card.state {
        CardState::Active {
            unanswered_since, ..
        } => unanswered_since,
        _ => None,
    }
}
