//! Joining the team by a link: its secret stands behind the `#`, which only this page reads.

use domain::forms::{check_name, check_password};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use protocol::Refusal;
use protocol::refusal::Field as Named;
use protocol::team::{InvitedView, JoinForm};

use crate::api::error::At;
use crate::api::team::{join, load_invite};
use crate::live::browser::{self, field_value};
use crate::parts::field::{Field, Purpose};
use crate::parts::follow::{effect, reads};
use crate::parts::form::Form;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::{self, t};

/// Who invites to what, and the form that makes the agent.
#[component]
pub(crate) fn Join() -> impl IntoView {
    let token = RwSignal::new(String::new());
    let loading = Action::new(|token: &String| load_invite(token.clone()));
    let answer = loading.value();
    // Only the browser knows what stands behind the `#`.
    effect(move || {
        let secret = browser::fragment();
        token.set(secret.clone());
        loading.dispatch(secret);
    });
    let page = move || match answer.get() {
        None => view! { <p role="status">{t::reading_invite()}</p> }.painted(),
        Some(Ok(invited)) => view! { <Door invited token/> }.painted(),
        Some(Err(error)) => view! {
            <h1>{t::join_title()}</h1>
            <Trouble error/>
        }
        .painted(),
    };
    view! {
        <Title text=t::join_title()/>
        <main class="gate">
            <div class="door">
                <span class="logo">
                    <Icon name="baton"/>
                    {t::baton()}
                </span>
                {page}
            </div>
            <footer>{t::runs_on_your_server()}</footer>
        </main>
    }
    .painted()
}

fn name() -> Purpose {
    Purpose {
        label: t::your_name(),
        name: "name",
        kind: "text",
        autocomplete: "name",
        hint: t::your_name_about(),
    }
}

fn password() -> Purpose {
    Purpose {
        label: t::password(),
        name: "password",
        kind: "password",
        autocomplete: "new-password",
        hint: t::password_about(),
    }
}

#[component]
fn Door(invited: InvitedView, token: RwSignal<String>) -> impl IntoView {
    let InvitedView {
        workspace,
        email,
        role,
        called,
        by,
    } = invited;
    let joining = Action::new(|form: &JoinForm| join(form.clone()));
    let answer = joining.value();
    let wrong = RwSignal::new(Vec::<(At, String)>::new());
    effect(move || match answer.get() {
        Some(Ok(())) => browser::go("/inbox"),
        Some(Err(error)) => {
            wrong.set(vec![(error.at(), error.sentence())]);
            request_animation_frame(|| browser::focus("[aria-invalid=true]"));
        }
        None => {}
    });
    let error_at = move |at: At| {
        let wrong = wrong.read();
        let found = wrong.iter().find(|(wrong, _)| *wrong == at);
        found.map(|(_, why)| why.clone())
    };
    let check = move |at: At, checked: Result<(), Refusal>| {
        let mut wrong = wrong.write();
        wrong.retain(|(wrong, _)| *wrong != at);
        if let Err(refusal) = checked {
            wrong.push((at, words::refusal(&refusal)));
        }
    };
    let of_name = At::Field(Named::Name);
    let of_password = At::Field(Named::Password);
    let name_wrong = reads(move || error_at(of_name));
    let password_wrong = reads(move || error_at(of_password));
    let on_name =
        Callback::new(move |value: String| check(of_name, check_name(Named::Name, &value)));
    let on_password =
        Callback::new(move |value: String| check(of_password, check_password(&value)));
    let alert = move || {
        error_at(At::Form).map(|why| {
            view! {
                <p class="error" role="alert">
                    <Icon name="alert"/>
                    {why}
                </p>
            }
        })
    };
    let busy = reads(move || joining.pending().get() || matches!(answer.get(), Some(Ok(()))));
    let send = Callback::new(move |event: SubmitEvent| {
        let form = JoinForm {
            token: token.get_untracked(),
            name: field_value(&event, "name"),
            password: field_value(&event, "password"),
        };
        // The server says one thing at a time; what is plainly wrong is said at once.
        wrong.set(Vec::new());
        on_name.run(form.name.clone());
        on_password.run(form.password.clone());
        if wrong.with_untracked(Vec::is_empty) {
            joining.dispatch(form);
        } else {
            request_animation_frame(|| browser::focus("[aria-invalid=true]"));
        }
    });
    view! {
        <div>
            <h1>{t::join_workspace(&workspace)}</h1>
            <p class="lead-in">{t::joining_about(&by, &called.unwrap_or_else(|| words::role(role).to_owned()), &email)}</p>
        </div>
        <Form button=t::join_now() busy send>
            {alert}
            // So that the browser keeps the password under the right name.
            <input type="hidden" name="username" autocomplete="username" value=email/>
            <Field purpose=name() error=name_wrong on_change=on_name/>
            <Field purpose=password() error=password_wrong on_change=on_password/>
        </Form>
    }
    .painted()
}
