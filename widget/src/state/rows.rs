//! What the timeline shows, row by row.

use alloc::vec::Vec;

use protocol::entry::{Message, PublicAuthor, PublicBody, PublicEntry, PublicEvent};
use protocol::lead::LeadDetails;
use protocol::visitor::{StateLine, Typist};
use protocol::widget::FormView;
use protocol::{Key, PublicSeq, Timestamp};
use socket::Status;

use super::{Draft, Stage, State, Trouble, Wish};

/// A pause after which the name is said again, in milliseconds.
const PAUSE: u64 = 5 * 60 * 1000;

/// One row. With the same id and version it looks the same.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Row<'a> {
    pub id: RowId,
    pub version: u32,
    pub what: What<'a>,
}

/// A row's name: it stays while what it shows moves on, from draft to entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowId {
    Entry(PublicSeq),
    Own(Key),
    Form,
    Waiting,
    Typing,
}

/// What a row shows.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum What<'a> {
    /// Words of the assistant or a person. `named` when the writer or a pause makes it worth saying.
    Theirs {
        entry: &'a PublicEntry,
        message: &'a Message,
        named: bool,
        /// "Did you mean" still stands.
        open: bool,
        /// Whether the visitor is asked if it helped, where the assistant wrote it.
        thumbs: bool,
    },
    /// The visitor's own words.
    Own {
        message: &'a Message,
        mark: Mark<'a>,
    },
    /// The visitor's own words, not in the conversation yet.
    Draft {
        key: Key,
        text: &'a str,
        /// How many files go along.
        files: usize,
        mark: Mark<'a>,
    },
    /// Something that happened.
    Event {
        event: &'a PublicEvent,
        at: Timestamp,
    },
    /// A person is being asked for; `offline` when that has to wait.
    Asking { offline: bool },
    /// The assistant asks whether to fetch a person.
    Proposal(&'a str),
    /// Asks for details, with what was typed so far.
    Form {
        form: &'a FormView,
        details: &'a LeadDetails,
        trouble: Option<&'a Trouble>,
    },
    /// The details are on their way.
    Sending { offline: bool },
    /// The place in line, with a way back to the assistant unless that is under way already.
    Waiting { place: u32, cancelling: bool },
    Typing {
        typist: Typist,
        /// None when it is the assistant.
        name: Option<&'a str>,
    },
}

/// How far the visitor's own words got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark<'a> {
    None,
    Sending,
    /// Goes out when there is a connection.
    Queued,
    Sent,
    Read,
    Failed(&'a str),
}

impl Mark<'_> {
    fn version(self) -> u32 {
        match self {
            Self::None => 0,
            Self::Sending => 1,
            Self::Queued => 2,
            Self::Sent => 3,
            Self::Read => 4,
            Self::Failed(_) => 5,
        }
    }
}

