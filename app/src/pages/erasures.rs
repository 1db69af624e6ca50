//! What was erased: how much of what, who wanted it, and whether every file is gone.

use leptos::prelude::*;
use protocol::ErasureId;
use protocol::erasure::{AskedBy, ErasedCounts, ErasureView, ErasuresView};

use super::deliveries::when;
use crate::api::ApiError;
use crate::api::erasures::load_erasures;
use crate::api::loading::load;
use crate::pages::settings::Frame;
use crate::parts::empty::Empty;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::t;

/// The page, for who may erase.
#[component]
pub(crate) fn Erasures() -> impl IntoView {
    let erasures = load(|| (), |()| load_erasures(None));
    let shown = |view| view! { <Log view/> }.painted();
    view! {
        <Frame
            kind="team-page deliveries"
            title=t::erasures()
            about=t::erasures_about()
        >
            {loaded(erasures, shown)}
        </Frame>
    }
    .painted()
}

#[component]
fn Log(view: ErasuresView) -> impl IntoView {
    let shown = RwSignal::new(view);
    let trouble = RwSignal::new(None::<ApiError>);
    let rows = move || {
        let erasures = shown.with(|view| view.erasures.clone());
        if erasures.is_empty() {
            return view! { <Empty title=t::nothing_erased() sentence=t::nothing_erased_about()/> }
                .painted();
        }
        let rows = erasures.into_iter().map(row);
        view! { <ul class="invites">{rows.collect_view()}</ul> }.painted()
    };
    let more = move || {
        let last = shown.with(|view| view.erasures.last().filter(|_| view.more).map(|one| one.id));
        last.map(|last| {
            view! {
                <button type="button" class="btn" on:click=move |_| older(shown, trouble, last)>
                    {t::load_older()}
                </button>
            }
            .painted()
        })
    };
    let said = move || {
        let error = trouble.get();
        error.map(|error| view! { <Trouble error/> }.painted())
    };
    view! { {rows} {said} {more} }.painted()
}

fn older(shown: RwSignal<ErasuresView>, trouble: RwSignal<Option<ApiError>>, last: ErasureId) {
    leptos::task::spawn_local(async move {
        match load_erasures(Some(last)).await {
            Ok(view) => {
                let _shown = shown.try_update(|all| {
                    all.more = view.more;
                    // Pressed twice, it came twice.
                    if all.erasures.last().map(|one| one.id) == Some(last) {
                        all.erasures.extend(view.erasures);
                    }
                });
                let _calm = trouble.try_set(None);
            }
            Err(error) => {
                let _told = trouble.try_set(Some(error));
            }
        }
    });
}

fn row(of: ErasureView) -> AnyView {
    let ErasureView {
        id,
        at,
        asked_by,
        counts,
        done_at,
    } = of;
    let who = match asked_by {
        AskedBy::Visitor => t::erased_by_visitor().to_owned(),
        AskedBy::Agent { name } => name,
        AskedBy::Retention => t::erased_by_retention().to_owned(),
    };
    let (mark, words) = match done_at {
        Some(_) => ("ok", t::erased_whole()),
        None => ("warn", t::erased_but_files()),
    };
    view! {
        <li>
            <span class="who">
                <b>{who}</b>
                <span class="faint">{when(at)} " · " {id.to_string()}</span>
                <span>{told(counts)}</span>
            </span>
            <span class="chip" data-kind=mark>
                {words}
            </span>
        </li>
    }
    .painted()
}

/// How much of what, without what there was none of.
fn told(counts: ErasedCounts) -> String {
    let of = [
        (counts.contacts, t::contacts_count as fn(u64) -> String),
        (counts.conversations, t::conversations_count),
        (counts.entries, t::entries_count),
        (counts.files, t::files_count),
        (counts.handoffs, t::handoffs_count),
        (counts.leads, t::leads_count),
        (counts.visits, t::visits_count),
    ];
    let told = of.into_iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = told.map(|(count, words)| words(count)).collect();
    told.join(", ")
}
