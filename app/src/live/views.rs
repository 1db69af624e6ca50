//! What the parts of the inbox follow of the state, gathered into few kinds of values: each kind that
//! is followed costs the browser's program several kilobytes.

use std::sync::Arc;

use protocol::agent::VisitorView;
use protocol::card::{Card, Counts, Offer, Tab};
use protocol::entry::Author;
use protocol::person::Availability;
use protocol::{AgentId, ConversationId, Seq, Timestamp};

use super::state::{Act, Beside, Connection, LiveState, Stand, Toast};

/// What the frame around the conversations follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) connection: Connection,
    /// None before the first welcome.
    pub(crate) me: Option<AgentId>,
    pub(crate) chosen: Option<Availability>,
    /// What my choice comes to.
    pub(crate) effective: Availability,
    /// Whether routing may give me chats.
    pub(crate) accepting: bool,
    /// What I am asked to take.
    pub(crate) offer: Option<(Arc<Card>, Offer)>,
    pub(crate) counts: Counts,
    pub(crate) tab: Tab,
    /// Whether the tab's first page is here.
    pub(crate) is_loaded: bool,
    /// Whether the tab goes on after what is shown.
    pub(crate) has_more: bool,
    pub(crate) toasts: Vec<Toast>,
}

impl Frame {
    pub(super) fn of(state: &LiveState) -> Self {
        let mine = state
            .me
            .and_then(|me| state.member(me))
            .filter(|_| state.is_live());
        Self {
            connection: state.connection,
            me: state.me,
            chosen: state.chosen,
            accepting: mine.is_some_and(|member| member.accepting),
            offer: state.offer(),
            effective: mine.map_or(Availability::Offline, |member| member.availability),
            counts: state.counts,
            tab: state.tab(),
            is_loaded: state.me.is_some() && state.lists.is_loaded(state.list()),
            has_more: state.lists.has_more(state.list()),
            toasts: state.toasts.shown().to_vec(),
        }
    }

    /// Whether what is said goes out at once.
    pub(crate) fn is_live(&self) -> bool {
        self.connection == Connection::Live
    }
}

/// How far opening a conversation got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    Awaited,
    Open,
    /// It does not exist, or not for me.
    Gone,
}

/// What the parts of one conversation follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Talk {
    pub(crate) opening: Opening,
    pub(crate) stand: Stand,
    pub(crate) card: Option<Arc<Card>>,
    pub(crate) visitor: Option<Arc<VisitorView>>,
    /// What stands beside it; none until it came.
    pub(crate) beside: Option<Arc<Beside>>,
    /// Until when I am asked to take it.
    pub(crate) offered_until: Option<Timestamp>,
    /// Whether I passed it on while it waits.
    pub(crate) declined: bool,
    /// What is being done and not answered yet.
    pub(crate) acting: Option<Act>,
    /// What was done last, if it was refused, and why.
    pub(crate) trouble: Option<(Act, String)>,
    pub(crate) typist: Option<Author>,
    /// Colleagues on whose screens it is.
    pub(crate) viewers: Vec<AgentId>,
    /// What the visitor is typing, where the chatbot shows it.
    pub(crate) preview: String,
    /// Whether a note in it names me and I have not seen it.
    pub(crate) mentioned: bool,
    /// The entry that somebody wants to see, once it is here.
    pub(crate) sought: Option<Seq>,
    /// The first entry that is held.
    pub(crate) first: Seq,
    /// Whether older entries exist.
    pub(crate) has_earlier: bool,
    pub(crate) loads_earlier: bool,
    /// The team's newest message, and whether the visitor has read it.
    pub(crate) last_of_team: Option<(Seq, bool)>,
}

impl Talk {
    /// Why what was done last was refused. What was done in the panel is told there.
    pub(crate) fn why(&self) -> Option<String> {
        let told = self.trouble.as_ref();
        let told = told.filter(|(act, _)| !matches!(act, Act::EditContact | Act::EditNote));
        told.map(|(_, why)| why.clone())
    }

    /// Why this was refused, if it was done last.
    pub(crate) fn why_not(&self, refused: Act) -> Option<String> {
        let told = self.trouble.as_ref();
        let told = told.filter(|(act, _)| *act == refused);
        told.map(|(_, why)| why.clone())
    }

    pub(super) fn of(state: &LiveState, id: ConversationId) -> Self {
        let thread = state.thread(id);
        let visitor = thread.and_then(|thread| thread.visitor.clone());
        Self {
            opening: match (thread, &visitor) {
                (Some(_), Some(_)) => Opening::Open,
                (Some(_), None) => Opening::Awaited,
                // Before the first welcome nobody knows.
                (None, _) if state.me.is_none() => Opening::Awaited,
                (None, _) => Opening::Gone,
            },
            stand: state.stand(id),
            card: state.card(id).cloned(),
            visitor,
            beside: thread.and_then(|thread| thread.beside.clone()),
            offered_until: state.offered_until(id),
            declined: state.has_declined(id),
            acting: state.acting(id),
            trouble: state.trouble(id),
            typist: thread.and_then(|thread| thread.typing().next()),
            viewers: thread
                .map(|thread| thread.viewers.iter().copied())
                .into_iter()
                .flatten()
                .filter(|agent| Some(*agent) != state.me)
                .collect(),
            preview: thread
                .map(|thread| thread.preview.clone())
                .unwrap_or_default(),
            mentioned: state.is_mentioned(id),
            sought: state.sought(id),
            first: thread
                .map(|thread| thread.timeline.first())
                .unwrap_or_default(),
            has_earlier: thread.is_some_and(|thread| thread.timeline.more),
            loads_earlier: thread.is_some_and(|thread| thread.loads_earlier),
            last_of_team: thread.and_then(super::state::ThreadState::last_of_team),
        }
    }
}
