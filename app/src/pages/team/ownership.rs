//! Handing the workspace over: one step, for owners alone, proven by their password.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::limits;
use protocol::person::Role;
use protocol::team::HandOverForm;

use super::Page;
use super::listed::trouble;
use crate::api::ApiError;
use crate::api::team::hand_over;
use crate::live::browser::field_value;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// Who could be the owner, the password, and what becomes of it.
#[component]
pub(super) fn Ownership() -> impl IntoView {
    let page = Page::here();
    let open = RwSignal::new(false);
    let may = move || page.view.with(|view| view.keeps_owners);
    let form = move || open.get().then(|| form(page, open));
    let begin = move |_| {
        page.begin();
        open.set(true);
    };
    let button = move || {
        (!open.get()).then(|| {
            view! {
                <button type="button" class="btn" on:click=begin>
                    {t::hand_over_begin()}
                </button>
            }
        })
    };
    let whole = move || {
        may().then(|| {
            view! {
                <section aria-label=t::ownership()>
                    <h2>{t::ownership()}</h2>
                    <p class="hint">{t::ownership_about()}</p>
                    <div class="acts">{button}</div>
                    {form}
                </section>
            }
            .painted()
        })
    };
    whole.painted()
}

fn form(page: Page, open: RwSignal<bool>) -> AnyView {
    let error = RwSignal::new(None::<ApiError>);
    let busy = RwSignal::new(false);
    let able = page.view.with_untracked(|view| {
        let me = view.me;
        let able = view.members.iter();
        let able = able.filter(|one| one.active && one.id != me && one.role != Role::Owner);
        able.map(|one| (one.id, one.version, one.name.clone()))
            .collect::<Vec<_>>()
    });
    let options = able.iter().enumerate();
    let options = options
        .map(|(at, (.., name))| view! { <option value=at.to_string()>{name.clone()}</option> })
        .collect_view();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let at: usize = field_value(&event, "to").parse().unwrap_or(usize::MAX);
        let Some((to, version, name)) = able.get(at).cloned() else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        let form = HandOverForm {
            to,
            version,
            password: field_value(&event, "password"),
        };
        busy.set(true);
        leptos::task::spawn_local(async move {
            let done = hand_over(form).await;
            let _free = busy.try_set(false);
            match done {
                Ok(()) => page.load_again(t::now_owned_by(&name)),
                Err(why) => {
                    let _told = error.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <form class="edit" method="post" novalidate aria-label=t::hand_over_begin() on:submit=send>
            <label class="field">
                <span class="label">{t::new_owner()}</span>
                <select class="select" name="to">{options}</select>
            </label>
            <label class="field">
                <span class="label">{t::your_password()}</span>
                <input
                    class="input"
                    name="password"
                    type="password"
                    autocomplete="current-password"
                    maxlength=limits::PASSWORD.to_string()
                />
            </label>
            <p class="hint whole">{t::hand_over_about()}</p>
            {trouble(page, error)}
            <div class="acts">
                <button
                    class="btn"
                    data-kind="danger"
                    aria-busy=move || busy.get().then_some("true")
                >
                    {t::hand_over_now()}
                </button>
                <button type="button" class="btn" on:click=move |_| open.set(false)>
                    {t::cancel()}
                </button>
            </div>
        </form>
    }
    .painted()
}
