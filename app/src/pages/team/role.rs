//! The role of a member, changed where it stands in the list.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::person::Role;
use protocol::team::{MemberForm, MemberView};

use super::{Page, chosen_role, opener, own_role_options, role_options, value_of};
use crate::api::ApiError;
use crate::api::team::save_member;
use crate::live::browser;
use crate::parts::memo::memo;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::overtaken;
use crate::words::t;

/// What it is called; where this agent may change it, the roles to choose from. One's own is changed in
/// the form, where nothing happens before it is saved.
pub(super) fn role(page: Page, of: &MemberView) -> AnyView {
    let is_me = page.view.with_untracked(|view| view.me == of.id);
    let name = page.called(of.role, of.custom);
    if is_me || !of.active || !page.may_be(of.role) {
        return name.painted();
    }
    let id = of.id;
    // The form of an opened row says the same.
    let is_open = move || page.open.get() == Some(id);
    view! {
        <span hidden=move || !is_open()>{name}</span>
        <div hidden=is_open>{choice(page, of.clone())}</div>
    }
    .painted()
}

/// Arrow keys go through the roles one by one, so nothing is saved before it is said to be.
fn choice(page: Page, of: MemberView) -> AnyView {
    let custom = of.custom.map(|own| own.0.to_string());
    let before = custom.unwrap_or_else(|| value_of(of.role));
    let chosen = RwSignal::new(before.clone());
    let busy = RwSignal::new(false);
    let refused = RwSignal::new(None::<ApiError>);
    // An owner may do everything, so that is asked once more.
    let sure = RwSignal::new(false);
    let owns = memo(move || chosen.with(|chosen| chosen_role(page, chosen).0 == Role::Owner));
    let (is_before, back) = (before.clone(), before);
    let changed = memo(move || chosen.with(|chosen| *chosen != is_before));
    let place = format!("role-{}", of.id);
    let select = opener(&place);
    let label = t::role_of(&of.name);
    let options = (
        role_options(page, of.custom.is_none().then_some(of.role)),
        own_role_options(page, of.custom),
    );
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() || !changed.get_untracked() {
            return;
        }
        if owns.get_untracked() && !sure.get_untracked() {
            return sure.set(true);
        }
        busy.set(true);
        refused.set(None);
        page.begin();
        let form = with_role(page, &of, &chosen.get_untracked());
        let said = t::role_changed(&of.name, &page.called(form.role, form.custom));
        leptos::task::spawn_local(async move {
            match save_member(form).await {
                Ok(()) => page.load_again(said),
                Err(error) => {
                    let _told = refused.try_set(Some(error));
                }
            }
            let _done = busy.try_set(false);
        });
    };
    let at_save = place.clone();
    let words = move || match owns.get() && sure.get() {
        true => t::really_owner(),
        false => t::save(),
    };
    let acts = move || {
        let (back, select, at_save) = (back.clone(), select.clone(), at_save.clone());
        let cancel = move |_| {
            refused.set(None);
            chosen.set(back.clone());
            browser::focus(&select);
        };
        changed.get().then(|| {
            // Both buttons are gone then; the focus of the first is looked for where the roles are.
            view! {
                <button
                    class="btn sm"
                    data-kind="primary"
                    data-at=at_save
                    aria-busy=move || busy.get().then_some("true")
                    on:blur=move |_| sure.set(false)
                >
                    <span aria-live="polite">{words}</span>
                </button>
                <button type="button" class="btn sm" on:click=cancel>
                    {t::cancel()}
                </button>
            }
        })
    };
    let why = move || {
        let error = refused.get();
        error.map(|error| {
            let again = Callback::new(move |()| page.load_again(String::new()));
            overtaken(&error, error.sentence(), again)
        })
    };
    let changes = move || if changed.get() { "yes" } else { "no" };
    view! {
        <form class="role" method="post" data-changed=changes on:submit=save>
            <select
                class="select"
                data-kind="quiet"
                data-at=place
                name="role"
                aria-label=label
                prop:value=chosen
                on:change=move |event| chosen.set(event_target_value(&event))
            >
                {options}
            </select>
            {acts}
            {why}
        </form>
    }
    .painted()
}

/// The member as they are, but for the role.
fn with_role(page: Page, of: &MemberView, value: &str) -> MemberForm {
    let (role, custom) = chosen_role(page, value);
    MemberForm {
        agent: of.id,
        version: of.version,
        name: of.name.clone(),
        role,
        custom,
        assigned: of.assigned.clone(),
        chat_limit: of.chat_limit,
        priority: of.priority,
        handoff_mail: of.handoff_mail,
        hours: of.hours.clone(),
        languages: of.languages.clone(),
    }
}
