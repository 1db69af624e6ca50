//! The sign-in page. The form works before the app has loaded, too.

use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;

use crate::api::SignedIn;
use crate::api::setup::load_workspace;
use crate::api::sign_in::SignInNow;
use crate::live::browser;
use crate::parts::field::{Field, Purpose};
use crate::parts::follow::effect;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;

/// Leads on when somebody is signed in already, or when there is no workspace yet.
#[component]
pub(crate) fn SignIn() -> impl IntoView {
    let SignedIn(signed_in) = expect_context();
    let workspace = Resource::new(|| (), |()| load_workspace());
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
        <Title text="Sign in · Baton"/>
        <Suspense>{page}</Suspense>
    }
    .painted()
}

#[component]
fn Door(workspace: String) -> impl IntoView {
    let sign_in = ServerAction::<SignInNow>::new();
    let refused = move || sign_in.value().get().and_then(Result::err);
    // A whole load: the page after this one belongs to somebody.
    effect(move || {
        if matches!(sign_in.value().get(), Some(Ok(()))) {
            browser::go("/inbox");
        }
    });
    let alert = move || {
        refused().map(|error| {
            view! {
                <p class="alert" role="alert">
                    <Icon name="alert" size="s"/>
                    <span>{error.sentence()}</span>
                </p>
            }
        })
    };
    view! {
        <main class="gate">
            <div class="door">
                <div>
                    <span class="logo">
                        <Icon name="baton"/>
                        "Baton"
                    </span>
                    <h1>{format!("Sign in to {workspace}")}</h1>
                </div>
                <ActionForm action=sign_in>
                    {alert}
                    <Field
                        purpose=Purpose {
                            label: "E-mail",
                            name: "form[email]",
                            kind: "email",
                            autocomplete: "username",
                            hint: "",
                        }
                        error=None
                    />
                    <Field
                        purpose=Purpose {
                            label: "Password",
                            name: "form[password]",
                            kind: "password",
                            autocomplete: "current-password",
                            hint: "",
                        }
                        error=None
                    />
                    <button
                        class="btn lg wide"
                        data-kind="primary"
                        aria-busy=move || sign_in.pending().get().then_some("true")
                    >
                        "Sign in"
                    </button>
                </ActionForm>
            </div>
            <footer>"Baton runs on your own server."</footer>
        </main>
    }
    .painted()
}
