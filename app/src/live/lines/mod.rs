//! The timeline of a conversation as the lines on screen: days, words, notes, turns, and what is still on its way.

mod brief;
mod held;
#[cfg(test)]
mod tests;
mod told;

use std::sync::Arc;

use protocol::card::CardState;
use protocol::entry::{Body, Destination, Entry, Event, Message, Outcome};
use protocol::rating::Thumb;
use protocol::{HandoffId, Key, Seq, Timestamp};

use super::state::{Outgoing, Timeline};
pub(crate) use brief::Brief;
use held::held_at_start;
use told::told;

/// How many of the assistant's last lines stay open before the newest request.
const KEPT_BEFORE_REQUEST: usize = 3;
/// Words of one person within this time stand under one name.
const GOES_ON_MS: u64 = 5 * 60 * 1000;

/// Who has the conversation at a line: the pattern of the rail beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Held {
    Ai,
    Waiting,
    Person,
    Nobody,
}

impl Held {
    /// Its name in the style sheet.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ai => "ai",
            Self::Waiting => "waiting",
            Self::Person => "person",
            Self::Nobody => "nobody",
        }
    }
}

/// One line on screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) held: Held,
    pub(crate) what: What,
}

/// What a line shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    Day(Timestamp),
    /// From here on nobody of the team had read it when the conversation was opened.
    Unread(Seq),
    /// What the newest request is about.
    Brief {
        seq: Seq,
        brief: Brief,
    },
    /// The assistant's part, folded away.
    Fold(Vec<Line>),
    /// A message; under the name above it when the same person goes on.
    Says {
        entry: Arc<Entry>,
        goes_on: bool,
    },
    Note(Arc<Entry>),
    /// The conversation passed from one to another.
    Turn {
        entry: Arc<Entry>,
        from: Held,
        waited_ms: Option<u64>,
    },
    /// What the visitor was told at a turn.
    Told {
        seq: Seq,
        at: Timestamp,
        text: String,
    },
    /// A text on its way.
    Going(Outgoing),
}

/// What makes a line the same line after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum LineKey {
    Day(Timestamp),
    Unread(Seq),
    Brief(Seq),
    Fold(Option<Seq>, usize),
    Entry(Seq, Held, bool),
    /// Made anew when the visitor thinks otherwise of it.
    Answer(Seq, Held, bool, Thumb),
    /// Made anew when it is written anew or pinned.
    Note(Seq, Held, Option<Timestamp>, bool),
    Told(Seq),
    Going(Key),
}

impl Line {
    pub(crate) fn key(&self) -> LineKey {
        match &self.what {
            What::Day(at) => LineKey::Day(*at),
            What::Unread(seq) => LineKey::Unread(*seq),
            What::Brief { seq, .. } => LineKey::Brief(*seq),
            What::Fold(lines) => {
                let first = lines
                    .iter()
                    .find_map(|line| line.entry())
                    .map(|entry| entry.seq);
                LineKey::Fold(first, lines.len())
            }
            What::Says { entry, goes_on } => match &entry.body {
                Body::Message(Message {
                    thumb: Some(thumb), ..
                }) => LineKey::Answer(entry.seq, self.held, *goes_on, *thumb),
                _ => LineKey::Entry(entry.seq, self.held, *goes_on),
            },
            What::Note(entry) => match &entry.body {
                Body::Note(note) => {
                    LineKey::Note(entry.seq, self.held, note.edited_at, note.pinned)
                }
                _ => LineKey::Entry(entry.seq, self.held, false),
            },
            What::Turn { entry, from, .. } => LineKey::Entry(entry.seq, *from, true),
            What::Told { seq, .. } => LineKey::Told(*seq),
            What::Going(outgoing) => LineKey::Going(outgoing.key),
        }
    }

    /// The entry it shows, if it shows one.
    pub(crate) fn entry(&self) -> Option<&Arc<Entry>> {
        match &self.what {
            What::Says { entry, .. } | What::Note(entry) | What::Turn { entry, .. } => Some(entry),
            What::Day(_)
            | What::Unread(_)
            | What::Brief { .. }
            | What::Fold(_)
            | What::Told { .. }
            | What::Going(_) => None,
        }
    }
}

/// Lays a timeline out. `day` numbers the days as the reader's calendar has them.
pub(crate) fn lines<'a>(
    timeline: &Timeline,
    state: Option<CardState>,
    unread_from: Option<Seq>,
    going: impl Iterator<Item = &'a Outgoing>,
    day: impl Fn(Timestamp) -> i64,
) -> Vec<Line> {
    let mut layout = Layout::new(timeline, state);
    let mut today = None;
    for entry in timeline.entries() {
        if today.replace(day(entry.at)) != Some(day(entry.at)) {
            layout.push(What::Day(entry.at));
        }
        if Some(entry.seq) == unread_from {
            layout.push(What::Unread(entry.seq));
        }
        match &entry.body {
            Body::Message(_) => layout.says(entry),
            Body::Note(_) => layout.push(What::Note(Arc::clone(entry))),
            // The note, or the answer, shows it itself.
            Body::NoteEdited(_) | Body::Event(Event::NotePinned { .. } | Event::Thumbed { .. }) => {
            }
            Body::Event(event) => layout.turn(entry, event),
        }
    }
    let shown = |key: Key| {
        timeline
            .entries()
            .iter()
            .any(|entry| entry.key == Some(key))
    };
    for outgoing in going.filter(|outgoing| !shown(outgoing.key)) {
        layout.push(What::Going(outgoing.clone()));
    }
    layout.lines
}

