//! One opened conversation.

use std::sync::Arc;

use protocol::agent::{Thread, VisitorView};
use protocol::card::CardState;
use protocol::contact::Contact;
use protocol::entry::{Author, Body, Entry, Event};
use protocol::{AgentId, PublicSeq, Seq, Timestamp};

use super::{Beside, Timeline};

/// How long somebody is taken to be typing after the last word of it.
const TYPES_MS: i64 = 10_000;

/// What is held of an opened conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ThreadState {
    pub(crate) timeline: Timeline,
    /// None until the hub has answered.
    pub(crate) visitor: Option<Arc<VisitorView>>,
    /// Up to where the visitor has read, in the visitor's numbers.
    pub(crate) read_by_visitor: PublicSeq,
    /// Up to where the hub was told that I have read.
    pub(crate) read: Seq,
    /// The first entry that nobody of the team had read when it was opened.
    pub(crate) unread_from: Option<Seq>,
    /// Whether older entries were asked for and have not come.
    pub(crate) loads_earlier: bool,
    /// After which entry a missing one was asked for.
    pub(crate) asked_after: Option<Seq>,
    /// The entry that somebody wants to see, until it is on screen.
    pub(crate) seek: Option<Seq>,
    /// What the visitor is typing, where the chatbot shows it.
    pub(crate) preview: String,
    /// On whose screens it is, mine included.
    pub(crate) viewers: Vec<AgentId>,
    /// What stands beside it; none until it was asked for and came.
    pub(crate) beside: Option<Arc<Beside>>,
    /// Who types, and until when to believe it.
    typing: Vec<(Author, Timestamp)>,
}

impl ThreadState {
    /// The hub's answer to opening the conversation.
    pub(crate) fn opened(&mut self, thread: Thread) {
        if self.visitor.is_none() {
            self.unread_from = first_unread(&thread);
        }
        self.timeline.add_page(thread.entries, thread.more);
        self.read_by_visitor = self.read_by_visitor.max(thread.read_by_visitor);
        self.visitor = Some(Arc::new(thread.visitor));
        self.asked_after = None;
        self.loads_earlier = false;
    }

    /// The connection broke: what was asked of it will not be answered.
    pub(crate) fn lost(&mut self) {
        self.asked_after = None;
        self.loads_earlier = false;
        self.read = Seq(0);
        self.typing.clear();
        self.viewers.clear();
        self.preview.clear();
    }

    /// What a new entry says about the visitor, and that their words are no longer being typed.
    pub(crate) fn learn(&mut self, entry: &Entry) {
        if entry.author == Author::Visitor && matches!(entry.body, Body::Message(_)) {
            self.preview.clear();
        }
        if let Body::Event(Event::FormSent { details, .. }) = &entry.body
            && let Some(visitor) = &mut self.visitor
        {
            let visitor = Arc::make_mut(visitor);
            for (known, said) in [
                (&mut visitor.name, &details.name),
                (&mut visitor.email, &details.email),
            ] {
                if !said.is_empty() {
                    known.clone_from(said);
                }
            }
        }
    }

    /// What the visitor is called and where mail reaches them, for saved replies.
    pub(super) fn called(&mut self, contact: &Contact) {
        if let Some(visitor) = &mut self.visitor {
            let visitor = Arc::make_mut(visitor);
            visitor.name.clone_from(&contact.name.text);
            visitor.email.clone_from(&contact.email.text);
        }
    }

    /// Somebody began or stopped typing.
    pub(crate) fn types(&mut self, author: Author, typing: bool, now: Timestamp) {
        self.typing.retain(|(typist, _)| *typist != author);
        if typing {
            self.typing
                .push((author, Timestamp(now.millis() + TYPES_MS)));
        }
    }

    /// Who types now.
    pub(crate) fn typing(&self) -> impl Iterator<Item = Author> {
        self.typing.iter().map(|(author, _)| *author)
    }

    /// Whether somebody stopped without a word.
    pub(crate) fn typing_has_expired(&self, now: Timestamp) -> bool {
        self.typing.iter().any(|(_, until)| *until <= now)
    }

    /// Forgets those who stopped without a word.
    pub(crate) fn expire_typing(&mut self, now: Timestamp) {
        self.typing.retain(|(_, until)| *until > now);
    }

    /// The newest entry of the team, by which the visitor's reading is shown.
    pub(crate) fn last_of_team(&self) -> Option<(Seq, bool)> {
        let mut entries = self.timeline.entries().iter().rev();
        let last = entries.find(|entry| {
            matches!(entry.author, Author::Agent(_)) && matches!(entry.body, Body::Message(_))
        })?;
        let read = last
            .public_seq
            .is_some_and(|seq| seq <= self.read_by_visitor);
        Some((last.seq, read))
    }
}

/// The first message of the visitor that the team has not read, in a conversation that somebody has.
fn first_unread(thread: &Thread) -> Option<Seq> {
    let unread = thread.card.unread as usize;
    let held = matches!(thread.card.state, CardState::Active { .. });
    let by_visitor =
        thread.entries.iter().rev().filter(|entry| {
            entry.author == Author::Visitor && matches!(entry.body, Body::Message(_))
        });
    let first = by_visitor.take(unread).last();
    first.filter(|_| held).map(|entry| entry.seq)
}
