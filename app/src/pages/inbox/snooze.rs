//! Putting a chat aside that I hold, and taking it up again.

use leptos::prelude::*;
use protocol::card::Snooze as Aside;
use protocol::{ConversationId, Timestamp};

use super::Desk;
use crate::live::state::{Act, Stand, snooze};
use crate::live::views::Talk;
use crate::live::{Live, local};
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::menu::{Item, Menu};
use crate::words::t;

/// Until when a chat is put aside.
pub(crate) fn until(aside: Aside, now: Timestamp) -> String {
    match aside.until {
        Some(at) => t::snoozed_until(&local::date_and_clock(at, now)),
        None => t::snoozed_until_visitor().to_owned(),
    }
}

/// The button with the moon, and the times to choose from; for what is put aside, the way back.
#[component]
pub(crate) fn Snooze(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    // Whether it is mine, and whether it is put aside.
    let mine = memo(move || {
        let talk = talk.read();
        let aside = talk.card.as_deref().and_then(snooze);
        (talk.stand == Stand::Mine).then_some(aside.is_some())
    });
    follow(move || {
        mine.get().map(|aside| match aside {
            true => view! { <Back id talk/> }.late(),
            false => view! { <Away id talk/> }.late(),
        })
    })
}

#[component]
fn Back(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    let busy = reads(move || (talk.read().acting == Some(Act::Wake)).then_some("true"));
    view! {
        <button
            type="button"
            class="btn"
            disabled=cut
            aria-busy=busy
            on:click=move |_| live.act_with_key(|state, key| state.wake(id, key))
        >
            <Icon name="sun" size="s"/>
            {t::wake()}
        </button>
    }
    .late()
}

#[component]
fn Away(id: ConversationId, talk: Memo<Talk>) -> impl IntoView {
    let live = Live::here();
    let desk = Desk::here();
    let (open, own) = (desk.snoozing, desk.snoozing_until);
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    let busy = reads(move || (talk.read().acting == Some(Act::Snooze)).then_some("true"));
    view! {
        <span class="snooze">
            <button
                type="button"
                class="btn sq"
                data-kind="quiet"
                aria-label=t::snooze()
                title=t::snooze_key()
                aria-haspopup="menu"
                aria-expanded=reads(move || open.get().to_string())
                aria-busy=busy
                disabled=cut
                on:click=move |_| open.set(!open.get_untracked())
            >
                <Icon name="moon" size="l"/>
            </button>
            <Menu label=t::snooze() open opener=".snooze > button">
                {move || times(live, id)} <Item choose=move || own.set(true)>
                    <span>
                        <b>{t::snooze_choose()}</b>
                    </span>
                </Item>
            </Menu>
        </span>
    }
    .late()
}

/// The times that are mostly wanted, on the reader's own clock.
fn times(live: Live, id: ConversationId) -> AnyView {
    let item = move |(name, ahead, shown): Time| {
        let rule = ahead.is_none().then(|| view! { <hr/> });
        view! {
            <Item choose=move || live.act_with_key(|state, key| state.snooze(id, ahead, key))>
                <span>
                    <b>{name}</b>
                </span>
                <time class="faint num push">{shown}</time>
            </Item>
            {rule}
        }
        .late()
    };
    choices(live).map(item).into_iter().collect_view().late()
}

/// A time that is mostly wanted: its name, when it is by the server's clock, and how it is shown.
type Time = (&'static str, Option<Timestamp>, Option<String>);

/// The times that are mostly wanted, on the reader's own clock.
pub(crate) fn choices(live: Live) -> [Time; 5] {
    let (here, now) = (local::now(), live.now_untracked());
    let hours = |hours: i64| Some(Timestamp(here.millis() + hours * 60 * 60 * 1000));
    [
        (t::until_visitor_writes(), None),
        (t::in_an_hour(), hours(1)),
        (t::in_three_hours(), hours(3)),
        (t::tomorrow_morning(), Some(local::morning(here, 1))),
        (t::next_monday(), Some(local::monday(here))),
    ]
    .map(|(name, at)| {
        // The server's clock decides, and may differ from this one.
        let ahead = at.map(|at| Timestamp(now.millis() + at.millis() - here.millis()));
        (name, ahead, at.map(|at| local::date_and_clock(at, here)))
    })
}
