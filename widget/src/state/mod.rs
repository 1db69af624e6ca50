//! Everything the widget knows, as plain data. Events go in, rows come out; no browser is needed.

mod asking;
mod draft;
mod files;
mod form;
mod rows;
mod typing;

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use protocol::entry::{PublicAuthor, PublicBody, PublicEntry};
use protocol::lead::LeadDetails;
use protocol::visitor::{StateLine, Typist, VisitorEvent, Welcome};
use protocol::widget::WidgetView;
use protocol::{ConversationId, Key, PublicSeq, Refusal};
use socket::Status;

use crate::text;

pub(crate) use draft::{Draft, Stage, Wish};
pub(crate) use files::{Chosen, Up};
pub(crate) use form::{SEPARATOR, Trouble, from_kept, put, to_kept, typed};
pub(crate) use rows::{Mark, Row, RowId, What};
pub(crate) use typing::{IDLE, Typing};

/// Entries that may wait for one before them. More means that it is lost.
const AHEAD: usize = 100;

/// The conversation as this visitor sees it.
#[derive(Debug)]
pub(crate) struct State {
    /// From the hub; none before the first visit.
    pub token: Option<String>,
    pub conversation: ConversationId,
    /// None before the first welcome.
    pub widget: Option<WidgetView>,
    /// Who answers; none before the first welcome.
    pub line: Option<StateLine>,
    pub status: Status,
    /// Without gaps, oldest first.
    pub entries: Vec<PublicEntry>,
    /// Came before one that has to come first.
    ahead: Vec<PublicEntry>,
    /// Whether the hub has older entries than these.
    pub more: bool,
    /// What is not in `entries` yet, oldest first.
    pub drafts: Vec<Draft>,
    pub read_by_team: PublicSeq,
    /// What the visitor has read.
    read: PublicSeq,
    /// What the hub knows of it.
    read_told: PublicSeq,
    pub typist: Option<Typist>,
    /// Whether the visitor has the conversation before their eyes.
    pub seen: bool,
    /// Something that could not be done, in words for the visitor.
    pub notice: Option<String>,
    /// What is typed into the form.
    pub details: LeadDetails,
    /// What is wrong with it.
    pub trouble: Option<Trouble>,
    /// Counts the changes of what cards are drawn from: the chatbot's view, and the trouble.
    pub version: u32,
    /// The hub knows no such chatbot, so there is nobody to write to.
    pub unknown: bool,
    /// What is going to go along with the next message.
    pub files: Vec<Chosen>,
    /// Whether the message goes out by itself once its files are up.
    pub sends_then: bool,
}

/// What follows from an event, outside of the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Todo {
    /// Token or conversation changed: keep them.
    KeepVisit,
    /// The draft with this key is settled: keep it no longer.
    Settled(Key),
    /// The form arrived: keep what was typed no longer.
    ForgetDetails,
    /// Connect again, with what is now in the state.
    StartAnew,
}

impl State {
    /// The state of a page that was just loaded, with what was kept from earlier ones.
    pub(crate) fn new(
        token: Option<String>,
        conversation: ConversationId,
        drafts: Vec<Draft>,
    ) -> Self {
        Self {
            token,
            conversation,
            widget: None,
            line: None,
            status: Status::Connecting,
            entries: Vec::new(),
            ahead: Vec::new(),
            more: false,
            drafts,
            read_by_team: PublicSeq(0),
            read: PublicSeq(0),
            read_told: PublicSeq(0),
            typist: None,
            seen: false,
            notice: None,
            details: LeadDetails::default(),
            trouble: None,
            version: 0,
            unknown: false,
            files: Vec::new(),
            sends_then: false,
        }
    }

    /// The last entry held; 0 when there is none.
    pub(crate) fn last(&self) -> PublicSeq {
        self.entries.last().map_or(PublicSeq(0), |entry| entry.seq)
    }

