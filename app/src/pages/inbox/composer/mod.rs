//! The composer: a reply to the visitor or a note for the team, each with its own draft.

mod emoji;
mod modes;
mod offers;
mod then;
mod tools;
mod writing;

use domain::reply::blanks;
use leptos::ev::KeyboardEvent;
use leptos::html::Textarea;
use leptos::prelude::*;
use protocol::{ConversationId, limits};

use super::Desk;
use super::attach::{Attach, Chips, catch_drops};
use crate::live::Live;
use crate::live::attention::Attention;
use crate::live::preferences::SendKey;
use crate::live::state::{Mode, Stand};
use crate::live::typing::TypingTeller;
use crate::live::views::Talk;
use crate::parts::dialog::Refused;
use crate::parts::follow::{effect, reads};
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;
use emoji::EmojiPicker;
use modes::{Modes, leave, other};
use offers::{Offers, is_handled};
use then::Then;
use tools::{Tools, Warning, marked};

pub(crate) use tools::keys;
use writing::Writing;

/// The box to write in.
#[component]
pub(crate) fn Composer(
    id: ConversationId,
    talk: Memo<Talk>,
    name: String,
    mode: Memo<Option<Mode>>,
    stand: Memo<Stand>,
) -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let area = NodeRef::<Textarea>::new();
    let mode = memo(move || mode.get().unwrap_or(Mode::Reply));
    let text = memo(move || live.draft(id, mode.get()));
    let teller = TypingTeller::new(live, id);
    let writing = Writing::new(live, id, area, mode);
    let too_long = memo(move || text.read().chars().count() > limits::TEXT);
    let files = Chips::new(id, mode);
    catch_drops(files);
    // A variable that nothing was filled in for must not reach anybody.
    let has_blank = memo(move || !blanks(&text.read()).is_empty());
    let may_send = memo(move || {
        let does = writing.then.with(|steps| !steps.is_empty());
        let something = !text.read().trim().is_empty() || files.some() || does;
        something && files.ready() && !too_long.get() && !has_blank.get()
    });
    if !live.peek(crate::live::state::LiveState::wants_replies) {
        live.act(|state| state.want_replies());
    }
    on_cleanup(move || live.save_drafts());
    // Asked for from elsewhere, also before the box is there.
    effect(move || {
        if desk.slash.get() && area.get().is_some() {
            desk.slash.set(false);
            request_animation_frame(move || {
                writing.focus();
                writing.begin("/");
            });
        }
    });

    let send = move || {
        if may_send.get_untracked() {
            let (mode, text) = (mode.get_untracked(), text.get_untracked());
            let steps = writing.then.get_untracked();
            if steps.is_empty() {
                live.say(id, mode, &text, files.take());
            } else if live.peek(crate::live::state::LiveState::does_steps) {
                // One after the other: it waits in the box until what is under way is done.
                return;
            } else {
                live.run((id, mode), (&text, files.take()), &steps);
                writing.then.set(Vec::new());
            }
            live.set_draft(id, mode, String::new());
            live.save_drafts();
            writing.look();
            teller.stop();
        }
        if let Some(area) = area.get_untracked() {
            let _focused = area.focus();
        }
    };
    let on_input = move |event| {
        let text = event_target_value(&event);
        if mode.get_untracked() == Mode::Reply {
            teller.typed(!text.is_empty());
        }
        live.set_draft(id, mode.get_untracked(), text);
        writing.look();
    };
    let preferences = Attention::here().preferences;
    let sends = move |event: &KeyboardEvent| {
        let with_ctrl = preferences.with_untracked(|chosen| chosen.sends == SendKey::WithCtrl);
        !with_ctrl || event.ctrl_key() || event.meta_key()
    };
    let on_key = move |event: KeyboardEvent| {
        if is_handled(writing, &event) {
            return;
        }
        if let Some(mark) = marked(&event) {
            event.prevent_default();
            return writing.mark(mark);
        }
        let chord = event.ctrl_key() || event.meta_key();
        match event.key().as_str() {
            // An Enter that ends the choice of a character is not the end of a message.
            "Enter" if !event.shift_key() && !event.is_composing() && sends(&event) => {
                event.prevent_default();
                send();
            }
            ";" if chord => {
                event.prevent_default();
                other(desk, mode.get_untracked(), stand.get_untracked());
            }
            "Escape" => {
                event.stop_propagation();
                leave(desk, stand.get_untracked());
                super::keys::to_conversation();
            }
            _ => {}
        }
    };
    let on_blur = move |_| {
        teller.stop();
        live.save_drafts();
        writing.left();
    };
    let why = reads(move || talk.read().why());
    let label = reads(move || match mode.get() {
        Mode::Reply => t::reply_to(&name),
        Mode::Note => t::note_for_team().to_owned(),
    });
    view! {
        <form class="write" aria-label=label on:submit=move |event| { event.prevent_default(); send(); }>
            <Offers writing/>
            <EmojiPicker writing/>
            <div class="box" data-mode=reads(move || if mode.get() == Mode::Note { "note" } else { "reply" }) data-over=reads(move || files.over())>
                <Modes mode stand/>
                <textarea
                    rows="1"
                    aria-label=label
                    aria-autocomplete="list"
                    aria-haspopup="listbox"
                    aria-controls=reads(move || writing.active().map(|_| "offers"))
                    aria-activedescendant=reads(move || writing.active())
                    placeholder=reads(move || match mode.get() {
                        Mode::Reply => t::write_reply(),
                        Mode::Note => t::write_note_hint(),
                    })
                    node_ref=area
                    prop:value=text
                    on:input=on_input
                    on:keydown=on_key
                    on:paste=move |event| files.pasted(&event)
                    on:click=move |_| writing.look()
                    on:blur=on_blur
                ></textarea>
                {files.view()}
                <Then writing/>
                <Warning too_long text/>
                <Refused why/>
                <div class="tools">
                    <Attach chips=files/>
                    <Tools writing/>
                    <button class="btn push" data-kind="primary" title=reads(move || files.why_not()) disabled=reads(move || !may_send.get())>
                        {reads(move || match (mode.get(), text.read().trim().is_empty() && !writing.then.read().is_empty()) {
                            (_, true) => t::do_it(),
                            (Mode::Note, false) => t::save_note(),
                            (Mode::Reply, false) => t::send(),
                        })}
                    </button>
                </div>
            </div>
        </form>
    }
    .late()
}
