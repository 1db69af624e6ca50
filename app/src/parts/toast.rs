//! Short notices, at the foot of the list.

use leptos::prelude::*;

use crate::live::place::Place;
use crate::live::state;
use crate::live::{Live, local};
use crate::parts::face::Face;
use crate::parts::icon::Icon;
use crate::parts::late::IntoLate;
use crate::words::t;

/// All notices on screen, read out as they come.
#[component]
pub(crate) fn Toasts() -> impl IntoView {
    let live = Live::here();
    let shown = move || live.frame(|frame| frame.toasts.clone());
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=shown key=|toast| toast.id let:toast>
                <Toast toast/>
            </For>
        </div>
    }
    .late()
}

#[component]
fn Toast(toast: state::Toast) -> impl IntoView {
    let live = Live::here();
    let place = Place::here();
    let state::Toast {
        id,
        agent,
        title,
        detail,
        next,
        is_about_next,
        undo,
        ..
    } = toast;
    let face = live.peek(|state| agent.and_then(|agent| state.face(agent).cloned()));
    let picture = agent.map(|agent| live.peek(|state| state.picture(agent)));
    let mark = match face {
        Some(person) => {
            view! { <Face person size="sm" picture=picture.unwrap_or_default()/> }.late()
        }
        None if undo.is_some() => view! { <Icon name="done"/> }.late(),
        None => view! { <Icon name="alert"/> }.late(),
    };
    let next = next.map(|next| {
        let name = live.peek(|state| state.card(next).map(|card| card.visitor.name.clone()));
        let word = if is_about_next {
            t::open_it().to_owned()
        } else {
            t::open_next(&name.unwrap_or_default())
        };
        let open = move |_| {
            live.act(|state| state.toasts.dismiss(id));
            place.go(next);
        };
        view! {
            <span class="acts">
                <button type="button" class="btn sm" on:click=open>
                    {word}
                </button>
            </span>
        }
    });
    let undo = undo.map(|_| {
        let undo = move |_| live.act_with_key(|state, key| state.undo(id, key));
        view! {
            <span class="acts">
                <button type="button" class="btn sm" on:click=undo>
                    <Icon name="back" size="xs"/>
                    {t::undo()}
                </button>
            </span>
        }
    });
    let hold = move || live.act(|state| state.toasts.hold(id));
    let release = move || live.act(|state| state.toasts.release(id, local::now()));
    view! {
        <div
            class="toast"
            on:mouseenter=move |_| hold()
            on:mouseleave=move |_| release()
            on:focusin=move |_| hold()
            on:focusout=move |_| release()
        >
            {mark}
            <span>
                {title}
                {(!detail.is_empty()).then(|| view! { <small>{detail}</small> })}
            </span>
            <button
                type="button"
                class="btn sm sq"
                aria-label=t::dismiss()
                on:click=move |_| live.act(|state| state.toasts.dismiss(id))
            >
                <Icon name="x" size="xs"/>
            </button>
            {next} {undo}
        </div>
    }
    .late()
}
