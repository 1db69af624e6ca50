//! What went wrong, and what to do about it.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// The sentence, read out at once; with the way in for who is signed out.
#[component]
pub(crate) fn Trouble(error: ApiError) -> impl IntoView {
    // Asked for again, the page leads to the door and from there back to itself.
    let door = (error == ApiError::SignInNeeded).then(|| {
        view! {
            <a href="" rel="external">
                {t::sign_in()}
            </a>
        }
        .painted()
    });
    said(error.sentence(), door)
}

/// What went wrong in these words; where somebody else was there first, with the way to what they left.
pub(crate) fn overtaken(error: &ApiError, why: String, again: Callback<()>) -> AnyView {
    let load = error.is_overtaken().then(|| {
        view! {
            <button type="button" class="btn sm" on:click=move |_| again.run(())>
                {t::load_newer()}
            </button>
        }
        .painted()
    });
    said(why, load)
}

/// What is wrong, below what it is wrong with; read out at once.
pub(crate) fn wrong(why: String) -> AnyView {
    said(why, None)
}

fn said(why: String, way_on: Option<AnyView>) -> AnyView {
    view! {
        <p class="error" role="alert">
            <Icon name="alert"/>
            <span>{why}</span>
            {way_on}
        </p>
    }
    .painted()
}
