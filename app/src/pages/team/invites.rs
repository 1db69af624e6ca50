//! Who is invited: a link for each, shown once, made anew and taken back.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::person::Role;
use protocol::refusal::Field;
use protocol::team::{InviteForm, InviteLink, InviteView};
use protocol::{InviteId, Refusal};

use super::super::embed::Snippet;
use super::{Page, chosen_role, own_role_options, role_options};
use crate::api::ApiError;
use crate::api::team::{invite, mail_invite, renew_invite, revoke_invite};
use crate::live::browser::{empty_form, field_value};
use crate::live::local;
use crate::parts::follow::follow;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// What this part holds.
#[derive(Clone, Copy)]
struct Inviting {
    page: Page,
    /// The link that was made last; it is not kept anywhere else.
    link: RwSignal<Option<InviteLink>>,
    /// What is wrong with the address.
    wrong: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
}

/// The form, the link it made, and those who have not answered.
#[component]
pub(super) fn Invites() -> impl IntoView {
    let page = Page::here();
    let inviting = Inviting {
        page,
        link: RwSignal::new(None),
        wrong: RwSignal::new(None),
        busy: RwSignal::new(false),
    };
    let rows = move || {
        let invites = page.view.get().invites.into_iter();
        invites.map(|invite| row(inviting, invite)).collect_view()
    };
    let link = move || {
        inviting
            .link
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
    view! {
        <section aria-label=t::invites()>
            <h2>{t::invites()}</h2>
            {form(inviting)}
            {link}
            <ul class="invites">{rows}</ul>
        </section>
    }
    .painted()
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
        inviting.wrong.set(None);
        inviting.link.set(None);
        let said = t::was_invited(&form.email);
        leptos::task::spawn_local(async move {
            let made = invite(form).await;
            let _done = inviting.busy.try_set(false);
            match made {
                Ok(link) => {
                    empty_form(&event);
                    shown(inviting, link, said);
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
                <select class="input" name="role">
                    {role_options(inviting.page, Some(Role::Agent))}
                    {move || {
                        inviting.page.view.track();
                        own_role_options(inviting.page, None)
                    }}
                </select>
            </label>
            <button
                class="btn"
                data-kind="primary"
                aria-busy=move || inviting.busy.get().then_some("true")
            >
                <Icon name="plus" size="s"/>
                {t::invite()}
            </button>
            {wrong}
        </form>
    }
    .painted()
}

fn shown(inviting: Inviting, link: InviteLink, said: String) {
    let _shown = inviting.link.try_set(Some(link));
    inviting.page.load_again(said);
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

fn row(inviting: Inviting, of: InviteView) -> AnyView {
    let InviteView {
        id,
        email,
        role,
        custom,
        by,
        expires_at,
        expired,
    } = of;
    let until = match expired {
        true => {
            view! { <span class="chip" data-kind="warn">{t::invite_expired()}</span> }.painted()
        }
        false => {
            // By the reader's own clock, which the server does not know.
            let until = follow(move || t::valid_until(&local::clock(expires_at)));
            view! { <span class="faint">{until}</span> }.painted()
        }
    };
    let may = inviting.page.may_be(role);
    let mails = inviting.page.view.with_untracked(|view| view.mails);
    let ways = may.then(|| {
        view! {
            <span class="ways">
                {mails.then(|| view! {
                    <button type="button" class="btn sm" on:click=move |_| renew(inviting, id, true)>
                        {t::mail_again()}
                    </button>
                })}
                <button type="button" class="btn sm" on:click=move |_| renew(inviting, id, false)>
                    {t::new_link()}
                </button>
                <button
                    type="button"
                    class="btn sm"
                    data-kind="quiet"
                    on:click=move |_| take_back(inviting, id)
                >
                    {t::take_back()}
                </button>
            </span>
        }
    });
    view! {
        <li>
            <span class="who">
                <b class="cut">{email}</b>
                <span class="faint">
                    {inviting.page.called(role, custom)} " · " {t::invited_by(&by)} " · " {until}
                </span>
            </span>
            {ways}
        </li>
    }
    .painted()
}

fn renew(inviting: Inviting, id: InviteId, by_mail: bool) {
    leptos::task::spawn_local(async move {
        let made = match by_mail {
            true => mail_invite(id).await,
            false => renew_invite(id).await,
        };
        match made {
            Ok(link) => {
                let said = t::was_invited(&link.email);
                shown(inviting, link, said);
            }
            Err(error) => {
                let _told = inviting.page.trouble.try_set(Some(error));
            }
        }
    });
}

fn take_back(inviting: Inviting, id: InviteId) {
    leptos::task::spawn_local(async move {
        match revoke_invite(id).await {
            Ok(()) => {
                let _gone = inviting.link.try_set(None);
                inviting.page.load_again(t::taken_back_invite().to_owned());
            }
            Err(error) => {
                let _told = inviting.page.trouble.try_set(Some(error));
            }
        }
    });
}
