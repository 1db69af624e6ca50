//! The first run: one form that makes the workspace, its owner and its first chatbot.

use domain::forms::{check_email, check_name, check_password};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use protocol::Refusal;
use protocol::forms::SetupForm;
use protocol::refusal::Field as Named;

use crate::api::error::At;
use crate::api::loading::load;
use crate::api::setup::{load_workspace, set_up};
use crate::live::browser::{self, field_value};
use crate::parts::field::{Field, Purpose};
use crate::parts::follow::{effect, reads};
use crate::parts::form::Form;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::{self, t};

/// Leads on to the sign-in once there is a workspace.
#[component]
pub(crate) fn Setup() -> impl IntoView {
    let workspace = load(|| (), |()| load_workspace());
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
        <Title text=t::title_setup()/>
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
                    {t::baton()}
                </span>
                <span>{t::first_run()}</span>
            </header>
            <main>
                <div class="stack">
                    <div>
                        <h1>{t::set_up_workspace()}</h1>
                        <p class="lead-in">
                            {t::set_up_about()}
                        </p>
                    </div>
                    <Fields/>
                </div>
            </main>
        </div>
    }
    .painted()
}

/// The fields, in the order in which they are asked for.
fn purposes() -> [(At, Purpose); 6] {
    [
        (
            At::Token,
            Purpose {
                label: t::setup_token(),
                name: "token",
                kind: "text",
                autocomplete: "off",
                hint: t::setup_token_about(),
            },
        ),
        (
            At::Field(Named::Workspace),
            Purpose {
                label: t::workspace(),
                name: "workspace",
                kind: "text",
                autocomplete: "organization",
                hint: t::workspace_about(),
            },
        ),
        (
            At::Field(Named::Name),
            Purpose {
                label: t::your_name(),
                name: "name",
                kind: "text",
                autocomplete: "name",
                hint: t::your_name_about(),
            },
        ),
        (
            At::Field(Named::Email),
            Purpose {
                label: t::your_email(),
                name: "email",
                kind: "email",
                autocomplete: "username",
                hint: t::your_email_about(),
            },
        ),
        (
            At::Field(Named::Password),
            Purpose {
                label: t::password(),
                name: "password",
                kind: "password",
                autocomplete: "new-password",
                hint: t::password_about(),
            },
        ),
        (
            At::Field(Named::Chatbot),
            Purpose {
                label: t::chatbot(),
                name: "chatbot",
                kind: "text",
                autocomplete: "off",
                hint: t::chatbot_about(),
            },
        ),
    ]
}

#[component]
fn Fields() -> impl IntoView {
    let setting_up = Action::new(|form: &SetupForm| set_up(form.clone()));
    let answer = setting_up.value();
    // What is wrong, as far as it is known; a field's own check takes the server's word away.
    let wrong = RwSignal::new(Vec::<(At, String)>::new());
    effect(move || match answer.get() {
        Some(Ok(())) => browser::go("/begin"),
        Some(Err(error)) => {
            wrong.set(vec![(error.at(), error.sentence())]);
            request_animation_frame(|| browser::focus("[aria-invalid=true]"));
        }
        None => {}
    });
    let error_at = move |at| {
        let wrong = wrong.read();
        wrong
            .iter()
            .find(|(wrong, _)| *wrong == at)
            .map(|(_, why)| why.clone())
    };
    let check = move |at: At, value: String| {
        let mut wrong = wrong.write();
        wrong.retain(|(wrong, _)| *wrong != at);
        wrong.extend(judged(at, &value));
    };
    let fields = purposes().map(|(at, purpose)| {
        let error = reads(move || error_at(at));
        view! { <Field purpose error on_change=Callback::new(move |value| check(at, value))/> }
            .painted()
    });
    let alert = move || {
        error_at(At::Form).map(|why| {
            view! {
                <p class="error" role="alert">
                    <Icon name="alert"/>
                    {why}
                </p>
            }
            .painted()
        })
    };
    let busy = reads(move || setting_up.pending().get() || matches!(answer.get(), Some(Ok(()))));
    let send = Callback::new(move |event: SubmitEvent| {
        let read = |name| field_value(&event, name);
        // The server says one thing at a time; what is plainly wrong is said at once.
        let fields = purposes().into_iter();
        let found = fields.filter_map(|(at, purpose)| judged(at, &read(purpose.name)));
        let found: Vec<_> = found.collect();
        if !found.is_empty() {
            wrong.set(found);
            return request_animation_frame(|| browser::focus("[aria-invalid=true]"));
        }
        setting_up.dispatch(SetupForm {
            token: read("token"),
            workspace: read("workspace"),
            name: read("name"),
            email: read("email"),
            password: read("password"),
            chatbot: read("chatbot"),
        });
    });
    view! {
        <Form button=t::set_up() busy send>
            {fields.collect_view()}
            {alert}
        </Form>
    }
    .painted()
}

/// What is wrong with a field as far as the browser can tell.
fn judged(at: At, value: &str) -> Option<(At, String)> {
    let refusal = match at {
        At::Token => value.trim().is_empty().then_some(Refusal::SetupTokenWrong),
        At::Field(field) => checked(field, value).err(),
        At::Form => None,
    };
    refusal.map(|refusal| (at, words::refusal(&refusal)))
}

fn checked(field: Named, value: &str) -> Result<(), Refusal> {
    match field {
        Named::Workspace | Named::Name | Named::Chatbot => check_name(field, value),
        Named::Email => check_email(value),
        Named::Password => check_password(value),
        // Fields of what visitors fill in; the server is the judge of those.
        Named::Phone
        | Named::Message
        | Named::Custom(_)
        | Named::Consent
        | Named::Contact
        | Named::Shortcut
        | Named::Title
        | Named::Company
        | Named::AttributeName
        | Named::Attribute => Ok(()),
    }
}
