//! The button that ends a handoff, and the one that leads to everything else.

use leptos::prelude::*;
use protocol::ConversationId;
use protocol::entry::Outcome;

use super::Desk;
use super::ways::Ways;
use crate::live::Live;
use crate::live::state::{Act, Stand};
use crate::live::views::Talk;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;

/// For what is mine, and for what is not: resolving what nobody has takes it first.
#[component]
pub(crate) fn Resolve(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let stand = memo(move || talk.read().stand);
    follow(move || match stand.get() {
        Stand::Mine => Some(
            view! {
                <Mine id talk/>
                <Ways id talk/>
            }
            .late(),
        ),
        Stand::Nobody
        | Stand::Missed
        | Stand::Asked(_)
        | Stand::Colleague(_)
        | Stand::Joined(_)
        | Stand::Assistant
        | Stand::Over => Some(
            view! {
                <More/>
                <Ways id talk/>
            }
            .late(),
        ),
        Stand::Unknown => None,
    })
}

/// The button for what is usual, and one for the rest.
#[component]
fn Mine(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let open = Desk::here().resolving;
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    let busy = reads(move || {
        let acting = talk.read().acting;
        matches!(acting, Some(Act::Resolve(_) | Act::Release)).then_some("true")
    });
    let title = reads(move || {
        if cut.get() {
            t::waits_for_connection()
        } else {
            t::end_and_restore()
        }
    });
    let restore = move |_| {
        live.act_with_key(|state, key| state.resolve(id, Outcome::RestoredToAi, key));
    };
    view! {
        <span class="split">
            <button type="button" class="btn" title=title disabled=cut aria-busy=busy on:click=restore>
                <Icon name="ai" size="s"/>
                <span>{t::restore()} <span class="desk-only">" " {t::restore_rest()}</span></span>
            </button>
            <button
                type="button"
                class="btn other-ways"
                aria-label=t::other_ways()
                title=t::other_ways_key()
                aria-haspopup="menu"
                aria-expanded=reads(move || open.get().to_string())
                disabled=cut
                on:click=move |_| open.set(!open.get_untracked())
            >
                <Icon name="down" size="s"/>
            </button>
        </span>
    }
    .late()
}

/// Not mine: taking it over comes first, everything else is the exception.
#[component]
fn More() -> impl IntoView {
    let live = Live::here();
    let open = Desk::here().resolving;
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    view! {
        <button
            type="button"
            class="btn sq other-ways"
            data-kind="quiet"
            aria-label=t::more_actions()
            title=t::more_actions_key()
            aria-haspopup="menu"
            aria-expanded=reads(move || open.get().to_string())
            disabled=cut
            on:click=move |_| open.set(!open.get_untracked())
        >
            <Icon name="more"/>
        </button>
    }
    .late()
}
