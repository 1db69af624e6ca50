//! A page could not be loaded, and what to do about it.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;

/// The sentence, read out at once.
#[component]
pub(crate) fn Trouble(error: ApiError) -> impl IntoView {
    view! {
        <p class="error" role="alert">
            <Icon name="alert"/>
            {error.sentence()}
        </p>
    }
    .painted()
}
