//! What is not saved yet, and saving it.

use std::time::Duration;

use leptos::prelude::*;

use super::editing::{Editing, Saving};
use super::section::Section;
use crate::live::browser;
use crate::parts::follow::{effect, reads};
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// How often it is looked for the field that needs a look, and how long after the last time: the section
/// that it is in may have to be shown first.
const LOOKS: u32 = 20;
const NEXT_LOOK: Duration = Duration::from_millis(50);

/// Below the section: how many parts were changed, what is wrong, Discard and Save.
pub(super) fn save_bar(at: Editing, base: String) -> AnyView {
    let changed = Memo::new(move |_| at.changed().len() as u64);
    let busy = reads(move || at.saving.get() == Saving::Busy);
    let said = move || {
        let saved = at.saving.get() == Saving::Saved && changed.get() == 0;
        if saved { t::saved_holds() } else { "" }
    };
    // A bar that is gone gives the focus to the section above it.
    effect(move || {
        if changed.get() == 0 && browser::has_focus(".save-bar *") {
            browser::focus("#page");
        }
    });
    view! {
        <p class="said" role="status">
            {said}
        </p>
        <div
            class="save-bar"
            role="group"
            aria-label=t::not_saved_yet()
            hidden=move || changed.get() == 0
        >
            <span>{move || t::changes(changed.get())}</span>
            {refused(at, base)}
            {overtaken(at)}
            <span class="push"></span>
            <button type="button" class="btn" disabled=busy on:click=move |_| at.discard()>
                {t::discard()}
            </button>
            <button
                type="button"
                class="btn"
                data-kind="primary"
                aria-busy=move || busy.get().then_some("true")
                on:click=move |_| at.save()
            >
                {t::save()}
            </button>
        </div>
    }
    .painted()
}

/// Why it was not saved; with a way to the field, where it is one.
fn refused(at: Editing, base: String) -> AnyView {
    let shown = move || {
        let Saving::Refused(error) = at.saving.get() else {
            return ().painted();
        };
        if at.is_overtaken() {
            return ().painted();
        }
        let words = match at.wrong() {
            Some((path, _)) => {
                let href = Section::href_of_path(&base, &path);
                let field = href.rsplit('#').next().unwrap_or_default().to_owned();
                let follows = move |_| go_to(field.clone(), LOOKS);
                view! {
                    <a href=href on:click=follows>
                        {t::needs_a_look()}
                    </a>
                }
                .painted()
            }
            None => error.sentence().painted(),
        };
        view! {
            <p class="error" role="alert">
                <Icon name="alert"/>
                {words}
            </p>
        }
        .painted()
    };
    shown.painted()
}

/// The field has the focus once it is there; of several that go by one name, the first that is wrong.
fn go_to(field: String, looks: u32) {
    let look = move || {
        let fields = [
            format!("[id=\"{field}\"] [aria-invalid=true]"),
            format!("[id=\"{field}\"]:is(input, select, textarea)"),
            format!("[id=\"{field}\"] input"),
        ];
        match fields.iter().find(|one| browser::has(one)) {
            Some(found) => browser::focus(found),
            None if looks > 0 => go_to(field, looks - 1),
            None => (),
        }
    };
    set_timeout(look, NEXT_LOOK);
}

/// Somebody else saved meanwhile: both ways on.
fn overtaken(at: Editing) -> AnyView {
    let shown = move || {
        if !at.is_overtaken() {
            return ().painted();
        }
        view! {
            <p class="error" role="alert">
                <Icon name="alert"/>
                {t::overtaken()}
            </p>
            <button type="button" class="btn" on:click=move |_| catch_up(at, false)>
                {t::show_theirs()}
            </button>
            <button type="button" class="btn" on:click=move |_| catch_up(at, true)>
                {t::keep_mine()}
            </button>
        }
        .painted()
    };
    shown.painted()
}

fn catch_up(at: Editing, keep: bool) {
    // The button goes when it is done.
    browser::focus(".save-bar [data-kind=primary]");
    at.catch_up(keep);
}
