//! What the visitor is known by, each detail changed in its place.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use protocol::ConversationId;
use protocol::contact::{Attribute, Contact, ContactChange, Detail};

use super::details::reached;
use crate::live::state::Act;
use crate::live::views::Talk;
use crate::live::{Live, browser};
use crate::parts::dialog::Refused;
use crate::parts::follow::{effect, follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;

/// The details that everybody has, before those of the team's own.
const FIXED: usize = 4;

/// What is being changed: the place of the detail, and what was looked at.
#[derive(Debug, Clone)]
struct Editing {
    at: usize,
    version: u64,
    was: String,
}

/// One row of what is known.
struct Row {
    name: String,
    detail: Detail,
    /// Whether somebody is known by it, so that it matters who says so.
    identifies: bool,
}

fn rows(contact: &Contact) -> Vec<Row> {
    let fixed = [
        (t::name(), &contact.name, false),
        (t::email(), &contact.email, true),
        (t::phone(), &contact.phone, true),
        (t::company(), &contact.company, false),
    ];
    let fixed = fixed.map(|(name, detail, identifies)| Row {
        name: name.to_owned(),
        detail: detail.clone(),
        identifies,
    });
    let own = contact.attributes.iter().map(|own| Row {
        name: own.name.clone(),
        detail: Detail {
            text: own.text.clone(),
            ..Detail::default()
        },
        identifies: false,
    });
    fixed.into_iter().chain(own).collect()
}

fn text_at(contact: &Contact, at: usize) -> String {
    let row = rows(contact).into_iter().nth(at);
    row.map(|row| row.detail.text).unwrap_or_default()
}

fn change(contact: &Contact, at: usize, name: String, text: String) -> ContactChange {
    match at {
        0 => ContactChange::Name(text),
        1 => ContactChange::Email(text),
        2 => ContactChange::Phone(text),
        3 => ContactChange::Company(text),
        at => {
            let known = contact.attributes.get(at - FIXED);
            let name = known.map_or(name, |known| known.name.clone());
            ContactChange::Attribute(Attribute { name, text })
        }
    }
}

/// The fold with everything that is known.
#[component]
pub(crate) fn Known(talk: Memo<Talk>) -> impl IntoView {
    let beside = memo(move || talk.read().beside.clone());
    let editing = RwSignal::new(None::<Editing>);
    close_when_saved(talk, editing);
    let shown = move || {
        let open = editing.get();
        browser::keep_focus(".known");
        // What others change meanwhile must not take what is being typed.
        let beside = match open {
            Some(_) => beside.get_untracked()?,
            None => beside.get()?,
        };
        let (id, contact) = (beside.panel.conversation, &beside.panel.contact);
        let version = contact.version;
        let row = |(at, row): (usize, Row)| match &open {
            Some(open) if open.at == at => form(id, talk, editing, row.name),
            _ => fact(editing, at, version, row),
        };
        let all = rows(contact);
        let last = all.len();
        let more = match &open {
            Some(open) if open.at == last => form(id, talk, editing, String::new()),
            _ => add(editing, last, version),
        };
        let facts = all.into_iter().enumerate().map(row).collect_view();
        Some(view! {
            <dl class="facts">{facts}</dl>
            {more}
        })
    };
    view! {
        <details open>
            <summary>{t::contact()} <Icon name="down"/></summary>
            <div class="known">{follow(shown)}</div>
        </details>
    }
    .late()
}

/// A detail as it is known, and the button that changes it.
fn fact(editing: RwSignal<Option<Editing>>, at: usize, version: u64, row: Row) -> AnyView {
    let Row {
        name,
        detail: Detail { text, origin },
        identifies,
    } = row;
    let was = text.clone();
    let edit = move |_| {
        let was = was.clone();
        editing.set(Some(Editing { at, version, was }));
    };
    let label = t::change_detail(&name);
    let known = !text.is_empty();
    let mark = (identifies && known).then(|| match origin.is_verified() {
        true => view! {
            <span class="proof" data-is="verified">
                <Icon name="verified" size="xs"/>
                {t::verified()}
            </span>
        }
        .late(),
        false => view! { <span class="proof">{t::unverified()}</span> }.late(),
    });
    let value = match at {
        _ if !known => ().late(),
        1 => reached(format!("mailto:{text}"), text, t::copy_email()),
        2 => {
            let digits: String = text.chars().filter(|c| !" -./()".contains(*c)).collect();
            reached(format!("tel:{digits}"), text, t::copy_phone())
        }
        _ => view! { <span dir="auto">{text}</span> }.late(),
    };
    let button = match known {
        true => view! { <Icon name="note" size="xs"/> }.late(),
        false => t::add_detail().late(),
    };
    view! {
        <dt>{name}</dt>
        <dd>
            {value} {mark}
            <button
                type="button"
                class="btn sm edit"
                class:sq=known
                data-kind="quiet"
                data-at=at.to_string()
                aria-label=label.clone()
                title=label
                on:click=edit
            >
                {button}
            </button>
        </dd>
    }
    .late()
}

/// The button that adds a detail of the team's own.
fn add(editing: RwSignal<Option<Editing>>, at: usize, version: u64) -> AnyView {
    let was = String::new();
    let new = Editing { at, version, was };
    view! {
        <button
            type="button"
            class="btn sm edit"
            data-kind="quiet"
            data-at=at.to_string()
            on:click=move |_| editing.set(Some(new.clone()))
        >
            <Icon name="plus" size="xs"/>
            {t::add_attribute()}
        </button>
    }
    .late()
}

/// A detail while it is changed. Without a name it is a new one of the team's own.
fn form(
    id: ConversationId,
    talk: Memo<Talk>,
    editing: RwSignal<Option<Editing>>,
    name: String,
) -> AnyView {
    let live = Live::here();
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    let why = reads(move || talk.read().why_not(Act::EditContact));
    let Some(open) = editing.get_untracked() else {
        return ().late();
    };
    let was = open.was.clone();
    // What a colleague made of it meanwhile.
    let (at, before) = (open.at, open.was.clone());
    let meanwhile = reads(move || {
        let talk = talk.read();
        let now = talk.beside.as_ref();
        let now = now.map(|now| text_at(&now.panel.contact, at));
        now.filter(|now| *now != before)
            .map(|now| t::meanwhile(&now))
    });
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let known = live.peek(|state| state.contact(id).cloned());
        let (Some(open), Some(known)) = (editing.get_untracked(), known) else {
            return;
        };
        // Whoever was told that it changed, and saves again, means it.
        let knows = why.get_untracked().is_some();
        let same = text_at(&known, open.at) == open.was;
        let version = if same || knows {
            known.version
        } else {
            open.version
        };
        let text = browser::field_value(&event, "detail");
        let name = browser::field_value(&event, "attribute");
        let change = change(&known, open.at, name, text);
        live.act_with_key(|state, key| state.edit_contact(id, (version, change), key));
    };
    let cancel = move || leave(editing);
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            cancel();
        }
    };
    request_animation_frame(|| browser::focus(".known form input"));
    let label = if name.is_empty() {
        t::attribute_text().to_owned()
    } else {
        name.clone()
    };
    let naming = name.is_empty().then(|| {
        view! {
            <input
                class="input"
                name="attribute"
                autocomplete="off"
                aria-label=t::attribute_name()
                placeholder=t::attribute_name()
            />
        }
    });
    let kind = match at {
        1 => "email",
        2 => "tel",
        _ => "text",
    };
    let row = view! {
        <form novalidate on:submit=save on:keydown=on_key>
            {naming}
            <input
                class="input"
                name="detail"
                inputmode=kind
                autocomplete="off"
                dir="auto"
                aria-label=label
                placeholder=naming_hint(&name)
                value=was
            />
            {follow(move || meanwhile.get().map(|now| view! { <p class="faint">{now}</p> }))}
            <Refused why/>
            <span class="acts">
                <button class="btn sm" data-kind="primary" disabled=cut>
                    {t::save()}
                </button>
                <button type="button" class="btn sm" data-kind="quiet" on:click=move |_| cancel()>
                    {t::cancel()}
                </button>
            </span>
        </form>
    };
    if name.is_empty() {
        return row.late();
    }
    view! {
        <dt>{name}</dt>
        <dd>{row}</dd>
    }
    .late()
}

fn naming_hint(name: &str) -> &'static str {
    if name.is_empty() {
        t::attribute_text()
    } else {
        ""
    }
}

/// The form is over; the focus goes back to where it began.
fn leave(editing: RwSignal<Option<Editing>>) {
    if let Some(open) = editing.get_untracked() {
        editing.set(None);
        let button = format!(".known .edit[data-at=\"{}\"]", open.at);
        request_animation_frame(move || browser::focus(&button));
    }
}

fn close_when_saved(talk: Memo<Talk>, editing: RwSignal<Option<Editing>>) {
    let saving = memo(move || talk.read().acting == Some(Act::EditContact));
    let was = StoredValue::new(false);
    effect(move || {
        let now = saving.get();
        let refused = talk.with_untracked(|talk| talk.why_not(Act::EditContact).is_some());
        if was.get_value() && !now && !refused {
            leave(editing);
        }
        was.set_value(now);
    });
}
