//! The visit: where the visitor is, what they came from, and with what.

use leptos::prelude::*;
use protocol::agent::VisitorView;
use protocol::contact::Visits;

use crate::live::views::Talk;
use crate::live::{Live, local};
use crate::parts::follow::follow;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::{self, t};

/// What the browser told of the visit.
#[component]
pub(crate) fn Visit(talk: Memo<Talk>) -> impl IntoView {
    let visitor = memo(move || talk.read().visitor.clone());
    let beside = memo(move || talk.read().beside.clone());
    view! {
        <details open>
            <summary>{t::visit()} <Icon name="down"/></summary>
            <div>{follow(move || {
                visitor.get().map(|visitor| {
                    let visits = beside.get().map(|beside| beside.panel.visits);
                    facts(&visitor, visits)
                })
            })}</div>
        </details>
    }
    .late()
}

/// What is not known is left out.
fn facts(visitor: &VisitorView, visits: Option<Visits>) -> AnyView {
    let url = visitor.page_url.clone();
    let page = web_address(&url).then(|| {
        let title = if visitor.page_title.is_empty() {
            &url
        } else {
            &visitor.page_title
        };
        let (title, path) = (title.clone(), words::page_path(&url));
        view! {
            <dt>{t::page()}</dt>
            <dd class="cut">
                <a href=url target="_blank" rel="noopener noreferrer external" title=title>
                    {path}
                </a>
            </dd>
        }
    });
    let fact = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| {
            view! {
                <dt>{name}</dt>
                <dd class="num">{value}</dd>
            }
            .late()
        })
    };
    let browser = words::browser(&visitor.user_agent).unwrap_or_default();
    let live = Live::here();
    let (since, connected) = (visitor.since, visitor.connected);
    let lasts = visits.map(|visits| {
        let lasts = move || {
            let until = match connected {
                // By the minute: the clock behind it ticks by the second.
                true => live.now(),
                false => visits.until,
            };
            words::span(until.millis_since(since))
        };
        let lasts = memo(lasts);
        view! {
            <dt>{t::lasts()}</dt>
            <dd class="num">{lasts}</dd>
        }
    });
    let earlier = visits.and_then(|visits| {
        let before = visits.before?;
        let last = local::date_and_clock(before, live.now_untracked());
        Some(t::earlier_visits(
            u64::from(visits.count.saturating_sub(1)),
            &last,
        ))
    });
    let began = local::date_and_clock(visitor.since, Live::here().now_untracked());
    view! {
        <dl class="facts">
            {page.map(IntoLate::late)} {fact(t::came_from(), words::host(&visitor.referrer))}
            {fact(t::browser(), browser)} {fact(t::visitor_language(), visitor.locale.clone())}
            {fact(t::ip(), visitor.ip.clone())} {fact(t::about_where(), visitor.location.clone())} {fact(t::since(), began)} {lasts}
            {fact(t::before(), earlier.unwrap_or_default())}
        </dl>
    }
    .late()
}

/// Whether a page's address may become a link. The visitor's client chose it, so it may be anything.
fn web_address(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
