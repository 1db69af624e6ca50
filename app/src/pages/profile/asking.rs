//! A form of the profile: it asks the server once at a time, and says at the field what is wrong.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::Refusal;
use protocol::profile::{ProfileDone, ProfileEdit};
use protocol::refusal::{Field as Named, Problem};

use crate::api::ApiError;
use crate::api::profile::edit_profile;
use crate::live::browser;
use crate::parts::field::{Field, Purpose};
use crate::parts::follow::reads;
use crate::parts::form::Form;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::wrong;
use crate::words::{self, t};

/// A place in a form that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Form,
    Name,
    Phone,
    /// The place of quiet hours, and whatever else of them.
    Zone,
    /// The password that there is, and the one that is to be.
    Password,
    NewPassword,
    Code,
    /// What a token may.
    Scopes,
}

/// A form that is sent, and what it came to.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    busy: RwSignal<bool>,
    wrong: RwSignal<Option<ApiError>>,
}

impl Asking {
    pub(super) fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            wrong: RwSignal::new(None),
        }
    }

    /// Sends something and goes on with what came of it, or shows why not.
    pub(super) fn send(self, edit: ProfileEdit, done: impl FnOnce(ProfileDone) + 'static) {
        self.sends(edit, Box::new(done));
    }

    // Compiled once and not for every form.
    fn sends(self, edit: ProfileEdit, done: Box<dyn FnOnce(ProfileDone)>) {
        self.busy.set(true);
        self.wrong.set(None);
        leptos::task::spawn_local(async move {
            let answer = edit_profile(edit).await;
            let _free = self.busy.try_set(false);
            match answer {
                Ok(answer) => done(answer),
                Err(error) => {
                    let _told = self.wrong.try_set(Some(error));
                    request_animation_frame(|| browser::focus("[aria-invalid=true]"));
                }
            }
        });
    }

    /// A field of it.
    pub(super) fn field(self, place: Place, purpose: Purpose, value: String) -> AnyView {
        let error = reads(move || self.error_at(place));
        view! { <Field purpose error value/> }.painted()
    }

    /// The whole form.
    pub(super) fn form(
        self,
        button: &'static str,
        fields: AnyView,
        send: impl Fn(SubmitEvent) + Send + Sync + 'static,
    ) -> AnyView {
        let alert = self.alert(Place::Form);
        let send = Callback::new(send);
        view! {
            <Form button busy=self.busy send>
                {alert}
                {fields}
            </Form>
        }
        .painted()
    }

    /// What is wrong at a place that is no field.
    pub(super) fn alert(self, place: Place) -> AnyView {
        let alert = move || self.error_at(place).map(wrong);
        alert.painted()
    }

    fn error_at(self, place: Place) -> Option<String> {
        let wrong = self.wrong.read();
        let error = wrong.as_ref().filter(|error| place_of(error) == place);
        // The hint gives way to it, so it has to say the same.
        error.map(|error| match place {
            Place::Phone => t::phone_wrong().to_owned(),
            Place::Zone => quiet_wrong(error),
            Place::Scopes => t::choose_scopes().to_owned(),
            _ => too_many(error).unwrap_or_else(|| error.sentence()),
        })
    }
}

/// That there are as many tokens as there may be.
fn too_many(error: &ApiError) -> Option<String> {
    match error {
        ApiError::Refused {
            refusal:
                Refusal::SettingInvalid {
                    problem: Problem::TooMany { limit },
                    ..
                },
            ..
        } => Some(t::too_many_tokens(limit)),
        _ => None,
    }
}

fn place_of(error: &ApiError) -> Place {
    let ApiError::Refused { refusal, .. } = error else {
        return Place::Form;
    };
    match refusal {
        Refusal::PasswordWrong => Place::Password,
        Refusal::CodeWrong => Place::Code,
        Refusal::SettingInvalid { setting, .. } => match setting.as_str() {
            "scopes" => Place::Scopes,
            "tokens" => Place::Form,
            _ => Place::Zone,
        },
        Refusal::FieldInvalid { field, .. } => match field {
            Named::Name => Place::Name,
            Named::Phone => Place::Phone,
            Named::Password => Place::NewPassword,
            _ => Place::Form,
        },
        _ => Place::Form,
    }
}

/// What is wrong with quiet hours.
fn quiet_wrong(error: &ApiError) -> String {
    match error {
        ApiError::Refused {
            refusal:
                Refusal::SettingInvalid {
                    problem: Problem::Missing,
                    ..
                },
            ..
        } => t::quiet_on_no_day().to_owned(),
        ApiError::Refused {
            refusal: Refusal::SettingInvalid { problem, .. },
            ..
        } => words::problem(*problem),
        _ => error.sentence(),
    }
}

/// The field for the password that there is.
pub(super) fn password_now() -> Purpose {
    Purpose {
        label: t::password_now(),
        name: "password",
        kind: "password",
        autocomplete: "current-password",
        hint: "",
    }
}
