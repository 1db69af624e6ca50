//! The controls that all sections are put together from, each with its label, its hint, and what is
//! wrong with it.

use leptos::prelude::*;

use super::editing::Editing;
use crate::parts::follow::{effect, reads};
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// What stands for a number that is none; the rules refuse it by its range.
const NO_NUMBER: u32 = u32::MAX;

/// What a control is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct About {
    /// The path of its setting, by which refusals find it.
    pub(super) path: &'static str,
    pub(super) label: &'static str,
    /// Empty for none.
    pub(super) hint: &'static str,
}

/// What a control is for, in short.
pub(super) fn about(path: &'static str, label: &'static str, hint: &'static str) -> About {
    About { path, label, hint }
}

/// The line below a control: the hint, or what is wrong.
fn below(about: About, trouble: Signal<Option<String>>) -> AnyView {
    let role = role_of_wrong();
    let shown = move || {
        let role = role();
        match trouble.get() {
            Some(trouble) => view! {
                <p class="error" id=below_id(about) role=role>
                    <Icon name="alert"/>
                    {trouble}
                </p>
            }
            .painted(),
            None if about.hint.is_empty() => ().painted(),
            None => view! { <span class="hint" id=below_id(about)>{about.hint}</span> }.painted(),
        }
    };
    shown.painted()
}

/// What is wrong is read out when it comes; what came together with its control is read with that. To be
/// asked whenever the line is made.
pub(super) fn role_of_wrong() -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
    let was_there = StoredValue::new(false);
    move || {
        let role = was_there.get_value().then_some("alert");
        was_there.set_value(true);
        role
    }
}

fn below_id(about: About) -> String {
    format!("{}-about", about.path)
}

fn invalid(trouble: Signal<Option<String>>) -> Signal<Option<&'static str>> {
    reads(move || trouble.with(Option::is_some).then_some("true"))
}

/// On or off.
pub(super) fn switch(about: About, value: Signal<bool>, write: Callback<bool>) -> AnyView {
    let About { path, label, hint } = about;
    let hint = (!hint.is_empty()).then(|| view! { <small id=below_id(about)>{hint}</small> });
    view! {
        <div class="opt">
            <label for=path>{label}</label>
            <input
                type="checkbox"
                role="switch"
                class="switch"
                id=path
                aria-describedby=below_id(about)
                checked=value
                prop:checked=value
                on:change=move |event| write.run(event_target_checked(&event))
            />
            {hint}
        </div>
    }
    .painted()
}

/// One of several.
pub(super) fn choice<T>(
    at: Editing,
    about: About,
    options: Vec<(T, &'static str)>,
    value: Signal<T>,
    write: Callback<T>,
) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let options = options.into_iter();
    let options = options.map(|(value, words)| (value, words.to_owned()));
    choice_of(at, about, options.collect(), value, write)
}

/// One of several that are named by the workspace.
pub(super) fn choice_of<T>(
    at: Editing,
    about: About,
    options: Vec<(T, String)>,
    value: Signal<T>,
    write: Callback<T>,
) -> AnyView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let (values, words): (Vec<T>, Vec<String>) = options.into_iter().unzip();
    let known = values.clone();
    let place = reads(move || value.with(|value| known.iter().position(|one| one == value)));
    let write = Callback::new(move |place: usize| {
        if let Some(value) = values.get(place) {
            write.run(value.clone());
        }
    });
    chooser(at, about, words, place, write)
}

/// The same by the places of the options, compiled once and not for every kind of value.
fn chooser(
    at: Editing,
    about: About,
    words: Vec<String>,
    chosen: Signal<Option<usize>>,
    write: Callback<usize>,
) -> AnyView {
    let shown = words.into_iter().enumerate().map(|(place, words)| {
        let selected = reads(move || chosen.get() == Some(place));
        view! {
            <option value=place.to_string() selected=selected>
                {words}
            </option>
        }
        .painted()
    });
    let choose = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            write.run(place);
        }
    };
    view! {
        <div class="field">
            <label for=about.path>{about.label}</label>
            <select class="select" id=about.path aria-describedby=below_id(about) on:change=choose>
                {shown.collect_view()}
            </select>
            {below(about, at.trouble(about.path))}
        </div>
    }
    .painted()
}

