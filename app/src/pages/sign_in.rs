//! The sign-in page.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use protocol::forms::SignInForm;

use crate::api::SignedIn;
use crate::api::loading::load;
use crate::api::setup::load_workspace;
use crate::api::sign_in::sign_in;
use crate::live::browser::{self, field_value};
use crate::parts::field::{Field, Purpose};
use crate::parts::follow::{effect, reads};
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

#[component]
fn Door(workspace: String) -> impl IntoView {
    let signing_in = Action::new(|form: &SignInForm| sign_in(form.clone()));
    let answer = signing_in.value();
    // A whole load: the page after this one belongs to somebody.
    effect(move || {
        if matches!(answer.get(), Some(Ok(()))) {
            browser::go("/inbox");
        }
    });
    let alert = move || {
        answer.get().and_then(Result::err).map(|error| {
            view! {
                <p class="alert" role="alert">
                    <Icon name="alert" size="s"/>
                    <span>{error.sentence()}</span>
                </p>
            }
            .painted()
        })
    };
    let busy = reads(move || signing_in.pending().get() || matches!(answer.get(), Some(Ok(()))));
    let send = Callback::new(move |event: SubmitEvent| {
        let read = |name| field_value(&event, name);
        signing_in.dispatch(SignInForm {
            email: read("email"),
            password: read("password"),
        });
    });
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
                <Form button=t::sign_in() busy send>
                    {alert}
                    <Field purpose=email() error=None/>
                    <Field purpose=password() error=None/>
                </Form>
                <a class="btn" data-kind="quiet" href="/forgot">
                    {t::forgot_title()}
                </a>
            </div>
            <footer>{t::runs_on_your_server()}</footer>
        </main>
    }
    .painted()
}
