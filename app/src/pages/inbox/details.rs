//! What a visitor left for an answer later, to be read, written to and called.

use leptos::prelude::*;
use protocol::lead::{Answer, LeadDetails};

use crate::live::browser;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::words::t;

/// The form as it was sent; what was left empty is left out.
#[component]
pub(crate) fn Details(details: LeadDetails, held: &'static str) -> impl IntoView {
    let LeadDetails {
        name,
        email,
        phone,
        message,
        custom,
        consent,
    } = details;
    let fact = |name: String, value: AnyView| {
        view! {
            <dt>{name}</dt>
            <dd>{value}</dd>
        }
        .late()
    };
    let text = |name: &str, value: String| {
        (!value.is_empty()).then(|| fact(name.to_owned(), value.late()))
    };
    // A mail program and a telephone read these addresses; nobody else does.
    let digits: String = phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    let email = (!email.is_empty()).then(|| {
        let reached = reached(format!("mailto:{email}"), email, t::copy_email());
        fact(t::email().to_owned(), reached)
    });
    let phone = (!phone.is_empty()).then(|| {
        let reached = reached(format!("tel:{digits}"), phone, t::copy_phone());
        fact(t::phone().to_owned(), reached)
    });
    let custom = custom.into_iter().filter(|answer| !answer.text.is_empty());
    let custom = custom.map(|Answer { label, text }| fact(label, text.late()));
    let agreed = consent.then(|| fact(t::agreed().to_owned(), t::yes().late()));
    view! {
        <li class="line left-details" data-held=held>
            <dl class="facts" aria-label=t::details_for_answer()>
                {text(t::name(), name)} {email} {phone} {custom.collect_view()} {agreed}
                {text(t::message(), message)}
            </dl>
        </li>
    }
    .late()
}

/// A link and a button that copies its words.
pub(super) fn reached(href: String, words: String, copy: &'static str) -> AnyView {
    // None before the first try.
    let copied = RwSignal::new(None::<bool>);
    let shown = words.clone();
    let on_copy = move |_| {
        let words = words.clone();
        leptos::task::spawn_local(async move {
            let done = browser::copy(&words).await;
            let _shown = copied.try_set(Some(done));
        });
    };
    let label = move || match copied.get() {
        None => "",
        Some(true) => t::copied(),
        Some(false) => t::select_and_copy(),
    };
    view! {
        <a href=href rel="external">
            {shown}
        </a>
        <button
            type="button"
            class="btn sq sm"
            data-kind="quiet"
            aria-label=copy
            title=copy
            on:click=on_copy
        >
            <Icon name="copy" size="xs"/>
        </button>
        <span role="status" class="faint">
            {label}
        </span>
    }
    .late()
}
