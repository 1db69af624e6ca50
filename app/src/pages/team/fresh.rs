//! Members come, go and take chats while one looks at the page: it asks again and again, and what is typed stays.

use std::time::Duration;

use leptos::prelude::*;

use super::Page;
use crate::api::ApiError;
use crate::api::team::load_team;
use crate::live::{browser, local};
use crate::parts::follow::effect;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;

/// Milliseconds between two questions, while somebody looks.
const EVERY: u64 = 15_000;
/// How often it is looked whether it is time, so that a page which comes back into sight is soon fresh.
const TICK: Duration = Duration::from_secs(3);
/// A form that is open: what it stands in is not made anew below the hands of who types.
const OPEN: &str = ".team-page form:is(.edit, .role[data-changed=yes])";

/// Begins to ask, in the browser; says why what is shown may be old.
pub(super) fn keep(page: Page) -> AnyView {
    let stale = RwSignal::new(None::<ApiError>);
    effect(move || {
        let asked = StoredValue::new(local::now());
        let ask = move || {
            let now = local::now();
            let due = asked
                .try_get_value()
                .map(|at| now.millis_since(at) >= EVERY);
            if due == Some(true) && !browser::is_hidden() {
                let _asked = asked.try_set_value(now);
                look(page, stale);
            }
        };
        let ticking = set_interval_with_handle(ask, TICK);
        on_cleanup(move || {
            if let Ok(ticking) = ticking {
                ticking.clear();
            }
        });
    });
    let shown = move || {
        stale
            .get()
            .map(|error| view! { <Trouble error/> }.painted())
    };
    shown.painted()
}

fn look(page: Page, stale: RwSignal<Option<ApiError>>) {
    let before = page.changes.try_get_value();
    leptos::task::spawn_local(async move {
        let team = load_team().await;
        // What was changed here meanwhile is loaded by itself, and newer than this.
        if before.is_none() || before != page.changes.try_get_value() {
            return;
        }
        let error = match team {
            Ok(view) => {
                page.show(view, !browser::has(OPEN));
                None
            }
            Err(error) => Some(error),
        };
        let _told = stale.try_set(error);
    });
}
