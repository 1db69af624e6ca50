//! Above the list: how many there are, and the ways to the roles and to inviting somebody.

use leptos::prelude::*;

use super::Page;
use crate::live::browser;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// The sentence and the two buttons.
#[component]
pub(super) fn Head() -> impl IntoView {
    let page = Page::here();
    let sentence = move || {
        page.view.with(|view| {
            let people = t::people(count(view.members.len()));
            match view.invites.len() {
                0 => t::team_head(&people),
                open => t::team_head(&format!("{people}, {}", t::open_invites(count(open)))),
            }
        })
    };
    let invite = move |_| {
        page.begin();
        page.inviting.set(true);
        request_animation_frame(|| browser::focus(".team-page [name=email]"));
    };
    view! {
        <div class="pagehead">
            <p>{sentence}</p>
            <div class="acts">
                <button type="button" class="btn" on:click=|_| browser::focus(".team-page .wide")>
                    <Icon name="key" size="s"/>
                    {t::see_roles()}
                </button>
                <button
                    type="button"
                    class="btn"
                    data-kind="primary"
                    aria-expanded=move || page.inviting.get().to_string()
                    on:click=invite
                >
                    <Icon name="plus" size="s"/>
                    {t::invite()}
                </button>
            </div>
        </div>
    }
    .painted()
}

fn count(of: usize) -> u64 {
    u64::try_from(of).unwrap_or(u64::MAX)
}