struct Layout {
    lines: Vec<Line>,
    held: Held,
    /// Where the assistant's current part begins.
    part: usize,
    newest_request: Option<Seq>,
    requests: Vec<(HandoffId, Timestamp)>,
}

impl Layout {
    fn new(timeline: &Timeline, state: Option<CardState>) -> Self {
        let requested =
            |entry: &&Arc<Entry>| matches!(entry.body, Body::Event(Event::HandoffRequested { .. }));
        Self {
            lines: Vec::new(),
            held: held_at_start(timeline, state),
            part: 0,
            newest_request: timeline
                .entries()
                .iter()
                .rev()
                .find(requested)
                .map(|entry| entry.seq),
            requests: Vec::new(),
        }
    }

    fn push(&mut self, what: What) {
        self.lines.push(Line {
            held: self.held,
            what,
        });
    }

    fn says(&mut self, entry: &Arc<Entry>) {
        // Whoever writes into a closed conversation is answered by the assistant.
        if self.held == Held::Nobody {
            self.held = Held::Ai;
            self.part = self.lines.len();
        }
        let goes_on = self.lines.last().is_some_and(|line| match &line.what {
            What::Says { entry: before, .. } => {
                before.author == entry.author && entry.at.millis_since(before.at) < GOES_ON_MS
            }
            _ => false,
        });
        self.push(What::Says {
            entry: Arc::clone(entry),
            goes_on,
        });
    }

    fn turn(&mut self, entry: &Arc<Entry>, event: &Event) {
        let from = self.held;
        let mut waited_ms = None;
        match event {
            Event::HandoffRequested {
                handoff,
                trigger,
                reason,
                ..
            } => {
                self.requests.push((*handoff, entry.at));
                let newest = self.newest_request == Some(entry.seq);
                let part = &self.lines[self.part..];
                let brief = newest.then(|| Brief::of(part, *trigger, reason)).flatten();
                self.fold(newest);
                if let Some(brief) = brief.filter(|_| from == Held::Ai) {
                    let seq = entry.seq;
                    let what = What::Brief { seq, brief };
                    self.lines.insert(self.start(), Line { held: from, what });
                }
            }
            Event::HandoffClaimed { handoff, .. } => {
                let requested = self
                    .requests
                    .iter()
                    .rev()
                    .find(|(asked, _)| asked == handoff);
                waited_ms = requested.map(|(_, requested)| entry.at.millis_since(*requested));
                // Whoever stepped in comes after the assistant's part without a request between.
                self.fold(true);
            }
            _ => {}
        }
        let to = held_after(event);
        self.held = to.unwrap_or(from);
        self.push(What::Turn {
            entry: Arc::clone(entry),
            from,
            waited_ms,
        });
        let told = told(event);
        if !told.is_empty() {
            self.push(What::Told {
                seq: entry.seq,
                at: entry.at,
                text: told.to_owned(),
            });
        }
        if to.is_some() {
            self.part = self.lines.len();
        }
    }

    /// Where the assistant's part begins, behind the day that begins with it.
    fn start(&self) -> usize {
        let days = self.lines[self.part..].iter();
        let days = days.take_while(|line| matches!(line.what, What::Day(_)));
        self.part + days.count()
    }

    /// Folds the assistant's part away, all but its end before the newest request.
    fn fold(&mut self, newest: bool) {
        let kept = if newest { KEPT_BEFORE_REQUEST } else { 0 };
        let start = self.start();
        let end = self.lines.len().saturating_sub(kept);
        if self.held == Held::Ai && end.saturating_sub(start) >= 2 {
            let folded: Vec<Line> = self.lines.drain(start..end).collect();
            self.lines.insert(
                start,
                Line {
                    held: Held::Ai,
                    what: What::Fold(folded),
                },
            );
            // The first line after a fold stands under its own name again.
            if let Some(Line {
                what: What::Says { goes_on, .. },
                ..
            }) = self.lines.get_mut(start + 1)
            {
                *goes_on = false;
            }
        }
    }
}

/// Who has the conversation after something happened; none where that changes nothing.
fn held_after(event: &Event) -> Option<Held> {
    match event {
        Event::HandoffRequested { .. } | Event::HandoffReleased { .. } => Some(Held::Waiting),
        Event::HandoffClaimed { .. } => Some(Held::Person),
        Event::HandoffTransferred { to, .. } => Some(match to {
            Destination::Agent(_) => Held::Person,
            Destination::Group(_) | Destination::Queue => Held::Waiting,
        }),
        Event::HandoffCancelled { .. } | Event::HandoffMissed { .. } => Some(Held::Ai),
        Event::HandoffResolved { outcome, .. } => Some(match outcome {
            Outcome::RestoredToAi => Held::Ai,
            Outcome::Closed | Outcome::AutoClosed | Outcome::Spam => Held::Nobody,
        }),
        Event::HandoffProposed { .. }
        | Event::ProposalEnded { .. }
        | Event::HandoffOffered { .. }
        | Event::HandoffRejected { .. }
        | Event::HandoffOverdue { .. }
        | Event::FormSent { .. }
        | Event::IdleWarned { .. }
        | Event::HandoffSnoozed { .. }
        | Event::HandoffWoken { .. }
        | Event::HandoffJoined { .. }
        | Event::HandoffLeft { .. }
        | Event::Labelled(_)
        | Event::NotePinned { .. }
        | Event::ReplyOverdue { .. }
        | Event::Rated { .. }
        | Event::Thumbed { .. } => None,
        // Whoever is let again is the assistant's as soon as they write.
        Event::Blocked(_) => Some(Held::Nobody),
    }
}
