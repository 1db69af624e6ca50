//! A field of a form: its label, the control, and below it a hint or what is wrong.

use leptos::prelude::*;

use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;

/// What a field is for, to the browser and to the reader.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Purpose {
    pub(crate) label: &'static str,
    /// The name under which the form sends it.
    pub(crate) name: &'static str,
    /// `text`, `email` or `password`.
    pub(crate) kind: &'static str,
    /// What the browser may fill in.
    pub(crate) autocomplete: &'static str,
    pub(crate) hint: &'static str,
}

/// One line of text. An error takes the hint's place and is read out at once, and with the field.
#[component]
pub(crate) fn Field(
    purpose: Purpose,
    #[prop(into)] error: Signal<Option<String>>,
    #[prop(optional)] on_change: Option<Callback<String>>,
    /// What stands in it at first.
    #[prop(optional)]
    value: String,
) -> impl IntoView {
    let Purpose {
        label,
        name,
        kind,
        autocomplete,
        hint,
    } = purpose;
    let about = format!("{name}-about");
    let below = {
        let about = about.clone();
        move || match error.get() {
            Some(error) => view! {
                <p class="error" id=about.clone() role="alert">
                    <Icon name="alert"/>
                    {error}
                </p>
            }
            .painted(),
            None if hint.is_empty() => ().painted(),
            None => view! { <span class="hint" id=about.clone()>{hint}</span> }.painted(),
        }
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                class="input lg"
                id=name
                name=name
                type=kind
                autocomplete=autocomplete
                value=value
                aria-invalid=move || error.get().is_some().then_some("true")
                aria-describedby=about
                on:change=move |event| {
                    if let Some(on_change) = on_change {
                        on_change.run(event_target_value(&event));
                    }
                }
            />
            {below}
        </div>
    }
    .painted()
}
