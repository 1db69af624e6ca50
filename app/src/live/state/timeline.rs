//! The entries of one conversation, in order and without holes.

use std::sync::Arc;

use protocol::Seq;
use protocol::entry::{Body, Entry, Event, NoteEdited};

use super::beside::mend;

/// What is held of a conversation's entries: an unbroken run, and what came ahead of its turn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Timeline {
    /// In the order of their numbers.
    entries: Vec<Arc<Entry>>,
    /// The unbroken run is `first..=last`; both are 0 while it is empty.
    first: Seq,
    last: Seq,
    /// Whether older entries exist before `first`.
    pub(crate) more: bool,
}

impl Timeline {
    /// The unbroken run, oldest first.
    pub(crate) fn entries(&self) -> &[Arc<Entry>] {
        let end = self.entries.partition_point(|entry| entry.seq <= self.last);
        &self.entries[..end]
    }

    /// The first entry of the unbroken run; 0 without one.
    pub(crate) fn first(&self) -> Seq {
        self.first
    }

    /// The last entry of the unbroken run; 0 without one.
    pub(crate) fn last(&self) -> Seq {
        self.last
    }

    /// Whether an entry is missing between the run and what came ahead of it.
    pub(crate) fn has_gap(&self) -> bool {
        self.entries
            .last()
            .is_some_and(|entry| entry.seq > self.last)
    }

    /// One new entry. One that is held already changes nothing.
    pub(crate) fn add(&mut self, entry: Entry) {
        if entry.seq >= self.first {
            let mends = is_of_note(&entry);
            self.hold(entry);
            if mends {
                self.mend();
            }
            self.extend();
        }
    }

    /// The answer to opening the conversation: either what follows the run, or the newest page.
    pub(crate) fn add_page(&mut self, page: Vec<Entry>, more: bool) {
        let Some(start) = page.first().map(|entry| entry.seq) else {
            return;
        };
        let follows = self.last > Seq(0) && start <= self.last.next() && start >= self.first;
        if !follows {
            // What was held before it would leave a hole that nobody sees.
            self.entries.retain(|entry| entry.seq >= start);
            self.first = start;
            self.last = start;
            self.more = more;
        }
        page.into_iter().for_each(|entry| self.hold(entry));
        self.mend();
        self.extend();
    }

    /// A page of older entries. It counts only where it joins the run.
    pub(crate) fn add_earlier(&mut self, page: Vec<Entry>, more: bool) {
        match (page.first(), page.last()) {
            (Some(start), Some(end)) if end.seq.next() == self.first => {
                self.first = start.seq;
                self.more = more;
                self.entries.splice(..0, page.into_iter().map(Arc::new));
                self.mend();
            }
            (None, _) => self.more = more,
            _ => {}
        }
    }

    fn hold(&mut self, entry: Entry) {
        // Almost always at the end.
        let at = self.entries.partition_point(|held| held.seq < entry.seq);
        if self
            .entries
            .get(at)
            .is_none_or(|held| held.seq != entry.seq)
        {
            self.entries.insert(at, Arc::new(entry));
        }
    }

    /// Notes and answers are shown as they stand now, whatever came first.
    fn mend(&mut self) {
        let of_notes = self.entries.iter().filter(|entry| is_of_note(entry));
        for later in of_notes.cloned().collect::<Vec<_>>() {
            let (Body::NoteEdited(NoteEdited { note, .. })
            | Body::Event(Event::NotePinned { note, .. } | Event::Thumbed { answer: note, .. })) =
                &later.body
            else {
                continue;
            };
            if let Ok(at) = self.entries.binary_search_by_key(note, |held| held.seq) {
                mend(&mut self.entries[at], &later);
            }
        }
    }

    fn extend(&mut self) {
        if self.last == Seq(0)
            && self
                .entries
                .first()
                .is_some_and(|entry| entry.seq == Seq(1))
        {
            self.first = Seq(1);
            self.last = Seq(1);
        }
        if self.last > Seq(0) {
            let next = self.entries.partition_point(|entry| entry.seq <= self.last);
            for entry in &self.entries[next..] {
                if entry.seq != self.last.next() {
                    break;
                }
                self.last = entry.seq;
            }
        }
    }
}

/// Whether an entry says something of an earlier note or answer.
fn is_of_note(entry: &Entry) -> bool {
    matches!(
        entry.body,
        Body::NoteEdited(_) | Body::Event(Event::NotePinned { .. } | Event::Thumbed { .. })
    )
}
