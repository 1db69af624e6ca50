//! What is searched for on the server, and what was found.

use protocol::agent::AgentCommand;
use protocol::search::Hit;
use protocol::{ConversationId, Key, Seq, limits};

use super::LiveState;
use crate::words::t;

/// How far the newest search got.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Nothing is searched for.
    #[default]
    Idle,
    Asked,
    Found,
    Failed(String),
}

/// The newest search. What an older one found stays until this one is answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Search {
    query: String,
    key: Option<Key>,
    pub(crate) stage: Stage,
    pub(crate) hits: Vec<Hit>,
    pub(crate) next: Option<u64>,
    /// Whether the answer goes on after what is there.
    goes_on: bool,
}

impl LiveState {
    /// Searches for something else.
    pub(crate) fn search(&mut self, query: &str, key: Key) {
        let query = query.trim();
        let hits = std::mem::take(&mut self.search.hits);
        self.search = Search {
            query: query.chars().take(limits::QUERY).collect(),
            ..Search::default()
        };
        if !query.is_empty() {
            self.search.hits = hits;
            self.ask_search(None, key);
        }
    }

    /// Asks for the next page of what was found.
    pub(crate) fn search_on(&mut self, key: Key) {
        if let Some(next) = self
            .search
            .next
            .filter(|_| self.search.stage == Stage::Found)
        {
            self.search.goes_on = true;
            self.ask_search(Some(next), key);
        }
    }

    fn ask_search(&mut self, after: Option<u64>, key: Key) {
        if !self.is_live() {
            self.search.stage = Stage::Failed(t::search_without_connection().to_owned());
            return;
        }
        self.search.stage = Stage::Asked;
        self.search.key = Some(key);
        let query = self.search.query.clone();
        self.asks.push(AgentCommand::Search { key, query, after });
    }

    /// An answer; one to an older search is late.
    pub(super) fn found(&mut self, key: Key, hits: Vec<Hit>, next: Option<u64>) {
        let search = &mut self.search;
        if search.key != Some(key) {
            return;
        }
        search.stage = Stage::Found;
        search.next = next;
        if !search.goes_on {
            search.hits = hits;
            return;
        }
        // A conversation whose newest lines are shown already gets the older ones where there is room.
        for hit in hits {
            let id = hit.card.conversation;
            let known = search
                .hits
                .iter_mut()
                .find(|known| known.card.conversation == id);
            match known {
                Some(known) => {
                    known.lines.extend(hit.lines);
                    known.lines.truncate(limits::FOUND_LINES);
                }
                None => search.hits.push(hit),
            }
        }
    }

    /// A refusal; says whether it was that of the search.
    pub(super) fn search_refused(&mut self, key: Option<Key>, sentence: &str) -> bool {
        let mine = key.is_some() && key == self.search.key;
        if mine {
            self.search.stage = Stage::Failed(sentence.to_owned());
        }
        mine
    }

    /// The connection broke: what was asked of it will not be answered.
    pub(super) fn search_lost(&mut self) {
        if self.search.stage == Stage::Asked {
            self.search.stage = Stage::Failed(t::search_without_connection().to_owned());
        }
    }

    /// Looks for an entry of an open conversation, however far back it is.
    pub(crate) fn seek(&mut self, conversation: ConversationId, seq: Seq) {
        if let Some(thread) = self.thread_mut(conversation) {
            thread.seek = Some(seq);
        }
        self.seek_on(conversation);
    }

    /// Loads older entries until the one that is looked for is among them.
    pub(super) fn seek_on(&mut self, conversation: ConversationId) {
        let before = self
            .thread(conversation)
            .filter(|thread| thread.visitor.is_some());
        let before = before.and_then(|thread| Some(thread.timeline.first() > thread.seek?));
        if before == Some(true) {
            self.load_earlier(conversation);
        }
    }

    /// The entry that is looked for, once it is here.
    pub(crate) fn sought(&self, conversation: ConversationId) -> Option<Seq> {
        let thread = self.thread(conversation)?;
        let (first, last) = (thread.timeline.first(), thread.timeline.last());
        thread.seek.filter(|seq| (first..=last).contains(seq))
    }

    /// It is on screen.
    pub(crate) fn reached(&mut self, conversation: ConversationId) {
        if let Some(thread) = self.thread_mut(conversation) {
            thread.seek = None;
        }
    }
}
