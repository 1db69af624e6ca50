//! The first run: one form that makes the workspace, its owner and its first chatbot.

use domain::forms::{check_email, check_name, check_password};
use leptos::form::ActionForm;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use protocol::Refusal;
use protocol::refusal::Field as Named;

use crate::api::ApiError;
use crate::api::setup::{SetUpNow, load_workspace};
use crate::live::browser;
use crate::parts::field::{Field, Purpose};
use crate::parts::follow::effect;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;

/// Leads on to the sign-in once there is a workspace.
#[component]
pub(crate) fn Setup() -> impl IntoView {
    let workspace = Resource::new(|| (), |()| load_workspace());
    let page = move || {
        Suspend::new(async move {
            match workspace.await {
                Ok(None) => view! { <FirstRun/> }.painted(),
                Ok(Some(_)) => view! { <Redirect path="/sign-in"/> }.painted(),
                Err(error) => view! { <Trouble error/> }.painted(),
            }
        })
    };
    view! {
        <Title text="Set up · Baton"/>
        <Suspense>{page}</Suspense>
    }
    .painted()
}

#[component]
fn FirstRun() -> impl IntoView {
    view! {
        <div class="wiz">
            <header>
                <span class="logo">
                    <Icon name="baton"/>
                    "Baton"
                </span>
                <span>"First run"</span>
            </header>
            <main>
                <div class="stack">
                    <div>
                        <h1>"Set up your workspace"</h1>
                        <p class="lead-in">
                            "You become its owner. Everything here can be changed later, and nothing leaves this server."
                        </p>
                    </div>
                    <Form/>
                </div>
            </main>
        </div>
    }
    .painted()
}

/// The fields, in the order in which they are asked for.
const FIELDS: [(Option<Named>, Purpose); 6] = [
    (
        None,
        Purpose {
            label: "Setup token",
            name: "form[token]",
            kind: "text",
            autocomplete: "off",
            hint: "It stands in the server's console output, so that only whoever runs the server can set it up.",
        },
    ),
    (
        Some(Named::Workspace),
        Purpose {
            label: "Workspace",
            name: "form[workspace]",
            kind: "text",
            autocomplete: "organization",
            hint: "Your company or team, as your colleagues know it.",
        },
    ),
    (
        Some(Named::Name),
        Purpose {
            label: "Your name",
            name: "form[name]",
            kind: "text",
            autocomplete: "name",
            hint: "Visitors see it when you answer.",
        },
    ),
    (
        Some(Named::Email),
        Purpose {
            label: "Your e-mail",
            name: "form[email]",
            kind: "email",
            autocomplete: "username",
            hint: "You sign in with it.",
        },
    ),
    (
        Some(Named::Password),
        Purpose {
            label: "Password",
            name: "form[password]",
            kind: "password",
            autocomplete: "new-password",
            hint: "15 characters at least. A few words in a row are easy to remember.",
        },
    ),
    (
        Some(Named::Chatbot),
        Purpose {
            label: "Chatbot",
            name: "form[chatbot]",
            kind: "text",
            autocomplete: "off",
            hint: "The name visitors see at the head of the chat, such as Shop help.",
        },
    ),
];

#[component]
fn Form() -> impl IntoView {
    let set_up = ServerAction::<SetUpNow>::new();
    // What is wrong, as far as it is known; a field's own check takes the server's word away.
    let wrong = RwSignal::new(Vec::<(Option<Named>, String)>::new());
    let trouble = RwSignal::new(None::<ApiError>);
    effect(move || match set_up.value().get() {
        Some(Ok(())) => browser::go("/embed"),
        Some(Err(error)) => {
            let at = match &error {
                ApiError::Refused(Refusal::SetupTokenWrong) => Some(None),
                ApiError::Refused(Refusal::FieldInvalid { field, .. }) => Some(Some(*field)),
                _ => None,
            };
            match at {
                Some(at) => wrong.set(vec![(at, error.sentence())]),
                None => trouble.set(Some(error)),
            }
            request_animation_frame(|| browser::focus("[aria-invalid=true]"));
        }
        None => {}
    });
    let check = move |at: Option<Named>, value: String| {
        wrong.update(|wrong| {
            wrong.retain(|(field, _)| *field != at);
            if let Some(Err(refusal)) = at.map(|field| checked(field, &value)) {
                wrong.push((at, refusal.to_string()));
            }
        });
    };
    let fields = FIELDS.map(|(at, purpose)| {
        let error = Signal::derive(move || {
            wrong.with(|wrong| {
                wrong
                    .iter()
                    .find(|(field, _)| *field == at)
                    .map(|(_, why)| why.clone())
            })
        });
        view! { <Field purpose error on_change=Callback::new(move |value| check(at, value))/> }
    });
    view! {
        <ActionForm action=set_up>
            {fields.collect_view()}
            {move || trouble.get().map(|error| view! { <Trouble error/> })}
            <div class="row go-on">
                <button
                    class="btn lg"
                    data-kind="primary"
                    aria-busy=move || set_up.pending().get().then_some("true")
                >
                    "Set up"
                </button>
            </div>
        </ActionForm>
    }
    .painted()
}

fn checked(field: Named, value: &str) -> Result<(), Refusal> {
    match field {
        Named::Workspace | Named::Name | Named::Chatbot => check_name(field, value),
        Named::Email => check_email(value),
        Named::Password => check_password(value),
    }
}
