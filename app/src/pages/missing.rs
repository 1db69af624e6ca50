//! There is no such page.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::*;
use leptos_meta::Title;

use crate::parts::empty::Empty;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// Whether the page that is painted says that there is nothing, so that the server answers so too.
#[derive(Debug, Clone, Default)]
pub struct Nothing(Arc<AtomicBool>);

impl Nothing {
    /// Whether it was said.
    pub fn is_said(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Lets the server answer that there is nothing; a browser answers nobody.
pub(crate) fn is_nothing() {
    if cfg!(not(target_arch = "wasm32"))
        && let Some(Nothing(said)) = use_context::<Nothing>()
    {
        said.store(true, Ordering::Relaxed);
    }
}

/// Says so and leads back.
#[component]
pub(crate) fn Missing() -> impl IntoView {
    is_nothing();
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