impl State {
    /// The whole timeline.
    pub(crate) fn rows(&self) -> Vec<Row<'_>> {
        let mut rows: Vec<Row<'_>> = Vec::with_capacity(self.entries.len() + 4);
        let marked = self.marked();
        let mut before: Option<&PublicEntry> = None;
        let proposal = self.proposal();
        let form_at = self.form_at();
        for (at, entry) in self.entries.iter().enumerate() {
            if form_at == Some(at) {
                rows.extend(self.form_row());
            }
            if proposal.is_none_or(|(seq, _)| seq != entry.seq) {
                rows.extend(self.entry_row(entry, before, marked == Some(entry.seq)));
            }
            before = Some(entry);
        }
        if form_at == Some(self.entries.len()) {
            rows.extend(self.form_row());
        }
        for draft in &self.drafts {
            rows.extend(self.draft_row(draft));
        }
        // Its row is that of its entry, so that the answer turns it into a line of the past.
        if let Some((seq, message)) = proposal {
            rows.push(Row {
                id: RowId::Entry(seq),
                version: 17,
                what: What::Proposal(message),
            });
        }
        if let Some(StateLine::Waiting { place, .. }) = self.line {
            let cancelling = self.wants(&Wish::CancelHandoff);
            rows.push(Row {
                id: RowId::Waiting,
                version: place * 2 + u32::from(cancelling),
                what: What::Waiting { place, cancelling },
            });
        }
        rows.extend(self.typing_row());
        rows
    }

    /// Before which entry the form stands: after the one that asked for details, so that what is said
    /// meanwhile follows it.
    fn form_at(&self) -> Option<usize> {
        let asked = matches!(
            self.line,
            Some(StateLine::LeaveDetails | StateLine::Waiting { form: true, .. })
        );
        let under_way = |draft: &Draft| matches!(draft.wish, Wish::SendForm(_));
        if !asked || self.drafts.iter().any(under_way) {
            return None;
        }
        for (at, entry) in self.entries.iter().enumerate().rev() {
            match entry.body {
                // The line may still be the one before.
                PublicBody::Event(PublicEvent::FormSent) => return None,
                PublicBody::Event(
                    PublicEvent::Missed { form: true, .. } | PublicEvent::Overdue { .. },
                ) => return Some(at + 1),
                _ => {}
            }
        }
        Some(self.entries.len())
    }

    fn form_row(&self) -> Option<Row<'_>> {
        let what = What::Form {
            form: &self.widget.as_ref()?.form,
            details: &self.details,
            trouble: self.trouble.as_ref(),
        };
        Some(Row {
            id: RowId::Form,
            version: self.version,
            what,
        })
    }

    /// The visitor's newest entry says how far it got, unless the assistant answered it already.
    fn marked(&self) -> Option<PublicSeq> {
        for entry in self.entries.iter().rev() {
            match (&entry.body, &entry.author) {
                (PublicBody::Message(_), PublicAuthor::Visitor) => return Some(entry.seq),
                (PublicBody::Message(_), PublicAuthor::Ai) => return None,
                _ => {}
            }
        }
        None
    }

    fn entry_row<'a>(
        &'a self,
        entry: &'a PublicEntry,
        before: Option<&PublicEntry>,
        marked: bool,
    ) -> Option<Row<'a>> {
        let id = match entry.key {
            Some(key) => RowId::Own(key),
            None => RowId::Entry(entry.seq),
        };
        let (version, what) = match (&entry.body, &entry.author) {
            (PublicBody::Event(event), _) => {
                let at = entry.at;
                if is_silent(event) {
                    return None;
                }
                // Apart from the wish it grew out of.
                (16, What::Event { event, at })
            }
            (PublicBody::Message(message), PublicAuthor::Visitor) => {
                let mark = match marked {
                    true if entry.seq <= self.read_by_team => Mark::Read,
                    true => Mark::Sent,
                    false => Mark::None,
                };
                // Apart from a draft's, whose words are drawn without their form.
                (8 + mark.version(), What::Own { message, mark })
            }
            (PublicBody::Message(message), _) => {
                let named = before.is_none_or(|before| {
                    before.author != entry.author
                        || matches!(before.body, PublicBody::Event(_))
                        || entry.at.millis_since(before.at) > PAUSE
                });
                let open = entry.seq == self.last()
                    && self.drafts.is_empty()
                    && !message.choices.is_empty();
                let thumbs = self.widget.as_ref().is_some_and(|widget| widget.thumbs);
                let what = What::Theirs {
                    entry,
                    message,
                    named,
                    open,
                    thumbs,
                };
                let looks = [named, open, thumbs];
                let version = looks.iter().fold(0, |all, look| all * 2 + u32::from(*look));
                (version, what)
            }
        };
        Some(Row { id, version, what })
    }

    fn draft_row<'a>(&self, draft: &'a Draft) -> Option<Row<'a>> {
        let offline = matches!(self.status, Status::Lost { .. } | Status::Stopped(_));
        let (version, what) = match &draft.wish {
            Wish::Say(_) | Wish::Send(..) => {
                let (text, files) = match &draft.wish {
                    Wish::Say(text) => (text.as_str(), 0),
                    Wish::Send(text, files) => (text.as_str(), files.len()),
                    _ => ("", 0),
                };
                let mark = match &draft.stage {
                    Stage::Waiting if offline => Mark::Queued,
                    Stage::Waiting => Mark::Sending,
                    Stage::Sent => Mark::Sent,
                    Stage::Failed(sentence) => Mark::Failed(sentence),
                };
                let key = draft.key;
                (
                    mark.version(),
                    What::Draft {
                        key,
                        text,
                        files,
                        mark,
                    },
                )
            }
            Wish::AskForHuman | Wish::AnswerProposal(true) => {
                (u32::from(offline), What::Asking { offline })
            }
            Wish::SendForm(_) => (u32::from(offline), What::Sending { offline }),
            Wish::CancelHandoff | Wish::AnswerProposal(false) => return None,
        };
        let id = RowId::Own(draft.key);
        Some(Row { id, version, what })
    }

    fn typing_row(&self) -> Option<Row<'_>> {
        let typist = self.typist?;
        let name = match &self.line {
            Some(StateLine::Person(face)) if typist == Typist::Person => Some(face.name.as_str()),
            _ => None,
        };
        Some(Row {
            id: RowId::Typing,
            version: u32::from(typist == Typist::Ai),
            what: What::Typing { typist, name },
        })
    }
}

/// Whether an event says nothing to the visitor.
fn is_silent(event: &PublicEvent) -> bool {
    match event {
        PublicEvent::ProposalEnded => true,
        PublicEvent::Proposed { message }
        | PublicEvent::Waiting { message }
        | PublicEvent::Joined { message, .. }
        | PublicEvent::Overdue { message }
        | PublicEvent::Missed { message, .. }
        | PublicEvent::IdleWarned { message }
        | PublicEvent::Restored { message, .. }
        | PublicEvent::Closed { message, .. } => message.is_empty(),
        // The visitor did so; nobody had to say why.
        PublicEvent::Cancelled { .. } | PublicEvent::Left { .. } | PublicEvent::FormSent => false,
    }
}
