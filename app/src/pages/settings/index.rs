//! Every place where something is set, as a page: where a phone begins.

use leptos::prelude::*;
use leptos_meta::Title;

use super::head::Head;
use super::side::Places;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// The list by itself, each place with what it is for.
#[component]
pub(crate) fn Settings() -> impl IntoView {
    view! {
        <Title text=t::all_settings()/>
        <div class="set index">
            <main>
                <Head back=("/inbox", t::go_to_inbox())>
                    <h1>{t::all_settings()}</h1>
                </Head>
                <div class="body">
                    <Places abouts=true/>
                </div>
            </main>
        </div>
    }
    .painted()
}
