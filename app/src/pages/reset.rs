//! A new password by a link: its secret stands behind the `#`, which only this page reads.

use domain::forms::check_password;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use protocol::delivery::{ResetForm, ResetView};

use super::forgot::door;
use crate::api::ApiError;
use crate::api::mail::{load_reset, reset_password};
use crate::live::browser::{self, field_value};
use crate::parts::field::{Field, Purpose};
use crate::parts::follow::{effect, reads};
use crate::parts::form::Form;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::t;

/// Whose password it is, and the form for a new one.
#[component]
pub(crate) fn Reset() -> impl IntoView {
    let token = RwSignal::new(String::new());
    let loading = Action::new(|token: &String| load_reset(token.clone()));
    let answer = loading.value();
    // Only the browser knows what stands behind the `#`.
    effect(move || {
        let secret = browser::fragment();
        token.set(secret.clone());
        loading.dispatch(secret);
    });
    let page = move || match answer.get() {
        None => view! { <p role="status">{t::reading_link()}</p> }.painted(),
        Some(Ok(of)) => view! { <Choose of token/> }.painted(),
        Some(Err(error)) => view! {
            <Trouble error/>
            <a class="btn" data-kind="quiet" href="/forgot" rel="external">
                {t::forgot_again()}
            </a>
        }
        .painted(),
    };
    view! {
        <Title text=t::reset_title()/>
        {door(view! {
            <h1>{t::reset_title()}</h1>
            {page}
        }.painted())}
    }
    .painted()
}

fn password() -> Purpose {
    Purpose {
        label: t::new_password(),
        name: "password",
        kind: "password",
        autocomplete: "new-password",
        hint: t::password_about(),
    }
}

#[component]
fn Choose(of: ResetView, token: RwSignal<String>) -> impl IntoView {
    let ResetView { workspace, email } = of;
    let saving = Action::new(|form: &ResetForm| reset_password(form.clone()));
    let answer = saving.value();
    // What is wrong before it is sent.
    let early = RwSignal::new(None::<ApiError>);
    let done = Memo::new(move |_| matches!(answer.get(), Some(Ok(()))));
    let wrong = reads(move || {
        let late = answer.get().and_then(Result::err);
        early.get().or(late).map(|error| error.sentence())
    });
    let busy = reads(move || saving.pending().get());
    let send = Callback::new(move |event: SubmitEvent| {
        let password = field_value(&event, "password");
        early.set(check_password(&password).err().map(ApiError::from));
        if early.with_untracked(Option::is_none) {
            saving.dispatch(ResetForm {
                token: token.get_untracked(),
                password,
            });
        }
    });
    let about = t::reset_about(&email, &workspace);
    let form = move || {
        let email = email.clone();
        view! {
            <p class="lead-in">{about.clone()}</p>
            <Form button=t::reset_now() busy send>
                // So that the browser keeps the password under the right name.
                <input type="hidden" name="username" autocomplete="username" value=email/>
                <Field purpose=password() error=wrong/>
            </Form>
        }
        .painted()
    };
    move || match done.get() {
        true => view! {
            <p role="status">{t::reset_done()}</p>
            <a class="btn lg wide" data-kind="primary" href="/sign-in" rel="external">
                    {t::sign_in()}
                </a>
        }
        .painted(),
        false => form(),
    }
}
