//! Everything that can be done with a conversation besides answering it.

use leptos::prelude::*;
use protocol::ConversationId;
use protocol::entry::Outcome;

use super::Desk;
use crate::live::state::{Act, Stand};
use crate::live::views::Talk;
use crate::live::{Live, browser};
use crate::parts::icon::Icon;
use crate::parts::key::Key;
use crate::parts::late::IntoLate;
use crate::parts::menu::{Item, Menu};
use crate::words::t;

/// The menu of the conversation's head: what its state and my role allow.
#[component]
pub(crate) fn Ways(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let open = Desk::here().resolving;
    view! {
        <Menu label=t::actions() open opener=".other-ways">
            {move || {
                let stand = talk.read_untracked().stand;
                let may_assign = live.peek(|state| state.may_assign());
                let can = |act| live.peek(|state| state.can(id, act));
                let ends = can(Act::Resolve(Outcome::Closed));
                let asks = !matches!(stand, Stand::Mine | Stand::Assistant | Stand::Over);
                let blocks = [true, false]
                    .into_iter()
                    .find(|blocked| live.peek(|state| state.can_block(id, *blocked)));
                let erases = live.peek(|state| state.can_erase(id));
                let line = || view! { <hr/> }.late();
                let passes = [Act::Transfer, Act::Reject, Act::Release, Act::Join, Act::Leave];
                let passes = passes.into_iter().any(can);
                view! {
                    {ends.then(|| view! { <Ends id/> }.late())}
                    {(ends && passes).then(line)}
                    {passes.then(|| view! { <Passes id stand/> }.late())}
                    {(asks && (ends || passes)).then(line)}
                    {asks.then(|| view! { <Why id stand may_assign/> }.late())}
                    {((blocks.is_some() || erases) && (ends || passes || asks)).then(line)}
                    {blocks.map(|blocked| view! { <Blocks id blocked/> }.late())}
                    {erases.then(|| view! { <Erases/> }.late())}
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
            {way("ai", t::restore_to_ai(), t::restore_about())}
            <Key name="Enter"/>
        </Item>
        <Item choose=move || end(Outcome::Closed)>
            {way("archive", t::close(), t::close_about())}
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
        Stand::Mine | Stand::Colleague(_) | Stand::Joined(_) => {
            (t::transfer_menu(), t::transfer_about().to_owned())
        }
        _ => (t::assign_menu(), t::assign_about().to_owned()),
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
        Stand::Colleague(agent) | Stand::Joined(agent) if can(Act::Transfer) => {
            let name = live.peek(|state| state.name(agent));
            Some(
                view! {
                    <Item choose=move || desk.overtaking.set(true)>
                        {way(
                            "baton",
                            &t::take_over_from(&name),
                            t::take_over_from_about(),
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
                {way("right", t::pass(), t::pass_menu_about())}
                <Key name="⇧ A"/>
            </Item>
        }
        .late()
    });
    let release = can(Act::Release).then(|| {
        view! {
            <Item choose=move || live.act_with_key(|state, key| state.release(id, key))>
                {way("back", t::release(), t::release_about())}
            </Item>
        }
        .late()
    });
    let join = can(Act::Join).then(|| {
        view! {
            <Item choose=move || desk.join(live, id)>
                {way("baton", t::join(), t::join_about())} <Key name="⇧ J"/>
            </Item>
        }
        .late()
    });
    let leave = can(Act::Leave).then(|| {
        view! {
            <Item choose=move || live.act_with_key(|state, key| state.leave(id, key))>
                {way("back", t::leave(), t::leave_about())}
            </Item>
        }
        .late()
    });
    // The button for it beside this menu goes where there is no room for it.
    let snooze = can(Act::Snooze).then(|| {
        view! {
            <Item choose=move || desk.snoozing.set(true)>
                {way("moon", t::snooze(), t::snooze_about())} <Key name="Z"/>
            </Item>
        }
        .late()
    });
    view! { {join} {leave} {transfer} {snooze} {overtake} {reject} {release} }.late()
}

/// Blocks the visitor, or lets them write again.
#[component]
fn Blocks(id: ConversationId, blocked: bool) -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let choose = move || {
        if blocked {
            desk.blocking.set(true);
        } else {
            live.act_with_key(|state, key| state.block(id, false, key));
        }
    };
    let (icon, word, about) = match blocked {
        true => ("alert", t::block(), t::block_about()),
        false => ("again", t::unblock(), t::unblock_about()),
    };
    view! { <Item choose>{way(icon, word, about)}</Item> }.late()
}

/// Erases it for good.
#[component]
fn Erases() -> impl IntoView {
    let desk = Desk::here();
    view! {
        <Item choose=move || desk.erasing.set(true)>
            {way("bin", t::erase(), t::erase_about())}
        </Item>
    }
    .late()
}

/// To the page that says who got it and who did not.
#[component]
fn Why(id: ConversationId, stand: Stand, may_assign: bool) -> impl IntoView {
    let word = match stand {
        Stand::Nobody | Stand::Asked(_) | Stand::Missed if may_assign => t::why_nobody(),
        _ if may_assign => t::why_nobody_else(),
        _ => t::why_not_me(),
    };
    view! {
        <Item choose=move || {
            browser::go(&format!("/doctor?conversation={id}"));
        }>{way("info", word, t::why_about())}</Item>
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
