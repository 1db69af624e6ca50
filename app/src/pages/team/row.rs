//! A member in the list: who they are, whether they are there, and how much they hold.

use leptos::prelude::*;
use protocol::person::{Assigned, Availability};
use protocol::team::{MemberNow, MemberPresence, MemberView};
use protocol::{AgentId, ChatbotId, Timestamp};

use super::Page;
use super::member::edit;
use super::people::{all_or_none, below, more};
use super::role::role;
use crate::live::local;
use crate::parts::dot::Dot;
use crate::parts::face::{Face, picture_of};
use crate::parts::follow::{follow, reads};
use crate::parts::memo::memo;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// From so many chats at once on there are no bars, which nobody would count.
const BARS: u32 = 8;

/// The row, and the form below it once it is opened. Its button and its form stay what they are while
/// the cells follow what is known of the member.
#[component]
pub(super) fn Row(id: AgentId) -> impl IntoView {
    let page = Page::here();
    let member = move || {
        page.view.with(|view| {
            let mut members = view.members.iter();
            members.find(|one| one.id == id).cloned()
        })
    };
    let is_open = reads(move || page.open.get() == Some(id));
    let toggle = Callback::new(move |()| {
        page.begin();
        page.open.set((!is_open.get_untracked()).then_some(id));
    });
    let label = reads(move || member().map_or_else(String::new, |of| t::change_member(&of.name)));
    let may = memo(move || member().is_some_and(|of| page.may_be(of.role)));
    let button = move || {
        may.get()
            .then(|| more(id.to_string(), label, is_open, toggle))
    };
    let off = move || member().is_some_and(|of| !of.active).then_some("");
    let cells = move || member().map(|of| cells(page, &of));
    let form = move || {
        let of = is_open.get().then(|| untrack(member)).flatten();
        of.map(|of| below(edit(page, &of)))
    };
    view! {
        <tr role="row" data-off=off>
            {cells}
            <td role="cell">{button}</td>
        </tr>
        {form}
    }
    .painted()
}

fn cells(page: Page, of: &MemberView) -> AnyView {
    let (id, active, limit) = (of.id, of.active, of.chat_limit);
    let is_me = page.view.with_untracked(|view| view.me == id);
    let you = is_me.then(|| view! { <span class="faint">" " {t::you_here()}</span> });
    let picture = picture_of(id, of.picture);
    let now = move || {
        page.now.with(|all| {
            let mut all = all.iter();
            all.find(|one| one.agent == id).copied()
        })
    };
    let is_there = move || match (active, now()) {
        (false, _) => {
            view! { <span class="chip" data-kind="line">{t::deactivated()}</span> }.painted()
        }
        (true, Some(MemberNow { presence, .. })) => there(presence),
        (true, None) => ().painted(),
    };
    let chats = move || match (active, now()) {
        (false, _) => t::none_of_them().painted(),
        (true, Some(MemberNow { load, .. })) => bars(load, limit),
        (true, None) => ().painted(),
    };
    view! {
        <td role="cell">
            <div class="who">
                <Face person=of.face.clone() picture/>
                <b>{of.name.clone()} {you}</b>
                <small>{of.email.clone()}</small>
            </div>
        </td>
        <td role="cell">
            <span class="pres">{is_there}</span>
        </td>
        <td role="cell">{role(page, of)}</td>
        <td role="cell">{seen(page, &of.assigned)}</td>
        <td role="cell" class="num">{chats}</td>
    }
    .painted()
}

/// A dot and a word. Times are by the reader's own clock, which the server does not know.
fn there(presence: MemberPresence) -> AnyView {
    let (is, word) = match presence {
        MemberPresence::Online => (Availability::Online, t::online()),
        MemberPresence::Away { .. } => (Availability::Away, t::away()),
        MemberPresence::Offline { .. } => (Availability::Offline, t::offline()),
        MemberPresence::OutOfHours => (Availability::Offline, t::out_of_working_hours()),
    };
    let since = match presence {
        MemberPresence::Away { since: Some(at) } | MemberPresence::Offline { since: Some(at) } => {
            Some(follow(move || since(at)))
        }
        _ => None,
    };
    view! {
        <Dot is=is/>
        <span>{word} {since}</span>
    }
    .painted()
}

/// `, 12 min`, or `, since Mon`.
fn since(at: Timestamp) -> String {
    let now = local::now();
    match now.millis_since(at) / 60_000 {
        0 => String::new(),
        minutes @ 1..60 => format!(", {}", t::minutes(minutes)),
        _ => format!(", {}", t::since_when(&local::lately(at, now))),
    }
}

/// The names of the chatbots whose conversations they see.
fn seen(page: Page, assigned: &Assigned) -> AnyView {
    let Assigned::Only(only) = assigned else {
        return all_or_none(true);
    };
    let names = page.view.with_untracked(|view| {
        let all = view.chatbots.iter();
        let named = all.filter(|(id, _): &&(ChatbotId, String)| only.contains(id));
        named.map(|(_, name)| name.clone()).collect::<Vec<_>>()
    });
    match names.is_empty() {
        true => all_or_none(false),
        false => names.join(", ").painted(),
    }
}

/// How many chats of how many, drawn and said.
fn bars(load: u32, limit: u32) -> AnyView {
    let drawn = (limit <= BARS).then(|| {
        let bars = (0..limit).map(|at| view! { <i data-on=(at < load).then_some("")></i> });
        view! { <span class="load" aria-hidden="true">{bars.collect_view()}</span> }
    });
    view! {
        {drawn}
        {t::load_of(&load.to_string(), &limit.to_string())}
    }
    .painted()
}
