//! The composer: a reply to the visitor or a note for the team, each with its own draft.

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
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;

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
    let too_long = memo(move || text.read().chars().count() > limits::TEXT);
    let files = Chips::new(id, mode);
    catch_drops(files);
    let may_send = memo(move || {
        let something = !text.read().trim().is_empty() || files.some();
        something && files.ready() && !too_long.get()
    });

    let send = move || {
        if may_send.get_untracked() {
            let (mode, text) = (mode.get_untracked(), text.get_untracked());
            live.say(id, mode, &text, files.take());
            live.set_draft(id, mode, String::new());
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
    };
    let preferences = Attention::here().preferences;
    let sends = move |event: &KeyboardEvent| {
        let with_ctrl = preferences.with_untracked(|chosen| chosen.sends == SendKey::WithCtrl);
        !with_ctrl || event.ctrl_key() || event.meta_key()
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        // An Enter that ends the choice of a character is not the end of a message.
        "Enter" if !event.shift_key() && !event.is_composing() && sends(&event) => {
            event.prevent_default();
            send();
        }
        "Escape" => {
            event.stop_propagation();
            leave(desk, stand.get_untracked());
            super::keys::to_conversation();
        }
        _ => {}
    };
    let why = reads(move || talk.read().why());
    let label = reads(move || match mode.get() {
        Mode::Reply => t::reply_to(&name),
        Mode::Note => t::note_for_team().to_owned(),
    });
    view! {
        <form class="write" aria-label=label on:submit=move |event| { event.prevent_default(); send(); }>
            <div class="box" data-mode=reads(move || if mode.get() == Mode::Note { "note" } else { "reply" }) data-over=reads(move || files.over())>
                <Modes mode stand/>
                <textarea
                    rows="1"
                    aria-label=label
                    placeholder=reads(move || match mode.get() {
                        Mode::Reply => t::write_reply(),
                        Mode::Note => t::write_note_hint(),
                    })
                    node_ref=area
                    prop:value=text
                    on:input=on_input
                    on:keydown=on_key
                    on:paste=move |event| files.pasted(&event)
                    on:blur=move |_| teller.stop()
                ></textarea>
                {files.view()}
                <div class="tools">
                    <Attach chips=files/>
                    <Length too_long text/>
                    <Refused why/>
                    <button class="btn push" data-kind="primary" title=reads(move || files.why_not()) disabled=reads(move || !may_send.get())>
                        {reads(move || if mode.get() == Mode::Note { t::save_note() } else { t::send() })}
                    </button>
                </div>
            </div>
        </form>
    }
    .late()
}

/// Whom the text is for.
#[component]
fn Modes(mode: Memo<Mode>, stand: Memo<Stand>) -> impl IntoView {
    let desk = Desk::here();
    let hint = move || match (mode.get(), stand.get()) {
        (Mode::Note, _) => t::only_team_sees(),
        (Mode::Reply, Stand::Nobody | Stand::Missed) => t::reply_takes(),
        (Mode::Reply, _) => "",
    };
    let may_reply = move || stand.get().takes_reply();
    let choose = move |mode| {
        desk.writes.set(Some(mode));
        request_animation_frame(|| crate::live::browser::focus(".write textarea"));
    };
    let segment = move |mine: Mode| {
        let (icon, name) = match mine {
            Mode::Reply => (None, t::reply()),
            Mode::Note => (
                Some(view! { <Icon name="note" size="xs"/> }.late()),
                t::note(),
            ),
        };
        view! {
            <button
                type="button"
                aria-pressed=reads(move || (mode.get() == mine).to_string())
                on:click=move |_| choose(mine)
            >
                {icon}
                {name}
            </button>
        }
        .late()
    };
    view! {
        <div class="mode">
            <span class="segments" role="group" aria-label=t::write_as()>
                {follow(move || may_reply().then(|| segment(Mode::Reply)))} {segment(Mode::Note)}
            </span>
            <span class="hint">{reads(hint)}</span>
        </div>
    }
    .late()
}

/// Says when a text is too long to go out, and by how much.
#[component]
fn Length(too_long: Memo<bool>, text: Memo<String>) -> impl IntoView {
    follow(move || {
        too_long.get().then(|| {
            let over = text.read().chars().count() - limits::TEXT;
            view! {
                <p class="error" role="status">
                    <Icon name="alert"/>
                    {t::too_long(over as u64)}
                </p>
            }
        })
    })
}

/// Leaves a composer that was opened where one holds nothing.
fn leave(desk: Desk, stand: Stand) {
    if stand != Stand::Mine {
        desk.writes.set(None);
    }
}
