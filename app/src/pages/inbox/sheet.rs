//! The sheet of keys.

use leptos::prelude::*;

use super::Desk;
use super::commands::{Command, Group};
use super::composer::keys;
use crate::live::attention::Attention;
use crate::parts::dialog::Dialog;
use crate::parts::late::IntoLate;
use crate::words::t;

/// Every key there is, and the switch for the single letters.
#[component]
pub(crate) fn KeySheet() -> impl IntoView {
    let desk = Desk::here();
    let preferences = Attention::here().preferences;
    let group = |group: Group| {
        let commands = Command::ALL.into_iter().map(Command::about);
        let rows = commands.filter(|(at, keys, _)| *at == group && !keys.is_empty());
        section(
            group.word(),
            rows.map(|(_, keys, word)| (keys, word)).collect(),
        )
    };
    view! {
        <Dialog open=desk.keys title=t::all_keys() kind="wide">
            <div class="key-sheet" tabindex="0">
                {Group::ALL.map(group).into_iter().collect_view()}
                {section(t::while_writing(), keys().to_vec())}
            </div>
            <label class="prefer">
                <span>
                    {t::letters()} <small>{t::letters_about()}</small>
                </span>
                <input
                    type="checkbox"
                    role="switch"
                    class="switch"
                    prop:checked=move || preferences.with(|chosen| chosen.letters)
                    on:change=move |event| {
                        let on = event_target_checked(&event);
                        preferences.update(|chosen| chosen.letters = on);
                    }
                />
            </label>
        </Dialog>
    }
    .late()
}

/// Keys and what they are for, under a heading.
fn section(heading: &'static str, rows: Vec<(&'static [&'static str], &'static str)>) -> AnyView {
    let rows = rows.into_iter().map(|(keys, word)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> });
        view! {
            <dt>{keys.collect_view()}</dt>
            <dd>{word}</dd>
        }
        .late()
    });
    view! {
        <section>
            <h3>{heading}</h3>
            <dl class="keys">{rows.collect_view()}</dl>
        </section>
    }
    .late()
}
