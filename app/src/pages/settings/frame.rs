//! A page of the settings: the places beside it, its name, what it is for, and what was loaded for it.

use leptos::prelude::*;
use leptos_meta::Title;

use super::head::Head;
use super::side::Side;
use crate::parts::guard::guard_forms;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// The frame of such a page.
#[component]
pub(crate) fn Frame(
    /// Its name in the style.
    kind: &'static str,
    title: &'static str,
    about: &'static str,
    children: Children,
) -> impl IntoView {
    guard_forms();
    view! {
        <Title text=title/>
        <div class="set framed" data-at="section">
            <Side/>
            <main id="page" tabindex="-1">
                <Head back=("/settings", t::all_settings())>
                    <h1>{title}</h1>
                </Head>
                <div class="body">
                    <div class=format!("doctor {kind}")>
                        <div class="page">
                            <p class="lead-in">{about}</p>
                            {children()}
                        </div>
                    </div>
                </div>
            </main>
        </div>
    }
    .painted()
}
