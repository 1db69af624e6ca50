//! Who has the conversation when it is not me, and what I can do about it.

use domain::permissions::Permission;
use leptos::prelude::*;
use protocol::ConversationId;
use protocol::card::CardState;

use super::Desk;
use crate::live::state::{Act, LiveState, Mode, Stand};
use crate::live::views::Talk;
use crate::live::{Live, browser};
use crate::parts::dialog::Refused;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::key::Key;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::{self, t};

/// The bar in the composer's place.
#[component]
pub(crate) fn ClaimBar(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let said = memo(move || live.read(|state| said(&talk.read(), state)));
    let acts = memo(move || {
        let talk = talk.read();
        let takes = live.read(|state| state.may_do(Permission::TakeChats));
        let stand = takes.then_some(talk.stand);
        (stand, talk.offered_until.is_some(), talk.declined)
    });
    let blocked = memo(move || is_blocked(&talk.read()));
    let buttons = move || {
        let (stand, offered, declined) = acts.get();
        let note = view! { <WriteNote/> }.late();
        let Some(stand) = stand else {
            return note;
        };
        match stand {
            Stand::Nobody => view! { <TakeOver id talk offered declined/> }.late(),
            Stand::Missed => view! { {note} <Take id talk word=t::take_over()/> }.late(),
            Stand::Assistant | Stand::Over if !blocked.get() => {
                view! { {note} <Take id talk word=t::step_in()/> }.late()
            }
            Stand::Colleague(_) => view! { {note} <Join id talk/> }.late(),
            Stand::Asked(_)
            | Stand::Joined(_)
            | Stand::Mine
            | Stand::Assistant
            | Stand::Over
            | Stand::Unknown => note,
        }
    };
    let why = reads(move || talk.read().why());
    view! {
        <div class="claim">
            <div class="say-so">
                <p role="status">
                    <b>{reads(move || said.read().0.clone())}</b>
                    <span>{reads(move || said.read().1.clone())}</span>
                </p>
                <Refused why/>
            </div>
            <div class="acts">{follow(buttons)}</div>
        </div>
    }
    .late()
}

/// Who has it, and what that means for me.
fn said(talk: &Talk, state: &LiveState) -> (String, String) {
    if is_blocked(talk) {
        let (title, sentence) = (t::blocked_title(), t::blocked_sentence());
        return (title.to_owned(), sentence.to_owned());
    }
    let (title, sentence) = match talk.stand {
        Stand::Nobody if talk.offered_until.is_some() => {
            (t::offered_title().to_owned(), t::offered_about())
        }
        Stand::Nobody if talk.declined => (t::you_passed().to_owned(), t::passed_about()),
        Stand::Nobody => (t::nobody_has().to_owned(), t::nobody_has_about()),
        Stand::Asked(agent) => (t::asked_title(&state.name(agent)), t::asked_about()),
        Stand::Colleague(agent) => (t::has_this(&state.name(agent)), t::colleague_about()),
        Stand::Missed => return missed(talk),
        Stand::Over => (t::over_title().to_owned(), t::over_about()),
        Stand::Assistant | Stand::Unknown | Stand::Mine | Stand::Joined(_) => {
            (t::assistant_has().to_owned(), t::assistant_about())
        }
    };
    (title, sentence.to_owned())
}

/// Whether the visitor could not answer anybody.
fn is_blocked(talk: &Talk) -> bool {
    talk.card.as_ref().is_some_and(|card| card.blocked)
}

/// Why nobody came, and how the visitor can be reached.
fn missed(talk: &Talk) -> (String, String) {
    let card = talk.card.as_deref().map(|card| card.state);
    let Some(CardState::Missed {
        reason, details, ..
    }) = card
    else {
        return Default::default();
    };
    let left = if details {
        t::details_were_left()
    } else {
        t::no_details_left()
    };
    let connected = talk
        .visitor
        .as_ref()
        .is_some_and(|visitor| visitor.connected);
    let here = if connected {
        t::visitor_is_here()
    } else {
        t::visitor_is_gone()
    };
    let title = t::missed_because(&words::within(words::missed(reason)));
    (title, t::two_sentences(&left, &here))
}

/// For what waits: a reply or the claim itself, and passing it on.
#[component]
fn TakeOver(id: ConversationId, talk: Memo<Talk>, offered: bool, declined: bool) -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    let why_not = reads(move || cut.get().then_some(t::waits_for_connection()));
    let busy = reads(move || (talk.read().acting == Some(Act::Reject)).then_some("true"));
    let reply = move |_| {
        desk.writes.set(Some(Mode::Reply));
        request_animation_frame(|| browser::focus(".write textarea"));
    };
    let reject = move |_| live.act_with_key(|state, key| state.reject(id, key));
    let (pass, word, key) = match offered {
        true => (t::reject(), t::accept(), "A"),
        false => (t::pass(), t::take_over(), "T"),
    };
    view! {
        <button type="button" class="btn" title=why_not disabled=cut on:click=reply>
            {t::reply()}
        </button>
        {(!declined)
            .then(|| {
                view! {
                    <button
                        type="button"
                        class="btn"
                        title=t::pass_about()
                        disabled=cut
                        aria-busy=busy
                        on:click=reject
                    >
                        {pass}
                        <Key name="⇧ A"/>
                    </button>
                }
                .late()
            })}
        <Take id talk word key/>
    }
    .late()
}

/// The button that gets it, by whatever way its state allows.
#[component]
fn Take(
    id: ConversationId,
    talk: Memo<Talk>,
    word: &'static str,
    #[prop(default = "T")] key: &'static str,
) -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    let why_not = reads(move || cut.get().then_some(t::waits_for_connection()));
    let busy = reads(move || {
        matches!(talk.read().acting, Some(Act::Claim | Act::StepIn)).then_some("true")
    });
    view! {
        <button
            type="button"
            class="btn"
            data-kind="primary"
            title=why_not
            disabled=cut
            aria-busy=busy
            on:click=move |_| desk.take(live, id)
        >
            <Icon name="baton" size="s"/>
            {word}
            <Key name=key/>
        </button>
    }
    .late()
}

/// To answer beside the one who holds it.
#[component]
fn Join(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    let why_not = reads(move || match cut.get() {
        true => t::waits_for_connection(),
        false => t::join_about(),
    });
    let busy = reads(move || (talk.read().acting == Some(Act::Join)).then_some("true"));
    view! {
        <button
            type="button"
            class="btn"
            title=why_not
            disabled=cut
            aria-busy=busy
            on:click=move |_| desk.join(live, id)
        >
            <Icon name="baton" size="s"/>
            {t::join()}
            <Key name="⇧ J"/>
        </button>
    }
    .late()
}

#[component]
fn WriteNote() -> impl IntoView {
    let desk = Desk::here();
    let write = move |_| {
        desk.writes.set(Some(Mode::Note));
        request_animation_frame(|| browser::focus(".write textarea"));
    };
    view! {
        <button type="button" class="btn to-note" on:click=write>
            <Icon name="note" size="s"/>
            {t::write_note()}
        </button>
    }
    .late()
}