    /// Takes in what the hub said.
    pub(crate) fn apply(&mut self, event: VisitorEvent) -> Vec<Todo> {
        match event {
            VisitorEvent::Welcome(welcome) => self.welcomed(welcome),
            VisitorEvent::EntryAdded(entry) => self.added(entry),
            VisitorEvent::Earlier { entries, more } => self.loaded(entries, more),
            VisitorEvent::LineChanged(line) => {
                self.line = Some(line);
                Vec::new()
            }
            VisitorEvent::WidgetChanged(widget) => {
                self.looks(widget);
                Vec::new()
            }
            VisitorEvent::TypingChanged { typist, typing } => {
                self.typist = typing.then_some(typist);
                Vec::new()
            }
            VisitorEvent::ReadByTeam { seq } => {
                self.read_by_team = self.read_by_team.max(seq);
                Vec::new()
            }
            VisitorEvent::Done { key, seq } => self.done(key, seq),
            VisitorEvent::Refused {
                key,
                refusal,
                sentence,
            } => self.refused(key, &refusal, sentence),
            VisitorEvent::Pong => Vec::new(),
        }
    }

    /// Takes in how the connection stands.
    pub(crate) fn connection(&mut self, status: Status) {
        self.status = status;
        if status != Status::Live {
            self.typist = None;
        }
    }

    /// Whether words go out at once.
    pub(crate) fn is_live(&self) -> bool {
        self.status == Status::Live
    }

    /// Whether a wish of this kind is under way.
    pub(crate) fn wants(&self, wish: &Wish) -> bool {
        self.drafts.iter().any(|draft| draft.wish == *wish)
    }

    /// The form as a wish, unless something is wrong with it.
    pub(crate) fn filled(&mut self) -> Option<Wish> {
        let form = &self.widget.as_ref()?.form;
        let trouble = form::trouble(form, &self.details);
        let good = trouble.is_none();
        self.stumble(trouble);
        good.then(|| Wish::SendForm(self.details.clone()))
    }

    fn stumble(&mut self, trouble: Option<Trouble>) {
        self.trouble = trouble;
        self.version += 1;
    }

    /// The chatbot looks like this now.
    fn looks(&mut self, widget: WidgetView) {
        if self.widget.as_ref() != Some(&widget) {
            self.widget = Some(widget);
            self.stumble(None);
        }
    }

    /// A new wish; the last refusal is forgotten.
    pub(crate) fn wish(&mut self, key: Key, wish: Wish) -> &Draft {
        self.notice = None;
        self.drafts.push(Draft::new(key, wish));
        &self.drafts[self.drafts.len() - 1]
    }

    /// Tries a failed draft again.
    pub(crate) fn again(&mut self, key: Key) -> Option<&Draft> {
        let at = self.place(key)?;
        self.drafts[at].stage = Stage::Waiting;
        Some(&self.drafts[at])
    }

    /// Drops a failed draft.
    pub(crate) fn discard(&mut self, key: Key) {
        self.take(key);
    }

    fn take(&mut self, key: Key) -> Option<Draft> {
        let at = self.place(key)?;
        Some(self.drafts.remove(at))
    }

    fn place(&self, key: Key) -> Option<usize> {
        self.drafts.iter().position(|draft| draft.key == key)
    }

    /// What is now read and not told yet.
    pub(crate) fn newly_read(&mut self) -> Option<PublicSeq> {
        if self.seen {
            self.read = self.read.max(self.last());
        }
        let news = self.read > self.read_told && self.is_live();
        news.then(|| {
            self.read_told = self.read;
            self.read
        })
    }

    /// Messages of the other side that the visitor has not read.
    pub(crate) fn unread(&self) -> usize {
        let unread = self.entries.iter().filter(|entry| {
            entry.seq > self.read
                && matches!(entry.body, PublicBody::Message(_))
                && matches!(entry.author, PublicAuthor::Ai | PublicAuthor::Person(_))
        });
        unread.count()
    }

    fn welcomed(&mut self, welcome: Welcome) -> Vec<Todo> {
        let mut todo = Vec::new();
        if welcome.token.is_some() || welcome.conversation != self.conversation {
            todo.push(Todo::KeepVisit);
        }
        if welcome.token.is_some() {
            self.token = welcome.token;
        }
        if welcome.conversation != self.conversation {
            self.conversation = welcome.conversation;
            self.entries.clear();
            self.read = PublicSeq(0);
        }
        if self.entries.is_empty() {
            self.more = welcome.more;
        }
        self.ahead.clear();
        for entry in welcome.entries {
            todo.extend(self.settled_by(&entry));
            // The newest page begins anywhere; what follows a position begins right after it.
            if self.entries.is_empty() || entry.seq == self.last().next() {
                self.entries.push(entry);
            }
        }
        self.looks(welcome.widget);
        self.line = Some(welcome.line);
        self.typist = None;
        self.read_by_team = welcome.read_by_team;
        self.read = self.read.max(welcome.read);
        self.read_told = welcome.read;
        todo
    }

