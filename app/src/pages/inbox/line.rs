//! One line of the timeline, whatever it shows.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::entry::{Author, Body, Entry};
use protocol::{ConversationId, Timestamp};

use super::attach::Attached;
use super::going::Going;
use super::say::Say;
use super::turn::{Told, Turn};
use crate::live::lines::{Brief, Line, What};
use crate::live::views::Talk;
use crate::live::{Live, local};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::parts::rich_text::Rich;
use crate::parts::time::Clock;
use crate::words::{self, t};

/// The line in the form of what it shows.
#[component]
pub(crate) fn LineView(
    id: ConversationId,
    talk: Memo<Talk>,
    line: Line,
    visitor: String,
) -> AnyView {
    let held = line.held.name();
    match line.what {
        What::Day(at) => view! { <Day at/> }.late(),
        What::Unread(_) => view! {
            <li class="line day unread">
                <span>{t::new_from_here()}</span>
            </li>
        }
        .late(),
        What::Brief { brief, .. } => view! { <BriefView brief/> }.late(),
        What::Fold(lines) => view! { <Fold id talk lines visitor/> }.late(),
        What::Says { entry, goes_on } => view! { <Say talk entry goes_on held visitor/> }.late(),
        What::Note(entry) => {
            let Body::Note(note) = entry.body.clone() else {
                return ().late();
            };
            view! { <Note entry held note/> }.late()
        }
        What::Turn {
            entry,
            from,
            waited_ms,
        } => view! { <Turn entry from=from.name() held waited_ms visitor/> }.late(),
        What::Told { at, text, .. } => view! { <Told at text held/> }.late(),
        What::Going(outgoing) => view! { <Going outgoing held/> }.late(),
    }
}

#[component]
fn Day(at: Timestamp) -> impl IntoView {
    let live = Live::here();
    // Its words change at midnight alone.
    let name = memo(move || local::day_name(at, live.now()));
    view! {
        <li class="line day">
            <span>{name}</span>
        </li>
    }
    .late()
}

/// What whoever takes over has to know, in three lines. A line that is not known is left out.
#[component]
fn BriefView(brief: Brief) -> impl IntoView {
    let Brief {
        wants,
        trigger,
        reason,
        tried,
    } = brief;
    let tried = (!tried.is_empty()).then(|| {
        view! {
            <dt>{t::brief_tried()}</dt>
            <dd dir="auto">{tried.join(" · ")}</dd>
        }
    });
    view! {
        <li class="line starts" data-held="ai">
            <span class="node">
                <Icon name="baton"/>
            </span>
            <article class="brief" aria-label=t::brief()>
                <header>
                    <Icon name="baton" size="s"/>
                    <h3>{t::brief()}</h3>
                </header>
                <dl>
                    <dt>{t::brief_wants()}</dt>
                    <dd class="wants" dir="auto">
                        {wants}
                    </dd>
                    <dt>{t::brief_why()}</dt>
                    <dd>{words::why(trigger, &reason)}</dd>
                    {tried}
                </dl>
            </article>
        </li>
    }
    .late()
}

/// The assistant's part, folded away.
#[component]
fn Fold(id: ConversationId, talk: Memo<Talk>, lines: Vec<Line>, visitor: String) -> impl IntoView {
    let said = lines
        .iter()
        .filter(|line| matches!(line.what, What::Says { .. }))
        .count();
    let times = lines.iter().filter_map(Line::entry).map(|entry| entry.at);
    let times: Vec<_> = times.collect();
    let span = times.first().zip(times.last());
    let span = span.map(|(from, to)| format!("{} – {}", local::clock(*from), local::clock(*to)));
    let inner = lines
        .into_iter()
        .map(|line| view! { <LineView id talk line visitor=visitor.clone()/> })
        .collect_view();
    view! {
        <li class="line starts" data-held="ai">
            <span class="node">
                <Icon name="ai"/>
            </span>
            <article class="brief" aria-label=t::assistants_part()>
                <details>
                    <summary>
                        <Icon name="right" size="s turn"/>
                        {t::assistant_said(said as u64)}
                        <time class="faint push">{span}</time>
                    </summary>
                    <ol>{inner}</ol>
                </details>
            </article>
        </li>
    }
    .late()
}

/// A note: paper, so that nobody takes it for a reply.
#[component]
fn Note(entry: Arc<Entry>, held: &'static str, note: protocol::entry::Note) -> impl IntoView {
    let live = Live::here();
    let at = entry.at;
    let name = match entry.author {
        Author::Agent(agent) => live.peek(|state| state.name(agent)),
        Author::Visitor | Author::Ai | Author::System => String::new(),
    };
    view! {
        <li class="line note" data-held=held data-seq=entry.seq.0.to_string()>
            <div>
                <p class="by">
                    <Icon name="note"/>
                    <b>{name}</b>
                    " " {t::note_for_team_by()} " "
                    <Clock at/>
                    {note.edited_at.map(|_| view! { <span class="faint">{t::edited()}</span> })}
                    {note.pinned.then(|| view! { <Icon name="pin" size="xs"/> })}
                </p>
                <Rich text=note.text/>
                <Attached files=note.attachments/>
            </div>
        </li>
    }
    .late()
}
