//! What is done after the text is sent, to be looked at and left out.

use leptos::prelude::*;

use super::writing::Writing;
use crate::live::Live;
use crate::parts::follow::follow;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::words::t;

/// A chip for each step, while there are some.
#[component]
pub(super) fn Then(writing: Writing) -> impl IntoView {
    let live = Live::here();
    let leave_out = move |_| {
        writing.then.set(Vec::new());
        writing.focus();
    };
    follow(move || {
        let steps = writing.then.get();
        (!steps.is_empty()).then(|| {
            let words = live.peek(|state| {
                let words = steps.iter().map(|step| state.step_words(step));
                words.collect::<Vec<_>>()
            });
            let chips = words
                .into_iter()
                .map(|words| view! { <span class="chip" data-kind="accent">{words}</span> }.late());
            let chips = chips.collect_view();
            view! {
                <div class="then" role="group" aria-label=t::afterwards()>
                    <span class="faint" role="status">
                        {t::afterwards()}
                    </span>
                    {chips}
                    <button
                        type="button"
                        class="btn sq sm"
                        data-kind="quiet"
                        aria-label=t::leave_steps_out()
                        title=t::leave_steps_out()
                        on:click=leave_out
                    >
                        <Icon name="x" size="s"/>
                    </button>
                </div>
            }
            .late()
        })
    })
}
