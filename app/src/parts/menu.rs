//! A menu that hangs from its button: arrows move, Enter chooses, Esc and a click elsewhere close it.

use leptos::ev::{FocusEvent, KeyboardEvent};
use leptos::html::Div;
use leptos::prelude::*;

use crate::parts::follow::effect;
use crate::parts::late::IntoLate;
use web_sys::HtmlElement;
use web_sys::wasm_bindgen::JsCast;

/// The menu, while it is open. The focus starts at its first item and returns to its button.
#[component]
pub(crate) fn Menu(
    label: &'static str,
    open: RwSignal<bool>,
    /// The button that opens it, as a selector.
    opener: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let menu = NodeRef::<Div>::new();
    effect(move || {
        if open.get() && menu.get().is_some() {
            request_animation_frame(move || step(menu, Step::First));
        }
    });
    let close = move || {
        open.set(false);
        crate::live::browser::focus(opener);
    };
    let on_key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" => step(menu, Step::Next),
            "ArrowUp" => step(menu, Step::Previous),
            "Home" => step(menu, Step::First),
            "End" => step(menu, Step::Last),
            "Escape" => close(),
            "Enter" | " " => choose(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let on_leave = move |event: FocusEvent| {
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        let inside = menu.get().is_some_and(|menu| menu.contains(to.as_ref()));
        // The opener's own click closes it; a second time would open it again.
        let at_opener = to.is_some_and(|to| is_opener(&to, opener));
        if !inside && !at_opener {
            open.set(false);
        }
    };
    view! {
        <Show when=move || open.get()>
            <div
                class="menu drop"
                role="menu"
                aria-label=label
                tabindex="-1"
                node_ref=menu
                on:keydown=on_key
                on:focusout=on_leave
                on:click=move |_| close()
            >
                {children()}
            </div>
        </Show>
    }
    .late()
}

/// One thing to choose.
#[component]
pub(crate) fn Item(choose: impl Fn() + 'static, children: Children) -> impl IntoView {
    view! {
        <div role="menuitem" tabindex="-1" on:click=move |_| choose()>
            {children()}
        </div>
    }
    .late()
}

enum Step {
    First,
    Previous,
    Next,
    Last,
}

fn step(menu: NodeRef<Div>, step: Step) {
    let Some(menu) = menu.get_untracked() else {
        return;
    };
    let Ok(items) = menu.query_selector_all("[role=menuitem]") else {
        return;
    };
    let active = document().active_element();
    let at: Option<u32> =
        (0..items.length()).find(|&at| items.get(at).as_ref() == active.as_deref());
    let last = items.length().saturating_sub(1);
    let to = match (step, at) {
        (Step::First, _) | (Step::Next, None) => 0,
        (Step::Last, _) | (Step::Previous, None) => last,
        (Step::Next, Some(at)) => {
            if at == last {
                0
            } else {
                at + 1
            }
        }
        (Step::Previous, Some(at)) => at.checked_sub(1).unwrap_or(last),
    };
    if let Some(item) = items
        .get(to)
        .and_then(|item| item.dyn_into::<HtmlElement>().ok())
    {
        let _focused = item.focus();
    }
}

fn choose() {
    let active = document().active_element();
    if let Some(item) = active.and_then(|active| active.dyn_into::<HtmlElement>().ok()) {
        item.click();
    }
}

fn is_opener(node: &web_sys::Node, opener: &str) -> bool {
    let element = node.dyn_ref::<web_sys::Element>();
    element.is_some_and(|element| element.closest(opener).ok().flatten().is_some())
}
