//! The visit: where the visitor is, what they came from, and with what.

use leptos::prelude::*;
use protocol::agent::VisitorView;

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
    view! {
        <details open>
            <summary>{t::visit()} <Icon name="down"/></summary>
            <div>{follow(move || visitor.get().map(|visitor| facts(&visitor)))}</div>
        </details>
    }
    .late()
}

/// What is not known is left out.
fn facts(visitor: &VisitorView) -> AnyView {
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
    let began = local::date_and_clock(visitor.since, Live::here().now_untracked());
    view! {
        <dl class="facts">
            {page.map(IntoLate::late)} {fact(t::came_from(), words::host(&visitor.referrer))}
            {fact(t::browser(), browser)} {fact(t::visitor_language(), visitor.locale.clone())}
            {fact(t::ip(), visitor.ip.clone())} {fact(t::since(), began)}
        </dl>
    }
    .late()
}

/// Whether a page's address may become a link. The visitor's client chose it, so it may be anything.
fn web_address(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
