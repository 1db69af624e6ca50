//! Inviting somebody: their address, and the link to it, which is shown once.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use protocol::Refusal;
use protocol::person::Role;
use protocol::refusal::Field;
use protocol::team::{InviteForm, InviteLink};

use super::super::embed::Snippet;
use super::{Page, chosen_role, leaves, own_role_options, role_options};
use crate::api::ApiError;
use crate::api::team::invite;
use crate::live::browser::{self, empty_form, field_value};
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// The button that asks for the form: what had the focus in a part that closes gives it back.
pub(super) const INVITE: &str = ".team-page .pagehead [aria-expanded]";

/// What this part holds.
#[derive(Clone, Copy)]
struct Inviting {
    page: Page,
    /// What is wrong with the address.
    wrong: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

/// The form, once it was asked for, and the link that was made last.
#[component]
pub(super) fn Invites() -> impl IntoView {
    let page = Page::here();
    let inviting = Inviting {
        page,
        wrong: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let asked = move || page.inviting.get().then(|| form(inviting));
    let link = move || {
        page.link
            .get()
            .map(|InviteLink { email, link }| match link {
                Some(link) => view! {
                    <div class="made" role="status">
                        <p>{t::send_link(&email)}</p>
                        <Snippet name=t::invite_link() text=link/>
                    </div>
                }
                .painted(),
                None => view! {
                    <p class="made" role="status">{t::was_mailed(&email)}</p>
                }
                .painted(),
            })
    };
    let on_key = move |event: KeyboardEvent| {
        if leaves(&event) && page.inviting.get_untracked() {
            leave(page);
        }
    };
    view! {
        <section class="inviting" aria-label=t::invites() on:keydown=on_key>
            {asked}
            {link}
        </section>
    }
    .painted()
}

fn leave(page: Page) {
    page.inviting.set(false);
    browser::focus(INVITE);
}

fn form(inviting: Inviting) -> AnyView {
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        if inviting.busy.get_untracked() {
            return;
        }
        let (role, custom) = chosen_role(inviting.page, &field_value(&event, "role"));
        let form = InviteForm {
            email: field_value(&event, "email"),
            role,
            custom,
        };
        inviting.busy.set(true);
        inviting.page.begin();
        inviting.wrong.set(None);
        inviting.page.link.set(None);
        let said = t::was_invited(&form.email);
        leptos::task::spawn_local(async move {
            let made = invite(form).await;
            let _done = inviting.busy.try_set(false);
            match made {
                Ok(link) => {
                    empty_form(&event);
                    let _shown = inviting.page.link.try_set(Some(link));
                    inviting.page.load_again(said);
                }
                Err(error) => refused(inviting, error),
            }
        });
    };
    let wrong = move || {
        inviting.wrong.get().map(|why| {
            view! {
                <p class="error" id="invite-about" role="alert">
                    <Icon name="alert"/>
                    {why}
                </p>
            }
        })
    };
    view! {
        <form class="invite" method="post" novalidate on:submit=send>
            <label class="field">
                <span class="label">{t::email()}</span>
                <input
                    class="input"
                    name="email"
                    r#type="email"
                    autocomplete="off"
                    maxlength="254"
                    aria-invalid=move || inviting.wrong.read().is_some().then_some("true")
                    aria-describedby="invite-about"
                />
            </label>
            <label class="field">
                <span class="label">{t::role_word()}</span>
                <select class="select" name="role">
                    {role_options(inviting.page, Some(Role::Agent))}
                    {move || {
                        inviting.page.view.track();
                        own_role_options(inviting.page, None)
                    }}
                </select>
            </label>
            <div class="acts">
                <button
                    class="btn"
                    data-kind="primary"
                    aria-busy=move || inviting.busy.get().then_some("true")
                >
                    <Icon name="plus" size="s"/>
                    {t::invite()}
                </button>
                <button type="button" class="btn" on:click=move |_| leave(inviting.page)>
                    {t::cancel()}
                </button>
            </div>
            {wrong}
        </form>
    }
    .painted()
}

/// What is wrong with the address stands below it, everything else above the page.
fn refused(inviting: Inviting, error: ApiError) {
    let of_address = matches!(
        &error,
        ApiError::Refused {
            refusal: Refusal::EmailTaken
                | Refusal::FieldInvalid {
                    field: Field::Email,
                    ..
                },
            ..
        }
    );
    if of_address {
        let _told = inviting.wrong.try_set(Some(error.sentence()));
    } else {
        let _told = inviting.page.trouble.try_set(Some(error));
    }
}
