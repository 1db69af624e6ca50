//! The notes of a conversation: pinned ones first, one's own to be written anew.

use std::sync::Arc;

use leptos::html::Textarea;
use leptos::prelude::*;
use protocol::entry::{Author, Body, Entry};
use protocol::{ConversationId, limits};

use super::Desk;
use super::commands::Command;
use crate::live::state::Act;
use crate::live::views::Talk;
use crate::live::{Live, browser, local};
use crate::parts::dialog::Refused;
use crate::parts::follow::{effect, follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::rich_text::Rich;
use crate::words::t;

/// The fold with the notes, and the way to write one.
#[component]
pub(crate) fn Notes(talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let beside = memo(move || talk.read().beside.clone());
    let saving = memo(move || talk.read().acting == Some(Act::EditNote));
    let was = StoredValue::new(false);
    effect(move || {
        let now = saving.get();
        let refused = talk.with_untracked(|talk| talk.why_not(Act::EditNote).is_some());
        if let Some(id) = desk.open.get_untracked()
            && was.get_value()
            && !now
            && !refused
        {
            live.act(|state| state.rewrite(id, None));
        }
        was.set_value(now);
    });
    let rewrites = memo(move || {
        let talk = talk.read();
        talk.beside
            .as_ref()
            .is_some_and(|beside| beside.text.is_some())
    });
    let shown = move || {
        // What others change meanwhile must not take what is being typed.
        let beside = match rewrites.get() {
            true => beside.get_untracked()?,
            false => beside.get()?,
        };
        browser::keep_focus(".notes");
        let id = beside.panel.conversation;
        let text = beside.text.clone();
        let all = beside.notes.iter().map(|note| match &text {
            Some((seq, text)) if *seq == note.seq => form(id, talk, note, text.clone()),
            _ => one(id, note),
        });
        Some(all.collect_view())
    };
    let write = move |_| {
        desk.panel.set(false);
        Command::Note.run(live, desk);
    };
    view! {
        <details open>
            <summary>{t::notes()} <Icon name="down"/></summary>
            <div class="notes">
                {follow(shown)}
                <button type="button" class="btn sm" data-kind="quiet" on:click=write>
                    <Icon name="plus" size="xs"/>
                    {t::write_note()}
                </button>
            </div>
        </details>
    }
    .late()
}

/// A note, and what can be done with it.
fn one(id: ConversationId, entry: &Arc<Entry>) -> AnyView {
    let live = Live::here();
    let (seq, at, author) = (entry.seq, entry.at, entry.author);
    let Body::Note(note) = entry.body.clone() else {
        return ().late();
    };
    let (name, mine) = match author {
        Author::Agent(agent) => live.peek(|state| (state.name(agent), state.me == Some(agent))),
        Author::Visitor | Author::Ai | Author::System => (String::new(), false),
    };
    let pinned = note.pinned;
    let pin = move |_| {
        live.act_with_key(|state, key| state.pin_note(id, (seq, !pinned), key));
    };
    let word = if pinned { t::unpin() } else { t::pin() };
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    let rewrite = mine.then(|| {
        view! {
            <button
                type="button"
                class="btn sm sq"
                data-kind="quiet"
                aria-label=t::edit_note()
                title=t::edit_note()
                data-at=format!("edit-{}", seq.0)
                disabled=cut
                on:click=move |_| live.act(|state| state.rewrite(id, Some(seq)))
            >
                <Icon name="note" size="xs"/>
            </button>
        }
    });
    let when = local::date_and_clock(at, live.now_untracked());
    let edited = note.edited_at.map(|_| format!(" · {}", t::edited()));
    view! {
        <article class="sticky" data-pinned=pinned.to_string()>
            <Rich text=note.text/>
            <footer>
                <span>{name} ", " {when} {edited}</span>
                <span class="push"></span>
                {rewrite}
                <button
                    type="button"
                    class="btn sm sq"
                    data-kind="quiet"
                    aria-label=word
                    title=word
                    aria-pressed=pinned.to_string()
                    data-at=format!("pin-{}", seq.0)
                    disabled=cut
                    on:click=pin
                >
                    <Icon name="pin" size="xs"/>
                </button>
            </footer>
        </article>
    }
    .late()
}

/// A note of mine while it is written anew.
fn form(id: ConversationId, talk: Memo<Talk>, entry: &Arc<Entry>, text: String) -> AnyView {
    let live = Live::here();
    let seq = entry.seq;
    let area = NodeRef::<Textarea>::new();
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    let why = reads(move || talk.read().why_not(Act::EditNote));
    request_animation_frame(|| browser::focus(".sticky textarea"));
    // Back to where it began, unless the reader is elsewhere already.
    on_cleanup(move || {
        request_animation_frame(move || {
            if browser::has_focus("body") {
                browser::focus(&format!(".notes [data-at=\"edit-{}\"]", seq.0));
            }
        });
    });
    let save = move || {
        if let Some(area) = area.get_untracked() {
            let text = area.value();
            live.act_with_key(|state, key| state.edit_note(id, (seq, text), key));
        }
    };
    let cancel = move || live.act(|state| state.rewrite(id, None));
    let on_key = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.stop_propagation();
            cancel();
        }
        "Enter" if event.ctrl_key() || event.meta_key() => {
            event.prevent_default();
            save();
        }
        _ => {}
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    view! {
        <form class="sticky" on:submit=submit on:keydown=on_key>
            <textarea
                class="input"
                rows="4"
                maxlength=limits::TEXT
                aria-label=t::edit_note()
                node_ref=area
                prop:value=text
            ></textarea>
            <Refused why/>
            <span class="acts">
                <button class="btn sm" data-kind="primary" disabled=cut>
                    {t::save()}
                </button>
                <button type="button" class="btn sm" data-kind="quiet" on:click=move |_| cancel()>
                    {t::cancel()}
                </button>
            </span>
        </form>
    }
    .late()
}
