//! The ways to end a handoff or to give it back.

use leptos::prelude::*;
use protocol::ConversationId;
use protocol::entry::Outcome;

use super::Desk;
use crate::live::Live;
use crate::live::state::{Act, Stand};
use crate::live::views::Talk;
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::key::Key;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::menu::{Item, Menu};

/// For what is mine, and for what nobody has: resolving that takes it first.
#[component]
pub(crate) fn Resolve(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let stand = memo(move || talk.read().stand);
    follow(move || match stand.get() {
        Stand::Mine => Some(
            view! {
                <Mine id talk/>
                <Ways id mine=true/>
            }
            .late(),
        ),
        Stand::Nobody => Some(
            view! {
                <Nobodys/>
                <Ways id mine=false/>
            }
            .late(),
        ),
        _ => None,
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
            "Waits for the connection"
        } else {
            "End this and restore to AI"
        }
    });
    let restore = move |_| {
        live.act_with_key(|state, key| state.resolve(id, Outcome::RestoredToAi, key));
    };
    view! {
        <span class="split">
            <button type="button" class="btn" title=title disabled=cut aria-busy=busy on:click=restore>
                <Icon name="ai" size="s"/>
                <span>"Restore" <span class="desk-only">" to AI"</span></span>
            </button>
            <button
                type="button"
                class="btn other-ways"
                aria-label="Other ways to end this"
                title="Other ways to end this (E)"
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

/// Nobody's: taking it over comes first, ending it is the exception.
#[component]
fn Nobodys() -> impl IntoView {
    let live = Live::here();
    let open = Desk::here().resolving;
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    view! {
        <button
            type="button"
            class="btn sq other-ways"
            data-kind="quiet"
            aria-label="More actions"
            title="More actions (E)"
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

#[component]
fn Ways(id: ConversationId, mine: bool) -> impl IntoView {
    let live = Live::here();
    let open = Desk::here().resolving;
    let end = move |outcome| live.act_with_key(|state, key| state.resolve(id, outcome, key));
    let release = move || live.act_with_key(|state, key| state.release(id, key));
    view! {
        <Menu label="End this" open opener=".other-ways">
            <Item choose=move || end(Outcome::RestoredToAi)>
                <Icon name="ai"/>
                <span>
                    <b>"Restore to AI"</b>
                    <p>"The assistant answers again. The visitor is told."</p>
                </span>
                <Key name="Enter"/>
            </Item>
            <Item choose=move || end(Outcome::Closed)>
                <Icon name="archive"/>
                <span>
                    <b>"Close"</b>
                    <p>"Nobody answers until the visitor writes again."</p>
                </span>
            </Item>
            {mine.then(|| {
                view! {
                    <hr/>
                    <Item choose=release>
                        <Icon name="back"/>
                        <span>
                            <b>"Release"</b>
                            <p>"Give it back to the team. The visitor waits on."</p>
                        </span>
                    </Item>
                }
                .late()
            })}
        </Menu>
    }
    .late()
}
