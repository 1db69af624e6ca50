//! What visitors are told, in each language, and the way back to how it comes.

use leptos::prelude::*;
use protocol::settings::{MessageSettings, Texts, Translation};

use super::super::block::block;
use super::super::editing::Editing;
use super::super::fields::role_of_wrong;
use crate::parts::follow::reads;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

type Part = MessageSettings;
type Text = fn(&mut Texts) -> &mut String;

/// Languages by their own names. Others go by their tags.
const NAMES: [(&str, &str); 12] = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("it", "Italiano"),
    ("pt", "Português"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("tr", "Türkçe"),
    ("ja", "日本語"),
    ("zh", "中文"),
    ("ar", "العربية"),
];

pub(in super::super) fn view(at: Editing) -> AnyView {
    // Empty for the texts of every language without its own.
    let chosen = RwSignal::new(String::new());
    let shown = move || texts(at, chosen.get());
    let controls = view! {
        {languages(at, chosen)}
        {shown}
        {another(at, chosen)}
    };
    block::<Part>(at, t::texts(), t::texts_about(), controls.painted())
}

fn name(tag: &str) -> String {
    let known = NAMES.iter().find(|(known, _)| *known == tag);
    match (tag, known) {
        ("", _) => t::every_other_language().to_owned(),
        (_, Some((_, name))) => format!("{name} ({tag})"),
        (tag, None) => tag.to_owned(),
    }
}

fn languages(at: Editing, chosen: RwSignal<String>) -> AnyView {
    let tags = Memo::new(move |_| {
        let part = at.part::<Part>();
        let own = part.translations.into_iter().map(|one| one.language);
        [String::new()].into_iter().chain(own).collect::<Vec<_>>()
    });
    let options = move || {
        let option = |tag: String| {
            let selected = chosen.get() == tag;
            let words = name(&tag);
            view! {
                <option value=tag selected=selected>
                    {words}
                </option>
            }
        };
        tags.get().into_iter().map(option).collect_view()
    };
    view! {
        <div class="field">
            <label for="messages.language">{t::language()}</label>
            <select
                class="select"
                id="messages.language"
                on:change=move |event| chosen.set(event_target_value(&event))
            >
                {options}
            </select>
        </div>
    }
    .painted()
}

/// All texts of one language.
fn texts(at: Editing, tag: String) -> AnyView {
    let place = untrack(|| at.part::<Part>()).translations;
    let place = place.iter().position(|one| one.language == tag);
    let path = match place {
        Some(place) => format!("messages.translations.{place}.texts"),
        None => "messages.texts".to_owned(),
    };
    let fields: [(&str, &'static str, Text); 12] = [
        ("greeting", t::text_greeting(), |texts| &mut texts.greeting),
        ("unknown", t::text_unknown(), |texts| &mut texts.unknown),
        ("proposal", t::text_proposal(), |texts| &mut texts.proposal),
        ("handover", t::text_handover(), |texts| &mut texts.handover),
        ("waiting", t::text_waiting(), |texts| &mut texts.waiting),
        ("joined", t::text_joined(), |texts| &mut texts.joined),
        ("out_of_hours", t::text_out_of_hours(), |texts| {
            &mut texts.out_of_hours
        }),
        ("no_agents", t::text_no_agents(), |texts| {
            &mut texts.no_agents
        }),
        ("missed", t::text_missed(), |texts| &mut texts.missed),
        ("idle_warning", t::text_idle(), |texts| {
            &mut texts.idle_warning
        }),
        ("restored", t::text_restored(), |texts| &mut texts.restored),
        ("closing", t::text_closing(), |texts| &mut texts.closing),
    ];
    let fields = fields.map(|(key, label, text)| {
        let read = {
            let tag = tag.clone();
            reads(move || text(&mut of(at.part::<Part>(), &tag)).clone())
        };
        let tag = tag.clone();
        let write = Callback::new(move |words: String| {
            at.change::<Part>(&mut |part| {
                if let Some(texts) = of_mut(part, &tag) {
                    text(texts).clone_from(&words);
                }
            });
        });
        field(at, format!("{path}.{key}"), label, read, write)
    });
    let starters = starters(at, format!("{path}.starters"), tag.clone());
    let as_it_comes = {
        let tag = tag.clone();
        let comes = comes(at, &tag);
        comes.map(|comes| {
            let back = move |_| {
                at.change::<Part>(&mut |part| {
                    if let Some(texts) = of_mut(part, &tag) {
                        texts.clone_from(&comes);
                    }
                });
            };
            view! {
                <button type="button" class="btn" on:click=back>
                    <Icon name="back" size="s"/>
                    {t::texts_as_they_come()}
                </button>
            }
            .painted()
        })
    };
    view! {
        {fields.into_iter().collect_view()}
        {starters}
        <p>{as_it_comes}</p>
    }
    .painted()
}

/// The texts of this language, as they would be inherited.
fn comes(at: Editing, tag: &str) -> Option<Texts> {
    let mut below = at
        .loaded
        .with_untracked(|loaded| loaded.below.messages.clone());
    of_mut(&mut below, tag).cloned()
}

fn of(part: Part, tag: &str) -> Texts {
    let mut own = part.translations.into_iter();
    own.find(|one| one.language == tag)
        .map_or(part.texts, |one| one.texts)
}

fn of_mut<'a>(part: &'a mut Part, tag: &str) -> Option<&'a mut Texts> {
    if tag.is_empty() {
        return Some(&mut part.texts);
    }
    let mut own = part.translations.iter_mut();
    own.find(|one| one.language == tag)
        .map(|one| &mut one.texts)
}

