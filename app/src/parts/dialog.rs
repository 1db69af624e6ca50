//! A dialog over the page: the browser keeps the focus in it, Esc closes it, and the focus returns.

use leptos::html;
use leptos::prelude::*;

use crate::parts::follow::{effect, follow};
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::words::t;

/// Something that wants an answer first, for as long as `open` is true.
#[component]
pub(crate) fn Dialog(
    open: RwSignal<bool>,
    /// As it is when the dialog opens.
    #[prop(into)]
    title: Signal<String>,
    /// `wide` for one with columns.
    #[prop(optional)]
    kind: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    effect(move || {
        if let Some(dialog) = node.get().filter(|dialog| !dialog.open()) {
            // Fails for one that is not in the page; the next try is the reader's.
            let _shown = dialog.show_modal();
        }
    });
    follow(move || {
        open.get().then(|| {
            let title = title.get_untracked();
            let label = title.clone();
            let close = move |_| {
                if let Some(dialog) = node.get_untracked() {
                    // By its own close, so that the focus goes back to where it was.
                    dialog.close();
                }
            };
            view! {
                <dialog
                    class=format!("dialog {kind}")
                    aria-label=label
                    node_ref=node
                    on:close=move |_| open.set(false)
                >
                    <header>
                        <h2>{title}</h2>
                        <button
                            type="button"
                            class="btn sq sm"
                            data-kind="quiet"
                            aria-label=t::close_dialog()
                            on:click=close
                        >
                            <Icon name="x"/>
                        </button>
                    </header>
                    {children()}
                </dialog>
            }
        })
    })
}

/// What was refused, where it was done.
#[component]
pub(crate) fn Refused(#[prop(into)] why: Signal<Option<String>>) -> impl IntoView {
    follow(move || {
        why.get().map(|why| {
            view! {
                <p class="error" role="alert">
                    <Icon name="alert"/>
                    <span>{why}</span>
                </p>
            }
            .late()
        })
    })
}
