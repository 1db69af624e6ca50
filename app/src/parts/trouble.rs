//! What went wrong, and what to do about it.

use leptos::prelude::*;

use crate::api::ApiError;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;

/// The sentence, read out at once.
#[component]
pub(crate) fn Trouble(error: ApiError) -> impl IntoView {
    wrong(error.sentence())
}

/// What is wrong, below what it is wrong with; read out at once.
pub(crate) fn wrong(why: String) -> AnyView {
    view! {
        <p class="error" role="alert">
            <Icon name="alert"/>
            {why}
        </p>
    }
    .painted()
}
