//! What the widget keeps in its frame's own storage. Without storage it works for as long as the page.

use alloc::string::String;
use alloc::vec::Vec;
use protocol::{ChatbotId, ConversationId, Key};
use web_sys::Storage;

use crate::dom::window;
use crate::ids::{read, written};
use crate::state::{Draft, Wish};

/// One chatbot's part of the storage.
pub(crate) struct Store {
    storage: Option<Storage>,
    prefix: String,
}

const TOKEN: &str = "token";
const CONVERSATION: &str = "conversation";
/// One item per draft, so that two tabs do not overwrite each other's.
const DRAFT: &str = "draft.";

impl Store {
    /// The storage for a chatbot.
    pub(crate) fn new(chatbot: ChatbotId) -> Self {
        // An error here is a browser that forbids storage in frames.
        let storage = window().local_storage().ok().flatten();
        let mut prefix = String::from("baton.");
        prefix.push_str(&written(chatbot.0));
        prefix.push('.');
        Self { storage, prefix }
    }

    /// The token and the conversation of an earlier visit.
    pub(crate) fn visit(&self) -> (Option<String>, Option<ConversationId>) {
        let conversation = self.get(CONVERSATION);
        let conversation = conversation.and_then(|id| read(&id)).map(ConversationId);
        (self.get(TOKEN), conversation)
    }

    /// Keeps the token, or forgets it, and the conversation.
    pub(crate) fn keep_visit(&self, token: Option<&str>, conversation: ConversationId) {
        match token {
            Some(token) => self.set(TOKEN, token),
            None => self.remove(TOKEN),
        }
        self.set(CONVERSATION, &written(conversation.0));
    }

    /// What was not confirmed when an earlier page went away, oldest first.
    pub(crate) fn drafts(&self) -> Vec<Draft> {
        let mut drafts = Vec::new();
        let mut prefix = self.prefix.clone();
        prefix.push_str(DRAFT);
        let count = self.storage.as_ref().map_or(Ok(0), Storage::length);
        for at in 0..count.unwrap_or(0) {
            let name = self
                .storage
                .as_ref()
                .and_then(|storage| storage.key(at).ok()?);
            let Some(key) = name.as_deref().and_then(|name| name.strip_prefix(&prefix)) else {
                continue;
            };
            if let (Some(id), Some(wish)) = (read(key), self.draft(key)) {
                // Keys begin with the time at which they were made.
                let draft = Draft::new(Key(id), wish);
                let later = drafts
                    .iter()
                    .position(|other: &Draft| other.key > draft.key);
                drafts.insert(later.unwrap_or(drafts.len()), draft);
            }
        }
        drafts
    }

    /// Keeps a draft.
    pub(crate) fn keep(&self, draft: &Draft) {
        self.set(&draft_name(draft.key), &draft.wish.to_kept());
    }

    /// Forgets a draft.
    pub(crate) fn forget(&self, key: Key) {
        self.remove(&draft_name(key));
    }

    fn draft(&self, key: &str) -> Option<Wish> {
        let mut name = String::from(DRAFT);
        name.push_str(key);
        Wish::from_kept(&self.get(&name)?)
    }

    fn named(&self, name: &str) -> String {
        let mut full = self.prefix.clone();
        full.push_str(name);
        full
    }

    fn get(&self, name: &str) -> Option<String> {
        self.storage.as_ref()?.get_item(&self.named(name)).ok()?
    }

    fn set(&self, name: &str, value: &str) {
        if let Some(storage) = &self.storage {
            // An error is a full storage: then it lasts as long as the page.
            let _kept = storage.set_item(&self.named(name), value);
        }
    }

    fn remove(&self, name: &str) {
        if let Some(storage) = &self.storage {
            let _removed = storage.remove_item(&self.named(name));
        }
    }
}

fn draft_name(key: Key) -> String {
    let mut name = String::from(DRAFT);
    name.push_str(&written(key.0));
    name
}
