//! What the widget keeps in its frame's own storage. Without storage it works for as long as the page.

use alloc::string::String;
use alloc::vec::Vec;

use protocol::lead::LeadDetails;
use protocol::{ConversationId, Key};

use crate::host::host;
use crate::ids::{read, written};
use crate::state::{Draft, Wish, from_kept, to_kept};

const TOKEN: &str = "token";
const CONVERSATION: &str = "conversation";
const DETAILS: &str = "details";
/// One item per draft, so that two tabs do not overwrite each other's.
const DRAFT: &str = "draft.";

/// The token and the conversation of an earlier visit.
pub(crate) fn visit() -> (Option<String>, Option<ConversationId>) {
    let host = host();
    let conversation = host.kept(CONVERSATION).and_then(|id| read(&id));
    (host.kept(TOKEN), conversation.map(ConversationId))
}

/// Keeps the token, or forgets it, and the conversation.
pub(crate) fn keep_visit(token: Option<&str>, conversation: ConversationId) {
    host().keep(TOKEN, token);
    host().keep(CONVERSATION, Some(&written(conversation.0)));
}

/// What was not confirmed when an earlier page went away, oldest first.
pub(crate) fn drafts() -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for name in host().names().split_ascii_whitespace() {
        let id = name.strip_prefix(DRAFT).and_then(read);
        let wish = host().kept(name).and_then(|kept| Wish::from_kept(&kept));
        if let (Some(id), Some(wish)) = (id, wish) {
            // Keys begin with the time at which they were made.
            let draft = Draft::new(Key(id), wish);
            let later = drafts.iter().position(|other| other.key > draft.key);
            drafts.insert(later.unwrap_or(drafts.len()), draft);
        }
    }
    drafts
}

/// Keeps a draft.
pub(crate) fn keep(draft: &Draft) {
    host().keep(&name(draft.key), Some(&draft.wish.to_kept()));
}

/// Forgets a draft.
pub(crate) fn forget(key: Key) {
    host().keep(&name(key), None);
}

/// What was typed into the form and not sent.
pub(crate) fn details() -> LeadDetails {
    from_kept(&host().kept(DETAILS).unwrap_or_default())
}

/// Keeps what is typed into the form, or forgets it.
pub(crate) fn keep_details(details: Option<&LeadDetails>) {
    host().keep(DETAILS, details.map(to_kept).as_deref());
}

fn name(key: Key) -> String {
    let mut name = String::from(DRAFT);
    name.push_str(&written(key.0));
    name
}
