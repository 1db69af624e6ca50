//! Another password.

use leptos::prelude::*;
use protocol::profile::{PasswordForm, ProfileEdit};

use super::Page;
use super::asking::{Asking, Place, password_now};
use crate::live::browser::{empty_form, field_value};
use crate::parts::field::Purpose;
use crate::parts::painted::IntoPainted;
use crate::words::t;

pub(super) fn view(page: Page) -> AnyView {
    let asking = Asking::new();
    let fields = view! {
        // So that the browser keeps the password under the right name.
        <input
            type="hidden"
            name="username"
            autocomplete="username"
            value=page.view.with_untracked(|view| view.email.clone())
        />
        {asking.field(Place::Password, password_now(), String::new())}
        {asking.field(Place::NewPassword, new_password(), String::new())}
    };
    let form = asking.form(t::change_password(), fields.painted(), move |event| {
        let form = PasswordForm {
            current: field_value(&event, "password"),
            new: field_value(&event, "new"),
        };
        asking.send(ProfileEdit::Password(form), move |done| {
            empty_form(&event);
            page.ended(&done, t::password_changed);
        });
    });
    view! {
        <section class="block" aria-label=t::password()>
            <p class="hint">{t::change_password_about()}</p>
            {form}
        </section>
    }
    .painted()
}

fn new_password() -> Purpose {
    Purpose {
        label: t::new_password(),
        name: "new",
        kind: "password",
        autocomplete: "new-password",
        hint: t::password_about(),
    }
}
