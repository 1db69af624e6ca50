//! A message: who said it, when, and how far it got.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::entry::{Author, Body, Entry, Message, Source};
use protocol::rating::Thumb;

use super::attach::Attached;
use crate::live::Live;
use crate::live::views::Talk;
use crate::parts::follow::follow;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::rich_text::Rich;
use crate::parts::time::Clock;
use crate::words::t;

/// The visitor's words stand left, those of the assistant and the team right.
#[component]
pub(crate) fn Say(
    talk: Memo<Talk>,
    entry: Arc<Entry>,
    goes_on: bool,
    held: &'static str,
    visitor: String,
) -> impl IntoView {
    let live = Live::here();
    let Body::Message(Message {
        text,
        sources,
        choices,
        attachments,
        thumb,
    }) = entry.body.clone()
    else {
        return ().late();
    };
    let (from, name) = match entry.author {
        Author::Visitor => ("visitor", visitor),
        Author::Agent(agent) => ("agent", live.peek(|state| state.name(agent))),
        Author::Ai | Author::System => ("ai", t::assistant().to_owned()),
    };
    let by = (!goes_on).then(|| {
        view! {
            <p class="by">
                <b>{name}</b>
                <Clock at=entry.at/>
            </p>
        }
    });
    let class = if goes_on { "line say on" } else { "line say" };
    view! {
        <li class=class data-held=held data-from=from data-seq=entry.seq.0.to_string()>
            {by}
            <div class="bubble" dir="auto">
                <Rich text/>
                {sources.into_iter().map(|source| view! { <Quoted source/> }).collect_view()}
                {(!choices.is_empty()).then(|| view! { <Offered choices/> })}
                <Attached files=attachments/>
            </div>
            {thumb.map(thumbed)}
            <State talk entry=Arc::clone(&entry)/>
        </li>
    }
    .late()
}

/// What the visitor thinks of it.
fn thumbed(thumb: Thumb) -> AnyView {
    let (is, words) = match thumb {
        Thumb::Up => ("up", t::thumbed_up()),
        Thumb::Down => ("down", t::thumbed_down()),
    };
    view! {
        <p class="state thumbed" data-is=is>
            <Icon name="thumb"/>
            {words}
        </p>
    }
    .late()
}

/// Where the assistant took its words from.
#[component]
fn Quoted(source: Source) -> impl IntoView {
    let Source { title, url } = source;
    let inner = view! {
        <Icon name="book"/>
        {title}
    };
    match url {
        Some(url) => view! {
            <a class="src" href=url target="_blank" rel="noopener noreferrer external">
                {inner}
            </a>
        }
        .late(),
        None => view! { <span class="src">{inner}</span> }.late(),
    }
}

/// What the visitor could choose from, in the words they would have sent.
#[component]
fn Offered(choices: Vec<String>) -> impl IntoView {
    let choice = |choice| view! { <li class="chip" data-kind="ai">{choice}</li> }.late();
    view! { <ul class="offered" aria-label=t::offered_to_choose()>{choices.into_iter().map(choice).collect_view()}</ul> }
        .late()
}

/// Below the team's newest message: sent, or read by the visitor.
#[component]
fn State(talk: Memo<Talk>, entry: Arc<Entry>) -> impl IntoView {
    let (seq, by_team) = (entry.seq, matches!(entry.author, Author::Agent(_)));
    let read = memo(move || {
        let last = talk.read().last_of_team.filter(|_| by_team);
        last.filter(|(last, _)| *last == seq).map(|(_, read)| read)
    });
    follow(move || match read.get() {
        None => ().late(),
        Some(true) => view! {
            <p class="state" data-is="read">
                <Icon name="read"/>
                {t::read()}
            </p>
        }
        .late(),
        Some(false) => view! {
            <p class="state">
                <Icon name="check"/>
                {t::sent()}
            </p>
        }
        .late(),
    })
}
