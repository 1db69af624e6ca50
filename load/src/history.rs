//! What clients noted: what they said, what was answered, what they saw.

use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use protocol::entry::{Author, Body, Entry, PublicAuthor, PublicBody, PublicEntry};
use protocol::{ConversationId, Key};

/// One client's notes.
#[derive(Debug, Default)]
pub(crate) struct History {
    pub(crate) said: Vec<Said>,
    places: HashMap<Key, usize>,
    pub(crate) threads: HashMap<ConversationId, Seen>,
    /// Entries that were told although they were held.
    pub(crate) retold: u64,
}

/// Something that was said under a key.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) key: Key,
    pub(crate) conversation: ConversationId,
    /// Its words; none for a button.
    pub(crate) text: Option<String>,
    pub(crate) at: Instant,
    pub(crate) answer: Option<Answer>,
}

#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) at: Instant,
    pub(crate) came_to: CameTo,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CameTo {
    /// Committed; with the number of the entry that it wrote.
    Done(Option<u64>),
    Refused(String),
}

/// A conversation as one client saw it.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) entries: BTreeMap<u64, Line>,
    /// Up to here nothing is missing.
    pub(crate) last: u64,
    /// The highest number held.
    highest: u64,
    /// What should never be seen, in a sentence each.
    pub(crate) wrong: Vec<Wrong>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// A number was told before the one in front of it.
    Gap(u64),
    /// A number was told twice, of different things.
    Changed(u64),
}

/// An entry, as far as all who see it see the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// The key, where the client is told.
    pub(crate) key: Option<Key>,
    pub(crate) public: Option<u64>,
    pub(crate) by: By,
    /// The words; none for events.
    pub(crate) text: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Visitor,
    Ai,
    Team,
    System,
}

impl History {
    /// Notes what is about to be said.
    pub(crate) fn says(&mut self, key: Key, conversation: ConversationId, text: Option<String>) {
        self.places.insert(key, self.said.len());
        self.said.push(Said {
            key,
            conversation,
            text,
            at: Instant::now(),
            answer: None,
        });
    }

    /// Notes the first answer to a key.
    pub(crate) fn answered(&mut self, key: Key, came_to: CameTo) {
        let said = self.places.get(&key).and_then(|at| self.said.get_mut(*at));
        if let Some(said) = said {
            said.answer.get_or_insert(Answer {
                at: Instant::now(),
                came_to,
            });
        }
    }

    /// Notes an entry that was told by itself: it follows the one before.
    pub(crate) fn saw(&mut self, conversation: ConversationId, seq: u64, line: Line) {
        let seen = self.threads.entry(conversation).or_default();
        if seq > seen.highest + 1 {
            seen.wrong.push(Wrong::Gap(seq));
        }
        self.holds(conversation, seq, line);
    }

    /// Notes an entry of a page, which begins anywhere.
    pub(crate) fn holds(&mut self, conversation: ConversationId, seq: u64, line: Line) {
        let seen = self.threads.entry(conversation).or_default();
        match seen.entries.get(&seq) {
            Some(before) if *before != line => seen.wrong.push(Wrong::Changed(seq)),
            Some(_) => self.retold += 1,
            None => {
                seen.highest = seen.highest.max(seq);
                seen.entries.insert(seq, line);
                while seen.entries.contains_key(&(seen.last + 1)) {
                    seen.last += 1;
                }
            }
        }
    }

    /// The last number of a conversation up to which nothing is missing.
    pub(crate) fn last(&self, conversation: ConversationId) -> u64 {
        self.threads.get(&conversation).map_or(0, |seen| seen.last)
    }

    /// The same, added up over all conversations.
    pub(crate) fn held(&self) -> u64 {
        self.threads.values().map(|seen| seen.last).sum()
    }
}

/// A visitor's entry.
pub(crate) fn public_line(entry: &PublicEntry) -> Line {
    Line {
        key: entry.key,
        public: Some(entry.seq.0),
        by: match entry.author {
            PublicAuthor::Visitor => By::Visitor,
            PublicAuthor::Ai => By::Ai,
            PublicAuthor::Person(_) => By::Team,
            PublicAuthor::System => By::System,
        },
        text: match &entry.body {
            PublicBody::Message(message) => Some(message.text.plain()),
            PublicBody::Event(_) => None,
        },
    }
}

/// An agent's entry.
pub(crate) fn line(entry: &Entry) -> Line {
    Line {
        key: entry.key,
        public: entry.public_seq.map(|seq| seq.0),
        by: match entry.author {
            Author::Visitor => By::Visitor,
            Author::Ai => By::Ai,
            Author::Agent(_) => By::Team,
            Author::System => By::System,
        },
        text: match &entry.body {
            Body::Message(message) => Some(message.text.plain()),
            Body::Note(note) => Some(note.text.plain()),
            Body::Event(_) | Body::NoteEdited(_) => None,
        },
    }
}
