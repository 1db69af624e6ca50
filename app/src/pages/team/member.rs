//! One member, opened to be changed.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::person::Assigned;
use protocol::profile::ProfileEdit;
use protocol::team::{MemberForm, MemberView};
use protocol::{AgentId, ChatbotId, Refusal, limits};

use super::super::embed::Snippet;
use super::hours::{Hours, languages};
use super::tokens::tokens;
use super::{Page, chosen_role, own_role_options, role_options};
use crate::api::ApiError;
use crate::api::mail::make_reset;
use crate::api::profile::edit_profile;
use crate::api::team::{save_member, set_active};
use crate::live::browser::{self, field_value, is_ticked};
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::overtaken;
use crate::parts::week::Wrong;
use crate::words::{self, t};

/// The form below the row.
pub(super) fn edit(page: Page, member: &MemberView) -> AnyView {
    let (id, version) = (member.id, member.version);
    let only = RwSignal::new(match &member.assigned {
        Assigned::All => None,
        Assigned::Only(chatbots) => Some(chatbots.clone()),
    });
    let error = RwSignal::new(None::<ApiError>);
    let busy = RwSignal::new(false);
    let hours = Hours::of(member.hours.clone(), error);
    let spoken = RwSignal::new(member.languages.clone());
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let number = |name| field_value(&event, name).trim().parse().unwrap_or(u32::MAX);
        let (role, custom) = chosen_role(page, &field_value(&event, "role"));
        let form = MemberForm {
            agent: id,
            version,
            name: field_value(&event, "name"),
            role,
            custom,
            assigned: match only.get_untracked() {
                None => Assigned::All,
                Some(chatbots) => Assigned::Only(chatbots),
            },
            chat_limit: number("chat_limit"),
            priority: number("priority"),
            handoff_mail: is_ticked(&event, "handoff_mail"),
            hours: hours.kept(),
            languages: spoken.get_untracked(),
        };
        // The server judges too; what is plainly wrong need not wait for it.
        if let Err(refusal) = domain::team::check(&form) {
            return error.set(Some(refusal.into()));
        }
        busy.set(true);
        leptos::task::spawn_local(async move {
            let saved = save_member(form).await;
            let _done = busy.try_set(false);
            close(page, error, saved, t::member_saved());
        });
    };
    // The form is made anew of what somebody else left.
    let anew = move || {
        let _open = page.open.try_set(Some(id));
        request_animation_frame(|| browser::focus(".team-page form.edit input"));
    };
    let again = Callback::new(move |()| page.load_then(Box::new(anew)));
    let trouble = move || {
        let error = error.get();
        error.map(|error| overtaken(&error, sentence(&error), again))
    };
    let link = RwSignal::new(None::<String>);
    let made = move || {
        link.get().map(|link| {
            view! {
                <div class="made" role="status">
                    <p>{t::send_reset_link()}</p>
                    <Snippet name=t::invite_link() text=link/>
                </div>
            }
        })
    };
    let active = member.active;
    view! {
        <form class="edit" method="post" novalidate aria-label=t::change_member(&member.name) on:submit=save>
            <label class="field">
                <span class="label">{t::name_word()}</span>
                <input class="input" name="name" maxlength=limits::NAME.to_string() autocomplete="off" value=member.name.clone()/>
            </label>
            <label class="field">
                <span class="label">{t::role_word()}</span>
                <select class="select" name="role">
                    {role_options(page, member.custom.is_none().then_some(member.role))}
                    {own_role_options(page, member.custom)}
                </select>
            </label>
            {number("chat_limit", t::chats_at_once(), member.chat_limit)}
            {number("priority", t::priority_word(), member.priority)}
            {chatbots(page, only)}
            <label class="choose">
                <input class="tick" type="checkbox" name="handoff_mail" checked=member.handoff_mail/>
                {t::handoff_mail()}
            </label>
            {languages(spoken)}
            {hours.view()}
            {tokens(page, id)}
            {trouble}
            {made}
            <div class="acts">
                <button class="btn" data-kind="primary" aria-busy=move || busy.get().then_some("true")>
                    {t::save()}
                </button>
                <button type="button" class="btn" on:click=move |_| page.close()>
                    {t::cancel()}
                </button>
                {active.then(|| view! {
                    <button type="button" class="btn" on:click=move |_| reset(id, link, error)>
                        {t::make_reset_link()}
                    </button>
                })}
                {second_step(page, member, error)}
                {standing(page, member, error)}
            </div>
        </form>
    }
    .painted()
}

/// A link to a new password, for who cannot be mailed one.
fn reset(id: AgentId, link: RwSignal<Option<String>>, error: RwSignal<Option<ApiError>>) {
    leptos::task::spawn_local(async move {
        match make_reset(id).await {
            Ok(made) => {
                let _shown = link.try_set(made.link);
            }
            Err(why) => {
                let _told = error.try_set(Some(why));
            }
        }
    });
}

fn number(name: &'static str, label: &'static str, value: u32) -> AnyView {
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <input class="input" name=name inputmode="numeric" maxlength="3" autocomplete="off" value=value.to_string()/>
        </label>
    }
    .painted()
}

