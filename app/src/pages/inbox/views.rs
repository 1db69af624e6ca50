//! The saved views: the list as it is looked at now under a name, and those that are kept already.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::ViewId;
use protocol::view::SavedView;

use super::Desk;
use crate::live::state::Views as Known;
use crate::live::{Live, browser, local};
use crate::parts::dialog::{Dialog, Refused};
use crate::parts::follow::{follow, reads};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::parts::memo::memo;
use crate::words::t;
use domain::permissions::Permission;

/// Looks at a list as a view has it.
pub(crate) fn look(live: Live, desk: Desk, saved: &SavedView) {
    let tab = saved.tab;
    desk.view.set(saved.view);
    live.act(|state| state.show_tab(tab));
}

/// The dialog, while it is open.
#[component]
pub(crate) fn Views() -> impl IntoView {
    let desk = Desk::here();
    view! {
        <Dialog open=desk.viewing title=t::saved_views()>
            <Inside/>
        </Dialog>
    }
    .late()
}

#[component]
fn Inside() -> impl IntoView {
    let (live, desk) = (Live::here(), Desk::here());
    live.act(|state| {
        state.saved.trouble = None;
        state.want_views();
    });
    let known = memo(move || live.read(|state| state.saved.clone()));
    let trouble = reads(move || known.with(|known| known.trouble.clone()));
    let may_share = live.peek(|state| state.may_do(Permission::ShareViews));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let name = browser::field_value(&event, "name");
        let shared = browser::is_ticked(&event, "shared");
        let view = desk.view.get_untracked();
        let id = ViewId::new(local::now(), &browser::random());
        live.act_with_key(|state, key| {
            let tab = state.tab();
            let version = 0;
            let saved = SavedView {
                id,
                name,
                shared,
                tab,
                view,
                version,
            };
            state.save_view(saved, key);
        });
        browser::empty_form(&event);
    };
    let rows = move || {
        let Known { all, .. } = known.get();
        if all.is_empty() {
            return view! { <p class="faint">{t::no_views_yet()}</p> }.late();
        }
        let row = |saved: SavedView| row(live, desk, saved, may_share);
        view! { <ul class="views">{all.into_iter().map(row).collect_view()}</ul> }.late()
    };
    view! {
        <form class="row" on:submit=save>
            <input
                class="input"
                name="name"
                required
                maxlength=protocol::limits::NAME.to_string()
                aria-label=t::view_name()
                placeholder=t::view_name()
            />
            {may_share
                .then(|| {
                    view! {
                        <label class="prefer">
                            <input type="checkbox" name="shared"/>
                            <span>{t::for_everybody()}</span>
                        </label>
                    }
                })}
            <button type="submit" class="btn" data-kind="primary">
                {t::save()}
            </button>
        </form>
        <p class="faint">{t::save_view_about()}</p>
        <Refused why=trouble/>
        {follow(rows)}
    }
    .late()
}

/// One view: its name, which can be written over, and what can be done with it.
fn row(live: Live, desk: Desk, saved: SavedView, may_share: bool) -> AnyView {
    let (id, name) = (saved.id, saved.name.clone());
    let mine = !saved.shared || may_share;
    let icon = if saved.shared { "people" } else { "person" };
    let title = if saved.shared {
        t::for_everybody()
    } else {
        t::for_me()
    };
    let act = move |word: &'static str, icon: &'static str, label: String, does: Box<dyn Fn()>| {
        view! {
            <button type="button" class="btn sq sm" data-kind="quiet" title=word aria-label=label on:click=move |_| does()>
                <Icon name=icon/>
            </button>
        }
        .late()
    };
    let shown = saved.clone();
    let renamed = saved.clone();
    let rename = move |event| {
        let saved = SavedView {
            name: event_target_value(&event),
            ..renamed.clone()
        };
        live.act_with_key(|state, key| state.save_view(saved, key));
    };
    let raise = move || live.act_with_key(|state, key| state.raise_view(id, key));
    let delete = move || live.act_with_key(|state, key| state.delete_view(id, key));
    view! {
        <li>
            <span title=title>
                <Icon name=icon/>
            </span>
            <input
                class="input"
                aria-label=t::view_name()
                readonly=!mine
                prop:value=name.clone()
                on:change=rename
            />
            {act(
                t::look_at_view(),
                "right",
                format!("{}: {name}", t::look_at_view()),
                Box::new(move || {
                    desk.viewing.set(false);
                    look(live, desk, &shown);
                }),
            )}
            {mine.then(|| act(t::up(), "up", t::move_up(&name), Box::new(raise)))}
            {mine
                .then(|| {
                    act(t::delete(), "bin", format!("{}: {name}", t::delete()), Box::new(delete))
                })}
        </li>
    }
    .late()
}
