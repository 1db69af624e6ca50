//! Everything that can be done with a conversation besides answering it.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use protocol::ConversationId;
use protocol::entry::Outcome;

use super::Desk;
use crate::live::Live;
use crate::live::state::{Act, Stand};
use crate::live::views::Talk;
use crate::parts::icon::Icon;
use crate::parts::key::Key;
use crate::parts::late::IntoLate;
use crate::parts::menu::{Item, Menu};

/// The menu of the conversation's head: what its state and my role allow.
#[component]
pub(crate) fn Ways(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let open = Desk::here().resolving;
    view! {
        <Menu label="Actions" open opener=".other-ways">
            {move || {
                let stand = talk.read_untracked().stand;
                let may_assign = live.peek(|state| state.may_assign());
                let can = |act| live.peek(|state| state.can(id, act));
                let ends = can(Act::Resolve(Outcome::Closed));
                let asks = stand != Stand::Mine;
                let line = || view! { <hr/> }.late();
                let passes = can(Act::Transfer) || can(Act::Reject) || can(Act::Release);
                view! {
                    {ends.then(|| view! { <Ends id/> }.late())}
                    {(ends && passes).then(line)}
                    {passes.then(|| view! { <Passes id stand/> }.late())}
                    {(asks && (ends || passes)).then(line)}
                    {asks.then(|| view! { <Why id stand may_assign/> }.late())}
                }
                .late()
            }}
        </Menu>
    }
    .late()
}

/// The two outcomes.
#[component]
fn Ends(id: ConversationId) -> impl IntoView {
    let live = Live::here();
    let end = move |outcome| live.act_with_key(|state, key| state.resolve(id, outcome, key));
    view! {
        <Item choose=move || end(Outcome::RestoredToAi)>
            {way("ai", "Restore to AI", "The assistant answers again. The visitor is told.")}
            <Key name="Enter"/>
        </Item>
        <Item choose=move || end(Outcome::Closed)>
            {way("archive", "Close", "Nobody answers until the visitor writes again.")}
        </Item>
    }
    .late()
}

/// To somebody else.
#[component]
fn Passes(id: ConversationId, stand: Stand) -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let can = |act| live.peek(|state| state.can(id, act));
    let (word, about) = match stand {
        Stand::Mine | Stand::Colleague(_) => (
            "Transfer…",
            "To a colleague, a group, or back to the queue.".to_owned(),
        ),
        _ => ("Assign to…", "Choose who gets it.".to_owned()),
    };
    let transfer = can(Act::Transfer).then(|| {
        view! {
            <Item choose=move || desk.transferring.set(true)>
                {way("transfer", word, &about)}
                <Key name="⇧ T"/>
            </Item>
        }
        .late()
    });
    let overtake = match stand {
        Stand::Colleague(agent) if can(Act::Transfer) => {
            let name = live.peek(|state| state.name(agent));
            Some(
                view! {
                    <Item choose=move || desk.overtaking.set(true)>
                        {way(
                            "baton",
                            &format!("Take over from {name}"),
                            "You answer from here on. You are asked once more.",
                        )}
                        <Key name="T"/>
                    </Item>
                }
                .late(),
            )
        }
        _ => None,
    };
    let reject = can(Act::Reject).then(|| {
        view! {
            <Item choose=move || live.act_with_key(|state, key| state.reject(id, key))>
                {way("right", "Pass", "Leave it to somebody else. The visitor waits on.")}
                <Key name="⇧ A"/>
            </Item>
        }
        .late()
    });
    let release = can(Act::Release).then(|| {
        view! {
            <Item choose=move || live.act_with_key(|state, key| state.release(id, key))>
                {way("back", "Release", "Give it back to the team. The visitor waits on.")}
            </Item>
        }
        .late()
    });
    view! { {transfer} {overtake} {reject} {release} }.late()
}

/// To the page that says who got it and who did not.
#[component]
fn Why(id: ConversationId, stand: Stand, may_assign: bool) -> impl IntoView {
    let navigate = use_navigate();
    let word = match stand {
        Stand::Nobody | Stand::Asked(_) | Stand::Missed if may_assign => "Why did nobody get this?",
        _ if may_assign => "Why did nobody else get this?",
        _ => "Why did I not get this?",
    };
    view! {
        <Item choose=move || {
            let navigate = navigate.clone();
            // Once the menu is closed: its parts must not look for the inbox after it is gone.
            request_animation_frame(move || {
                navigate(&format!("/doctor?conversation={id}"), NavigateOptions::default());
            });
        }>{way("info", word, "What was looked at, and what it came to.")}</Item>
    }
    .late()
}

fn way(icon: &'static str, word: &str, about: &str) -> AnyView {
    view! {
        <Icon name=icon/>
        <span>
            <b>{word.to_owned()}</b>
            <p>{about.to_owned()}</p>
        </span>
    }
    .late()
}