/// All chatbots, those to come as well, or only some.
fn chatbots(page: Page, only: RwSignal<Option<Vec<ChatbotId>>>) -> AnyView {
    let all = page.view.with_untracked(|view| view.chatbots.clone());
    let boxes = move || {
        only.with(Option::is_some).then(|| {
            let boxes = all.clone().into_iter().map(|(id, name)| {
                let checked = only
                    .with_untracked(|only| only.as_ref().is_some_and(|only| only.contains(&id)));
                let toggle = move |_| {
                    only.update(|only| {
                        let Some(only) = only else { return };
                        if only.contains(&id) {
                            only.retain(|one| *one != id);
                        } else {
                            only.push(id);
                        }
                    });
                };
                view! {
                    <label class="choose">
                        <input class="tick" type="checkbox" checked=checked on:change=toggle/>
                        {name}
                    </label>
                }
            });
            boxes.collect_view()
        })
    };
    let of_all = move |event| {
        let all = event_target_checked(&event);
        only.set((!all).then(Vec::new));
    };
    view! {
        <fieldset class="field chatbots">
            <legend class="label">{t::chatbots_word()}</legend>
            <label class="choose">
                <input class="tick" type="checkbox" checked=only.get_untracked().is_none() on:change=of_all/>
                {t::all_chatbots()}
            </label>
            {boxes}
        </fieldset>
    }
    .painted()
}

/// Deactivating, which asks once more, or letting in again.
fn standing(page: Page, member: &MemberView, error: RwSignal<Option<ApiError>>) -> AnyView {
    let (id, version, active) = (member.id, member.version, member.active);
    let sure = RwSignal::new(false);
    let change = move |_| {
        if active && !sure.get_untracked() {
            return sure.set(true);
        }
        let said = if active {
            t::was_deactivated()
        } else {
            t::was_let_in()
        };
        leptos::task::spawn_local(async move {
            close(page, error, set_active(id, version, !active).await, said);
        });
    };
    let words = move || match (active, sure.get()) {
        (true, false) => t::deactivate(),
        (true, true) => t::really_deactivate(),
        (false, _) => t::let_in_again(),
    };
    let kind = if active { "danger" } else { "" };
    view! {
        <button
            type="button"
            class="btn push"
            data-kind=kind
            on:click=change
            on:blur=move |_| sure.set(false)
        >
            <span aria-live="polite">{words}</span>
        </button>
    }
    .painted()
}

/// The way back in for who lost what makes their codes; asks once more.
fn second_step(
    page: Page,
    member: &MemberView,
    error: RwSignal<Option<ApiError>>,
) -> Option<AnyView> {
    let id = member.id;
    let is_me = page.view.with_untracked(|view| view.me == id);
    let sure = RwSignal::new(false);
    let end = move |_| {
        if !sure.get_untracked() {
            return sure.set(true);
        }
        leptos::task::spawn_local(async move {
            let ended = edit_profile(ProfileEdit::EndTwoStepsOf(id)).await;
            close(page, error, ended.map(|_| ()), t::two_steps_ended_of());
        });
    };
    let words = move || match sure.get() {
        false => t::end_two_steps_of(),
        true => t::really_end_two_steps(),
    };
    (member.two_steps && !is_me).then(|| {
        view! {
            <button type="button" class="btn" on:click=end on:blur=move |_| sure.set(false)>
                <span aria-live="polite">{words}</span>
            </button>
        }
        .painted()
    })
}

/// Back to the list, or what is wrong.
fn close(
    page: Page,
    error: RwSignal<Option<ApiError>>,
    done: Result<(), ApiError>,
    said: &'static str,
) {
    match done {
        Ok(()) => {
            page.close();
            page.load_again(said.to_owned());
        }
        Err(why) => {
            let _told = error.try_set(Some(why));
        }
    }
}

/// What is wrong, and of a number out of its range the name that stands beside it.
fn sentence(error: &ApiError) -> String {
    let ApiError::Refused {
        refusal: Refusal::SettingInvalid { setting, problem },
        ..
    } = error
    else {
        return error.sentence();
    };
    let label = match setting.as_str() {
        "chat_limit" => t::chats_at_once(),
        "languages" => t::speaks(),
        "hours.times.zone" => t::time_zone(),
        hours if hours.starts_with("hours") => t::working_hours(),
        _ => t::priority_word(),
    };
    let of_week = Wrong::of(setting, *problem);
    let why = of_week.map_or_else(|| words::problem(*problem), |wrong| wrong.why);
    format!("{label}: {why}")
}

#[cfg(test)]
mod tests {
    use protocol::person::Role;

    use super::*;

    #[test]
    fn a_number_out_of_its_range_is_named() {
        let refusal = Refusal::SettingInvalid {
            setting: "chat_limit".to_owned(),
            problem: protocol::refusal::Problem::OutOfRange { least: 1, most: 50 },
        };
        let sentence = sentence(&refusal.into());
        assert!(sentence.starts_with(t::chats_at_once()), "{sentence}");
    }

    #[test]
    fn every_role_survives_the_form() {
        for role in super::super::ROLES {
            assert_eq!(role, super::super::role_of(&super::super::value_of(role)));
        }
        assert_eq!(Role::SupportAgent, super::super::role_of("nonsense"));
    }
}