/// A whole number with its unit.
pub(super) fn number(
    at: Editing,
    about: About,
    unit: &'static str,
    value: Signal<u32>,
    write: Callback<u32>,
) -> AnyView {
    // What was typed stays as it was typed, a number or not.
    let typed = RwSignal::new(untrack(|| value.get()).to_string());
    effect(move || {
        let value = value.get();
        if read(&typed.get_untracked()) != value {
            typed.set(value.to_string());
        }
    });
    view! {
        <div class="field">
            <label for=about.path>{about.label}</label>
            <span class="with-unit">
                <input
                    class="input"
                    id=about.path
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength="9"
                    aria-invalid=invalid(at.trouble(about.path))
                    aria-describedby=below_id(about)
                    value=typed
                    prop:value=typed
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        let number = read(&text);
                        typed.set(text);
                        write.run(number);
                    }
                />
                <span class="unit">{unit}</span>
            </span>
            {below(about, at.trouble(about.path))}
        </div>
    }
    .painted()
}

fn read(text: &str) -> u32 {
    text.trim().parse().unwrap_or(NO_NUMBER)
}

/// A number that may be left out, with a switch for it.
pub(super) fn optional_number(
    at: Editing,
    about: About,
    unit: &'static str,
    (value, first): (Signal<Option<u32>>, u32),
    write: Callback<Option<u32>>,
) -> AnyView {
    let on = reads(move || value.get().is_some());
    let number_of = reads(move || value.get().unwrap_or(first));
    let shown = move || {
        let about = About {
            label: t::how_many(),
            hint: "",
            ..about
        };
        let write = Callback::new(move |number| write.run(Some(number)));
        on.get().then(|| number(at, about, unit, number_of, write))
    };
    let switched = Callback::new(move |on: bool| write.run(on.then_some(first)));
    // The number has the path; its switch goes by another name.
    let name = About {
        path: switch_of(about.path),
        ..about
    };
    view! { {switch(name, on, switched)} {shown} }.painted()
}

fn switch_of(path: &'static str) -> &'static str {
    match path {
        "routing.requeue_minutes" => "routing.requeue",
        "triggers.high_value.amount" => "triggers.high_value.sums",
        other => other,
    }
}

/// One line of text.
pub(super) fn line(
    at: Editing,
    about: About,
    value: Signal<String>,
    write: Callback<String>,
) -> AnyView {
    view! {
        <div class="field">
            <label for=about.path>{about.label}</label>
            <input
                class="input"
                id=about.path
                autocomplete="off"
                dir="auto"
                aria-invalid=invalid(at.trouble(about.path))
                aria-describedby=below_id(about)
                value=value
                prop:value=value
                on:input=move |event| write.run(event_target_value(&event))
            />
            {below(about, at.trouble(about.path))}
        </div>
    }
    .painted()
}

/// A text of several lines.
pub(super) fn area(
    at: Editing,
    about: About,
    rows: u32,
    value: Signal<String>,
    write: Callback<String>,
) -> AnyView {
    area_of(about, at.trouble(about.path), rows, value, write)
}

fn area_of(
    about: About,
    trouble: Signal<Option<String>>,
    rows: u32,
    value: Signal<String>,
    write: Callback<String>,
) -> AnyView {
    view! {
        <div class="field">
            <label for=about.path>{about.label}</label>
            <textarea
                class="input"
                id=about.path
                rows=rows.to_string()
                dir="auto"
                aria-invalid=invalid(trouble)
                aria-describedby=below_id(about)
                prop:value=value
                on:input=move |event| write.run(event_target_value(&event))
            >
                {untrack(|| value.get())}
            </textarea>
            {below(about, trouble)}
        </div>
    }
    .painted()
}

/// Lines of which each is one of a list.
pub(super) fn lines(
    at: Editing,
    about: About,
    value: Signal<Vec<String>>,
    write: Callback<Vec<String>>,
) -> AnyView {
    // The line that is being begun is empty, and still there for who writes it.
    let typed = RwSignal::new(untrack(|| value.get()).join("\n"));
    effect(move || {
        let list = value.get();
        if split(&typed.get_untracked()) != list {
            typed.set(list.join("\n"));
        }
    });
    let write = Callback::new(move |text: String| {
        let list = split(&text);
        typed.set(text);
        write.run(list);
    });
    let trouble = at.trouble(about.path);
    // What is wrong with one of them names it.
    let named = reads(move || {
        let why = trouble.get()?;
        let place = at.wrong_place(about.path);
        let line = value.with(|list| list.get(place?).cloned());
        Some(match line {
            Some(line) => format!("{line}: {why}"),
            None => why,
        })
    });
    area_of(about, named, 4, typed.into(), write)
}

fn split(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}
