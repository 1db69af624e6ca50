//! Who forgot their password asks for a link here; the answer is the same for everybody.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_meta::Title;
use protocol::delivery::ForgotForm;

use crate::api::loading::load;
use crate::api::mail::{ask_reset, load_mails};
use crate::live::browser::field_value;
use crate::parts::field::{Field, Purpose};
use crate::parts::follow::reads;
use crate::parts::form::Form;
use crate::parts::icon::Icon;
use crate::parts::page::loaded;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// The form, or whom to ask where no mail leaves.
#[component]
pub(crate) fn Forgot() -> impl IntoView {
    let mails = load(|| (), |()| load_mails());
    let shown = |mails| match mails {
        true => view! { <Ask/> }.painted(),
        false => view! { <p>{t::forgot_ask_admin()}</p> }.painted(),
    };
    view! {
        <Title text=t::forgot_title()/>
        {door(view! {
            <h1>{t::forgot_title()}</h1>
            {loaded(mails, shown)}
            <a class="btn" data-kind="quiet" href="/sign-in">
                {t::back_to_sign_in()}
            </a>
        }.painted())}
    }
    .painted()
}

/// The page around a form that nobody is signed in for.
pub(super) fn door(inside: AnyView) -> AnyView {
    view! {
        <main class="gate">
            <div class="door">
                <span class="logo">
                    <Icon name="baton"/>
                    {t::baton()}
                </span>
                {inside}
            </div>
            <footer>{t::runs_on_your_server()}</footer>
        </main>
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

#[component]
fn Ask() -> impl IntoView {
    let asking = Action::new(|form: &ForgotForm| ask_reset(form.clone()));
    let answer = asking.value();
    let wrong = reads(move || {
        answer
            .get()
            .and_then(Result::err)
            .map(|error| error.sentence())
    });
    let busy = reads(move || asking.pending().get());
    let send = Callback::new(move |event: SubmitEvent| {
        asking.dispatch(ForgotForm {
            email: field_value(&event, "email"),
        });
    });
    let asked = Memo::new(move |_| matches!(answer.get(), Some(Ok(()))));
    move || match asked.get() {
        true => view! { <p role="status">{t::forgot_asked()}</p> }.painted(),
        false => view! {
            <p class="lead-in">{t::forgot_about()}</p>
            <Form button=t::forgot_now() busy send>
                <Field purpose=email() error=wrong/>
            </Form>
        }
        .painted(),
    }
}
