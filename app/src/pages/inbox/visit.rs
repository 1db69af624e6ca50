//! The visit: where the visitor is, what they came from, and with what.

use leptos::prelude::*;
use protocol::agent::VisitorView;

use crate::live::{Live, local};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::words;

/// What the browser told of the visit. What is not known is left out.
#[component]
pub(crate) fn Visit(visitor: VisitorView) -> impl IntoView {
    let live = Live::here();
    let VisitorView {
        since,
        page_url,
        page_title,
        referrer,
        ip,
        user_agent,
        locale,
        ..
    } = visitor;
    let page = web_address(&page_url).then(|| {
        let title = if page_title.is_empty() {
            page_url.clone()
        } else {
            page_title
        };
        let path = words::page_path(&page_url);
        view! {
            <dt>"Page"</dt>
            <dd class="cut">
                <a href=page_url target="_blank" rel="noopener noreferrer external" title=title>
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
        })
    };
    let browser = words::browser(&user_agent).unwrap_or_default();
    let began = local::date_and_clock(since, live.now_untracked());
    view! {
        <details open>
            <summary>"Visit" <Icon name="down"/></summary>
            <div>
                <dl class="facts">
                    {page}
                    {fact("Came from", words::host(&referrer))}
                    {fact("Browser", browser)}
                    {fact("Language", locale)}
                    {fact("IP", ip)}
                    {fact("Since", began)}
                </dl>
            </div>
        </details>
    }
    .late()
}

/// Whether a page's address may become a link. The visitor's client chose it, so it may be anything.
fn web_address(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
