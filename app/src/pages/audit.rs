//! What people changed: the newest first, looked through by who, what, when and the name of what it was.
//! What is looked for stands in the page's address, which a plain form of the browser writes.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use protocol::audit::{AuditChange, AuditFilter, AuditKind, AuditRow, AuditSubject, AuditView};

use super::deliveries::when;
use crate::api::audit::load_audit;
use crate::api::loading::load;
use crate::pages::settings::Frame;
use crate::parts::empty::Empty;
use crate::parts::icon::Icon;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::words::{self, t};

/// The record, for who may read it.
#[component]
pub(crate) fn Audit() -> impl IntoView {
    let search = use_location().search;
    let view = load(move || search.get(), load_audit);
    view! {
        <Frame
            kind="audit"
            title=t::audit()
            about=t::audit_about()
        >
            {loaded(view, page)}
        </Frame>
    }
    .painted()
}

fn page(view: AuditView) -> AnyView {
    let AuditView {
        filter,
        rows,
        people,
        query,
        older,
        is_further,
        is_unknown,
        zone,
    } = view;
    let filtered = filter != AuditFilter::default() || is_unknown;
    let list = match rows.is_empty() {
        true if is_unknown => {
            view! { <Empty title=t::audit_unknown() sentence=t::audit_unknown_about()/> }.painted()
        }
        true if filtered || is_further => {
            view! { <Empty title=t::audit_nothing() sentence=t::audit_nothing_about()/> }.painted()
        }
        true => view! { <Empty title=t::audit_empty() sentence=t::audit_empty_about()/> }.painted(),
        false => {
            let rows = rows.into_iter().map(row).collect_view();
            view! { <ol class="changes" aria-label=t::audit()>{rows}</ol> }.painted()
        }
    };
    let csv = format!("/audit/export.csv?{query}");
    let lines = format!("/audit/export.jsonl?{query}");
    let newest = is_further.then(|| link(format!("/audit?{query}"), t::newest()));
    let older =
        older.map(|before| link(format!("/audit?{query}&before={before}"), t::audit_older()));
    view! {
        {form(filter, people, filtered, &zone)}
        {list}
        <nav class="ways" aria-label=t::audit_pages()>
            {newest}
            {older}
            <span class="rest"></span>
            <a class="btn" data-kind="quiet" href=csv rel="external" download="">
                <Icon name="download" size="s"/>
                {t::audit_csv()}
            </a>
            <a class="btn" data-kind="quiet" href=lines rel="external" download="">
                <Icon name="download" size="s"/>
                {t::audit_lines()}
            </a>
        </nav>
    }
    .painted()
}

fn link(address: String, name: &'static str) -> AnyView {
    view! {
        <a class="btn" href=address rel="external">
            {name}
        </a>
    }
    .painted()
}

fn form(
    filter: AuditFilter,
    people: Vec<(protocol::AgentId, String)>,
    filtered: bool,
    zone: &str,
) -> AnyView {
    let who = people
        .into_iter()
        .map(|(id, name)| option(id.to_string(), name, filter.who == Some(id)));
    let kinds = AuditKind::ALL.iter().map(|kind| {
        let name = words::audit_kind(*kind).to_owned();
        option(kind.word().to_owned(), name, filter.kind == Some(*kind))
    });
    let all = filtered.then(|| link("/audit".to_owned(), t::show_everything()));
    view! {
        <form class="filter" method="get" action="/audit" role="search" aria-label=t::audit_filter()>
            {select("who", t::audit_who(), t::for_everybody(), who.collect_view().into_any())}
            {select("kind", t::audit_kind(), t::audit_all_kinds(), kinds.collect_view().into_any())}
            {input("from", t::from(), "date", filter.from)}
            {input("until", t::until(), "date", filter.until)}
            {input("text", t::audit_text(), "search", filter.text)}
            <div class="ways">
                <button class="btn" data-kind="primary">
                    {t::audit_show()}
                </button>
                {all}
            </div>
            <p class="hint">{t::audit_zone(&zone)}</p>
        </form>
    }
    .painted()
}

fn option(value: String, name: String, selected: bool) -> AnyView {
    view! {
        <option value=value selected=selected>
            {name}
        </option>
    }
    .painted()
}

fn select(name: &'static str, label: &'static str, all: &'static str, options: AnyView) -> AnyView {
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <select class="select" name=name>
                <option value="">{all}</option>
                {options}
            </select>
        </label>
    }
    .painted()
}

fn input(name: &'static str, label: &'static str, kind: &'static str, value: String) -> AnyView {
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <input class="input" name=name type=kind value=value maxlength="100" autocomplete="off"/>
        </label>
    }
    .painted()
}

fn row(of: AuditRow) -> AnyView {
    let AuditRow {
        at,
        name,
        kind,
        subject,
        subject_id,
        subject_name,
        changes,
        address,
        user_agent,
        times,
        ..
    } = of;
    // One's own sign-ins say whom they are about already.
    let subject_name = (subject_name != name).then_some(subject_name);
    let visitor = matches!(subject, AuditSubject::Conversation | AuditSubject::Contact);
    let about = match subject_id.filter(|_| visitor) {
        Some(id) => view! {
            <a href=format!("/inbox/{id}") rel="external">
                {t::audit_conversation()}
            </a>
        }
        .painted(),
        None => view! { <span class="subject">{subject_name}</span> }.painted(),
    };
    let name = match name.is_empty() {
        true if kind == AuditKind::SignInRefused => t::audit_somebody().to_owned(),
        true => t::audit_server().to_owned(),
        false => name,
    };
    let browser = words::browser(&user_agent);
    let place: Vec<String> = [Some(address).filter(|address| !address.is_empty()), browser]
        .into_iter()
        .flatten()
        .collect();
    let place = (!place.is_empty()).then(|| format!(" · {}", place.join(" · ")));
    let times = (times > 1).then(|| {
        view! { <span class="chip" data-kind="warn">{t::audit_times(times.into())}</span> }
    });
    let changes = (!changes.is_empty()).then(|| {
        let changes = changes
            .into_iter()
            .map(|of| change(kind, of))
            .collect_view();
        view! { <dl>{changes}</dl> }
    });
    view! {
        <li data-kind=kind.word()>
            <p class="what">
                <b>{words::audit_kind(kind)}</b>
                {about}
                {times}
            </p>
            <p class="faint">
                <span class="by">{name}</span>
                " · "
                {when(at)}
                {place}
            </p>
            {changes}
        </li>
    }
    .painted()
}

fn change(kind: AuditKind, of: AuditChange) -> AnyView {
    let AuditChange {
        field,
        before,
        after,
    } = of;
    let values = match before.is_empty() && after.is_empty() {
        true => view! { <dd class="faint">{t::audit_changed()}</dd> }.painted(),
        false => {
            let (before, after) = (
                words::value(kind, &field, &before),
                words::value(kind, &field, &after),
            );
            view! {
                <dd>
                    <del>{before}</del>
                    <span class="arrow" aria-hidden="true">"→"</span>
                    <ins>{after}</ins>
                </dd>
            }
            .painted()
        }
    };
    view! {
        <dt>{words::changed(kind, &field)}</dt>
        {values}
    }
    .painted()
}
