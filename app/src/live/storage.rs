//! What survives a reload: texts on their way, and drafts. One item each, so that two tabs do not undo each other.

use std::cell::Cell;

use leptos::ev;
use leptos::prelude::{window, window_event_listener};
use protocol::{AgentId, ConversationId, HandoffId, Timestamp};
use web_sys::Storage;

use super::state::order::ordered;
use super::state::{Mode, Outbox, Outgoing};

const OUTGOING: &str = "baton.outgoing.";
const DRAFT: &str = "baton.draft.";
const PREFERENCES: &str = "baton.preferences.";
/// What rang already, so that a reload or another tab does not ring for it again.
const RUNG: &str = "baton.rung.";
/// When the reader last gave a sign, in any tab.
const SIGN: &str = "baton.sign";
/// Whether the reader was made away because they gave none.
const AWAY: &str = "baton.away";
/// Changes when somebody signs out in this browser, for the other tabs to see.
const LEFT: &str = "baton.left";

// What is typed after the sign-out belongs to nobody and is not kept.
thread_local! {
    static LEFT_HERE: Cell<bool> = const { Cell::new(false) };
}

/// The texts of this agent that an earlier page left on their way, oldest first.
pub(crate) fn outbox(me: AgentId) -> Outbox {
    let read = |(_, text): (String, String)| Outgoing::of_kept(&text);
    let kept: Vec<_> = items(&format!("{OUTGOING}{me}."))
        .into_iter()
        .filter_map(read)
        .collect();
    Outbox::of_kept(ordered(kept, |outgoing| {
        (0, outgoing.at.millis(), outgoing.key.0)
    }))
}

/// Stores what changed between two outboxes.
pub(crate) fn keep_outbox(me: AgentId, before: &Outbox, now: &Outbox) {
    let name = |outgoing: &Outgoing| format!("{OUTGOING}{me}.{}", outgoing.key);
    let changed = now
        .all()
        .iter()
        .filter(|outgoing| before.find(outgoing.key) != Some(outgoing));
    for outgoing in changed {
        set(&name(outgoing), &outgoing.kept());
    }
    for outgoing in before
        .all()
        .iter()
        .filter(|outgoing| now.find(outgoing.key).is_none())
    {
        remove(&name(outgoing));
    }
}

/// The drafts of this agent that the hub has not confirmed.
pub(crate) fn drafts(me: AgentId) -> Vec<(ConversationId, Mode, String)> {
    let prefix = format!("{DRAFT}{me}.");
    let read = |(name, text): (String, String)| {
        let (conversation, mode) = name.split_once('.')?;
        Some((conversation.parse().ok()?, Mode::named(mode)?, text))
    };
    items(&prefix).into_iter().filter_map(read).collect()
}

/// Stores a draft until the hub has it; an empty one too, because the hub has to learn that it is.
pub(crate) fn keep_draft(
    me: AgentId,
    conversation: ConversationId,
    mode: Mode,
    text: Option<&str>,
) {
    let name = format!("{DRAFT}{me}.{conversation}.{}", mode.name());
    match text {
        Some(text) => set(&name, text),
        None => remove(&name),
    }
}

/// How this agent wants the inbox to be.
pub(crate) fn preferences(me: AgentId) -> String {
    get(&format!("{PREFERENCES}{me}")).unwrap_or_default()
}

/// Stores how this agent wants the inbox to be.
pub(crate) fn keep_preferences(me: AgentId, kept: &str) {
    set(&format!("{PREFERENCES}{me}"), kept);
}

/// The requests that rang for this agent, and when.
pub(crate) fn rung(me: AgentId) -> Vec<(HandoffId, Timestamp)> {
    let kept = get(&format!("{RUNG}{me}")).unwrap_or_default();
    let read = |line: &str| {
        let (handoff, at) = line.split_once(' ')?;
        Some((handoff.parse().ok()?, Timestamp(at.parse().ok()?)))
    };
    kept.lines().filter_map(read).collect()
}

/// Stores what rang.
pub(crate) fn keep_rung(me: AgentId, rung: &[(HandoffId, Timestamp)]) {
    let lines = rung
        .iter()
        .map(|(handoff, at)| format!("{handoff} {}\n", at.millis()));
    set(&format!("{RUNG}{me}"), &lines.collect::<String>());
}

/// The reader gave a sign; noted again only after a while, because every tab hears of it.
pub(crate) fn note_sign(now: Timestamp, after_ms: u64) {
    if now.millis_since(last_sign()) >= after_ms {
        set(SIGN, &now.millis().to_string());
    }
}

/// When the reader last gave a sign.
pub(crate) fn last_sign() -> Timestamp {
    let kept = get(SIGN).and_then(|kept| kept.parse().ok());
    Timestamp(kept.unwrap_or_default())
}

/// Whether the reader was made away because they gave no sign.
pub(crate) fn is_away_by_itself() -> bool {
    get(AWAY).is_some()
}

/// Notes that the reader was made away, or is no longer.
pub(crate) fn set_away_by_itself(away: bool) {
    if away {
        set(AWAY, "yes");
    } else if is_away_by_itself() {
        remove(AWAY);
    }
}

/// Forgets everything, for whoever uses this browser next, and lets the other tabs know. From now on
/// this page keeps nothing.
pub(crate) fn forget_all(now: Timestamp) {
    remove_all();
    set(LEFT, &now.millis().to_string());
    LEFT_HERE.set(true);
}

/// Calls when everything was forgotten in another tab. From then on this page keeps nothing.
pub(crate) fn on_forgotten(call: impl Fn() + 'static) {
    // Listens for as long as the page lives.
    let _listener = window_event_listener(ev::storage, move |event| {
        if event.key().as_deref() == Some(LEFT) && event.new_value().is_some() {
            // This tab may have stored something since.
            remove_all();
            LEFT_HERE.set(true);
            call();
        }
    });
}

fn remove_all() {
    for prefix in [OUTGOING, DRAFT] {
        for (name, _) in items(prefix) {
            remove(&format!("{prefix}{name}"));
        }
    }
}

/// The items whose names begin so, with the rest of their names.
fn items(prefix: &str) -> Vec<(String, String)> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let names = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    let names: Vec<String> = names.filter(|name| name.starts_with(prefix)).collect();
    let item = |name: String| {
        let text = storage.get_item(&name).ok().flatten()?;
        Some((name[prefix.len()..].to_owned(), text))
    };
    names.into_iter().filter_map(item).collect()
}

fn get(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

fn set(name: &str, text: &str) {
    if let Some(storage) = storage()
        && !LEFT_HERE.get()
    {
        // A full storage keeps the page working; only a reload would lose the text.
        let _kept = storage.set_item(name, text);
    }
}

fn remove(name: &str) {
    if let Some(storage) = storage() {
        let _removed = storage.remove_item(name);
    }
}

/// None where the browser forbids it.
fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
