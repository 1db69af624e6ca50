//! There is no such page.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::parts::empty::Empty;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// Says so and leads back.
#[component]
pub(crate) fn Missing() -> impl IntoView {
    view! {
        <Title text=t::title_missing()/>
        <main class="gate">
            <Empty title=t::nothing_here() is_page=true sentence=t::nothing_here_about()>
                <a class="btn" href="/inbox" rel="external">
                    {t::go_to_inbox()}
                </a>
            </Empty>
        </main>
    }
    .painted()
}