fn field(
    at: Editing,
    path: String,
    label: &'static str,
    value: Signal<String>,
    write: Callback<String>,
) -> AnyView {
    let trouble = at.trouble(path.clone());
    let about = format!("{path}-about");
    let below = {
        let about = about.clone();
        let role = role_of_wrong();
        move || {
            let (about, role) = (about.clone(), role());
            trouble.get().map(|trouble| {
                view! {
                    <p class="error" id=about role=role>
                        <Icon name="alert"/>
                        {trouble}
                    </p>
                }
                .painted()
            })
        }
    };
    view! {
        <div class="field">
            <label for=path.clone()>{label}</label>
            <textarea
                class="input"
                id=path
                rows="2"
                dir="auto"
                aria-invalid=move || trouble.with(Option::is_some).then_some("true")
                aria-describedby=about
                prop:value=value
                on:input=move |event| write.run(event_target_value(&event))
            >
                {untrack(|| value.get())}
            </textarea>
            {below}
        </div>
    }
    .painted()
}

/// Questions that are offered with the greeting, one a line.
fn starters(at: Editing, path: String, tag: String) -> AnyView {
    let read = untrack(|| of(at.part::<Part>(), &tag)).starters.join("\n");
    let typed = RwSignal::new(read);
    let write = Callback::new(move |text: String| {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines: Vec<_> = lines.map(str::to_owned).collect();
        typed.set(text);
        at.change::<Part>(&mut |part| {
            if let Some(texts) = of_mut(part, &tag) {
                texts.starters.clone_from(&lines);
            }
        });
    });
    field(at, path, t::text_starters(), typed.into(), write)
}

/// A language more, which begins with the texts for every other language.
fn another(at: Editing, chosen: RwSignal<String>) -> AnyView {
    let tag = RwSignal::new(String::new());
    let add = move |_| {
        let language = tag.get_untracked().trim().to_owned();
        if language.is_empty() {
            return;
        }
        at.change::<Part>(&mut |part| {
            let known = part.translations.iter().any(|one| one.language == language);
            if !known {
                let texts = part.texts.clone();
                part.translations.push(Translation {
                    language: language.clone(),
                    texts,
                });
            }
        });
        tag.set(String::new());
        chosen.set(language);
    };
    let leave_out = move |_| {
        let language = chosen.get_untracked();
        chosen.set(String::new());
        at.change::<Part>(&mut |part| part.translations.retain(|one| one.language != language));
    };
    let remove = move || {
        (!chosen.get().is_empty()).then(|| {
            view! {
                <button type="button" class="btn" data-kind="quiet" on:click=leave_out>
                    <Icon name="bin" size="s"/>
                    {t::leave_language_out()}
                </button>
            }
            .painted()
        })
    };
    view! {
        <div class="row">
            <label class="field">
                <span class="label">{t::another_language()}</span>
                <input
                    class="input"
                    placeholder="pt-BR"
                    autocomplete="off"
                    prop:value=tag
                    on:input=move |event| tag.set(event_target_value(&event))
                />
            </label>
            <button type="button" class="btn" on:click=add>
                <Icon name="plus" size="s"/>
                {t::add_language()}
            </button>
            {remove}
        </div>
    }
    .painted()
}