    fn added(&mut self, entry: PublicEntry) -> Vec<Todo> {
        let mut todo = Vec::new();
        if entry.seq <= self.last() || self.ahead.iter().any(|other| other.seq == entry.seq) {
            return todo;
        }
        self.ahead.push(entry);
        loop {
            let next = self.last().next();
            let Some(at) = self.ahead.iter().position(|entry| entry.seq == next) else {
                break;
            };
            let entry = self.ahead.swap_remove(at);
            todo.extend(self.settled_by(&entry));
            if !matches!(entry.author, PublicAuthor::Visitor) {
                self.typist = None;
            }
            self.entries.push(entry);
        }
        if self.ahead.len() > AHEAD {
            self.ahead.clear();
            todo.push(Todo::StartAnew);
        }
        todo
    }

    fn loaded(&mut self, mut entries: Vec<PublicEntry>, more: bool) -> Vec<Todo> {
        if let Some(first) = self.entries.first().map(|entry| entry.seq) {
            let older = entries.iter().take_while(|entry| entry.seq < first);
            entries.truncate(older.count());
        }
        let mut todo = Vec::new();
        for entry in &entries {
            todo.extend(self.settled_by(entry));
        }
        entries.append(&mut self.entries);
        self.entries = entries;
        self.more = more;
        todo
    }

    /// An entry with the key of a draft is that draft, arrived.
    fn settled_by(&mut self, entry: &PublicEntry) -> Vec<Todo> {
        entry.key.map_or_else(Vec::new, |key| self.settled(key))
    }

    fn settled(&mut self, key: Key) -> Vec<Todo> {
        let mut todo = vec![Todo::Settled(key)];
        if let Some(Draft {
            wish: Wish::SendForm(_),
            ..
        }) = self.take(key)
        {
            self.details = LeadDetails::default();
            todo.push(Todo::ForgetDetails);
        }
        todo
    }

    fn done(&mut self, key: Key, seq: Option<PublicSeq>) -> Vec<Todo> {
        let arrived = seq.is_none_or(|seq| seq <= self.last());
        if let (false, Some(at)) = (arrived, self.place(key)) {
            let draft = &mut self.drafts[at];
            if matches!(
                draft.wish,
                Wish::Say(_) | Wish::Send(..) | Wish::SendForm(_)
            ) {
                draft.stage = Stage::Sent;
                return vec![Todo::Settled(key)];
            }
        }
        self.settled(key)
    }

    fn refused(&mut self, key: Option<Key>, refusal: &Refusal, sentence: String) -> Vec<Todo> {
        let sentence = text::refusal(refusal).unwrap_or(sentence);
        match (key, refusal) {
            // The link sends it again by itself.
            (_, Refusal::TooFast { .. }) => Vec::new(),
            (_, Refusal::TokenUnknown) => {
                self.token = None;
                self.entries.clear();
                vec![Todo::KeepVisit, Todo::StartAnew]
            }
            (Some(key), _) => self.failed(key, refusal, sentence),
            (None, _) => {
                self.unknown |= matches!(refusal, Refusal::ChatbotUnknown);
                self.notice = Some(sentence);
                Vec::new()
            }
        }
    }

    fn failed(&mut self, key: Key, refusal: &Refusal, sentence: String) -> Vec<Todo> {
        let Some(at) = self.place(key) else {
            return Vec::new();
        };
        if let Wish::Say(_) | Wish::Send(..) = self.drafts[at].wish {
            self.drafts[at].stage = Stage::Failed(sentence);
            return Vec::new();
        }
        let draft = self.drafts.remove(at);
        let mut place = None;
        if let Wish::SendForm(details) = draft.wish {
            // What was sent is what has to be mended, whatever this page knew of it.
            self.details = details;
            if let (Refusal::FieldInvalid { field, .. }, Some(widget)) = (refusal, &self.widget) {
                place = form::place(&widget.form, *field);
            }
            self.version += 1;
        }
        match place {
            Some(at) => self.stumble(Some(Trouble { at, sentence })),
            None => self.notice = Some(sentence),
        }
        vec![Todo::Settled(key)]
    }
}

#[cfg(test)]
mod tests;
