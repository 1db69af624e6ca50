//! There is no such page.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::parts::empty::Empty;
use crate::parts::painted::IntoPainted;

/// Says so and leads back.
#[component]
pub(crate) fn Missing() -> impl IntoView {
    view! {
        <Title text="Not found · Baton"/>
        <main class="gate">
            <Empty title="There is nothing here" is_page=true sentence="The address leads to no page of this workspace.">
                <a class="btn" href="/inbox">
                    "Go to the inbox"
                </a>
            </Empty>
        </main>
    }
    .painted()
}
