//! The second step of signing in: the key to scan, the first code, the recovery codes, and the way back.

use leptos::prelude::*;
use protocol::profile::{KeyOffer, ProfileDone, ProfileEdit};

use super::super::embed::Snippet;
use super::Page;
use super::asking::{Asking, Place, password_now};
use crate::live::browser::{self, field_value};
use crate::parts::field::Purpose;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// How far one has come.
#[derive(Clone, PartialEq, Eq)]
enum Step {
    /// As the server has it: on or off.
    Rest,
    Scan(KeyOffer),
    /// The recovery codes, which are shown only now.
    Keep(Vec<String>),
    /// On, and new recovery codes are wanted.
    Renew,
}

pub(super) fn view(page: Page) -> AnyView {
    let step = RwSignal::new(Step::Rest);
    let shown = move || match step.get() {
        Step::Scan(offer) => scan(page, step, offer),
        Step::Keep(codes) => keep(page, step, &codes),
        Step::Renew => renew(page, step),
        Step::Rest => match page.view.read().recovery_codes {
            None => off(step),
            Some(left) => on(page, step, left),
        },
    };
    view! {
        <section class="block" aria-label=t::two_steps()>
            <p class="hint">{t::two_steps_about()}</p>
            {shown}
        </section>
    }
    .painted()
}

fn off(step: RwSignal<Step>) -> AnyView {
    let asking = Asking::new();
    let field = asking.field(Place::Password, password_now(), String::new());
    let form = asking.form(t::begin_two_steps(), field, move |event| {
        let password = field_value(&event, "password");
        asking.send(ProfileEdit::BeginTwoSteps(password), move |done| {
            if let ProfileDone::Offered(offer) = done {
                let _shown = step.try_set(Step::Scan(offer));
                request_animation_frame(|| browser::focus("#code"));
            }
        });
    });
    view! {
        <p>{t::two_steps_off()}</p>
        {form}
    }
    .painted()
}

fn scan(page: Page, step: RwSignal<Step>, offer: KeyOffer) -> AnyView {
    // With the white rim of four modules that a reader needs (ISO/IEC 18004, 6.3.8).
    let side = offer.side + 8;
    let asking = Asking::new();
    let field = asking.field(Place::Code, code(), String::new());
    let form = asking.form(t::confirm_two_steps(), field, move |event| {
        let code = field_value(&event, "code");
        asking.send(ProfileEdit::ConfirmTwoSteps(code), move |done| {
            if let ProfileDone::Confirmed(codes) = done {
                let _shown = step.try_set(Step::Keep(codes));
                page.load_again(t::two_steps_are_on().to_owned());
            }
        });
    });
    view! {
        <p>{t::scan_about()}</p>
        <div class="key">
            <svg class="qr" role="img" aria-label=t::qr_of_key() viewBox=format!("-4 -4 {side} {side}")>
                <path d=offer.dark></path>
            </svg>
            <Snippet name=t::key_as_text() text=offer.key/>
        </div>
        {form}
        {quiet(t::cancel(), step, Step::Rest)}
    }
    .painted()
}

/// A button that leads to another step.
fn quiet(word: &'static str, step: RwSignal<Step>, to: Step) -> AnyView {
    let go = move |_| {
        step.set(to.clone());
        request_animation_frame(|| browser::focus("#password"));
    };
    view! {
        <div>
            <button type="button" class="btn" data-kind="quiet" on:click=go>
                {word}
            </button>
        </div>
    }
    .painted()
}

fn renew(page: Page, step: RwSignal<Step>) -> AnyView {
    let asking = Asking::new();
    let field = asking.field(Place::Password, password_now(), String::new());
    let form = asking.form(t::make_new_codes(), field, move |event| {
        let password = field_value(&event, "password");
        asking.send(ProfileEdit::NewRecovery(password), move |done| {
            if let ProfileDone::Confirmed(codes) = done {
                let _shown = step.try_set(Step::Keep(codes));
                page.load_again(t::codes_are_new().to_owned());
            }
        });
    });
    view! {
        <p>{t::new_codes_about()}</p>
        {form}
        {quiet(t::cancel(), step, Step::Rest)}
    }
    .painted()
}

fn keep(page: Page, step: RwSignal<Step>, codes: &[String]) -> AnyView {
    let done = move |_| {
        page.said.set(String::new());
        step.set(Step::Rest);
    };
    view! {
        <p>{t::keep_codes_about()}</p>
        <Snippet name=t::recovery_codes() text=codes.join("\n")/>
        <div>
            <button type="button" class="btn" data-kind="primary" on:click=done>
                <Icon name="check" size="s"/>
                {t::codes_are_kept()}
            </button>
        </div>
    }
    .painted()
}

fn on(page: Page, step: RwSignal<Step>, left: u32) -> AnyView {
    let asking = Asking::new();
    let field = asking.field(Place::Password, password_now(), String::new());
    let form = asking.form(t::end_two_steps(), field, move |event| {
        let password = field_value(&event, "password");
        asking.send(ProfileEdit::EndTwoSteps(password), move |_| {
            page.load_again(t::two_steps_are_off().to_owned());
        });
    });
    view! {
        <p>
            <span class="chip" data-kind="good">{t::two_steps_on()}</span>
            " "
            {t::codes_left(u64::from(left))}
        </p>
        {quiet(t::new_codes(), step, Step::Renew)}
        {form}
    }
    .painted()
}

fn code() -> Purpose {
    Purpose {
        label: t::code_word(),
        name: "code",
        kind: "text",
        autocomplete: "one-time-code",
        hint: t::first_code_about(),
    }
}
