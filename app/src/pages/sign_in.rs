//! The sign-in page.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use protocol::Refusal;
use protocol::forms::{FirstStep, SignInForm};

use crate::api::loading::load;
use crate::api::setup::load_workspace;
use crate::api::sign_in::sign_in;
use crate::api::{ApiError, SignedIn};
use crate::live::browser::{self, field_value};
use crate::parts::field::{Field, Purpose};
use crate::parts::form::Form;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::t;

/// Leads on when somebody is signed in already, or when there is no workspace yet.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    let SignedIn(signed_in) = expect_context();
    let workspace = load(|| (), |()| load_workspace());
    let page = move || {
        Suspend::new(async move {
            match (workspace.await, signed_in.await) {
                (Ok(None), _) => view! { <Redirect path="/setup"/> }.painted(),
                (_, Ok(Some(_))) => view! { <Redirect path="/inbox"/> }.painted(),
                (Ok(Some(name)), _) => view! { <Door workspace=name/> }.painted(),
                (Err(error), _) => view! { <Trouble error/> }.painted(),
            }
        })
    };
    view! {
        <Title text=t::title_sign_in()/>
        <Suspense>{page}</Suspense>
    }
    .painted()
}

fn email() -> Purpose {
    Purpose {
        label: t::email(),
        name: "email",
        kind: "email",
        autocomplete: "username",
        hint: "",
    }
}

fn password() -> Purpose {
    Purpose {
        label: t::password(),
        name: "password",
        kind: "password",
        autocomplete: "current-password",
        hint: "",
    }
}

fn code() -> Purpose {
    Purpose {
        label: t::code_word(),
        name: "code",
        kind: "text",
        autocomplete: "one-time-code",
        hint: t::code_about(),
    }
}

#[component]
fn Door(workspace: String) -> impl IntoView {
    // The secret of the first step, once a code is asked for.
    let half = RwSignal::new(None::<String>);
    let wrong = RwSignal::new(None::<ApiError>);
    let busy = RwSignal::new(false);
    let answered = move |answer: Result<FirstStep, ApiError>| match answer {
        // A whole load, on which the server leads on to what was asked for: the page after this one
        // belongs to somebody.
        Ok(FirstStep::In) => browser::reload(),
        Ok(FirstStep::CodeAsked(token)) => {
            busy.set(false);
            half.set(Some(token));
            request_animation_frame(|| browser::focus("#code"));
        }
        Err(error) => {
            busy.set(false);
            let over = matches!(
                &error,
                ApiError::Refused {
                    refusal: Refusal::SignInOver,
                    ..
                }
            );
            if over {
                half.set(None);
            }
            wrong.set(Some(error));
        }
    };
    let send = Callback::new(move |event: SubmitEvent| {
        let read = |name| field_value(&event, name);
        busy.set(true);
        wrong.set(None);
        let form = SignInForm {
            email: read("email"),
            password: read("password"),
            token: half.get_untracked().unwrap_or_default(),
            code: read("code"),
        };
        leptos::task::spawn_local(async move { answered(sign_in(form).await) });
    });
    let alert = move || {
        wrong.get().map(|error| {
            view! {
                <p class="alert" role="alert">
                    <Icon name="alert" size="s"/>
                    <span>{error.sentence()}</span>
                </p>
            }
            .painted()
        })
    };
    let form = move || {
        if half.read().is_none() {
            view! {
                <Form button=t::sign_in() busy send>
                    {alert}
                    <Field purpose=email() error=None/>
                    <Field purpose=password() error=None/>
                </Form>
                <a class="btn" data-kind="quiet" href="/forgot">
                    {t::forgot_title()}
                </a>
            }
            .painted()
        } else {
            view! {
                <Form button=t::sign_in() busy send>
                    {alert}
                    <Field purpose=code() error=None/>
                </Form>
                <button
                    type="button"
                    class="btn"
                    data-kind="quiet"
                    on:click=move |_| {
                        wrong.set(None);
                        half.set(None);
                    }
                >
                    <Icon name="left" size="s"/>
                    {t::from_the_beginning()}
                </button>
            }
            .painted()
        }
    };
    view! {
        <main class="gate">
            <div class="door">
                <div>
                    <span class="logo">
                        <Icon name="baton"/>
                        {t::baton()}
                    </span>
                    <h1>{t::sign_in_to(&workspace)}</h1>
                </div>
                {form}
            </div>
            <footer>{t::runs_on_your_server()}</footer>
        </main>
    }
    .painted()
}
