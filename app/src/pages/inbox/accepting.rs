//! Whether routing may give me chats.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::live::Live;
use crate::parts::follow::{follow, reads};
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// A switch beside one's availability.
#[component]
pub(crate) fn Accepting() -> impl IntoView {
    let live = Live::here();
    let known = move || live.frame(|frame| frame.me.is_some());
    let cut = reads(move || !live.frame(|frame| frame.is_live()));
    let accepting = reads(move || live.frame(|frame| frame.accepting));
    let choose = move |event: MouseEvent| {
        // It moves once the hub says so.
        event.prevent_default();
        live.accept_chats(!accepting.get_untracked());
    };
    let switch = move || {
        known().then(|| {
            view! {
                <label class="accepting" title=t::accept_chats_about()>
                    <span class="desk-only">{t::accept_chats()}</span>
                    <input
                        type="checkbox"
                        role="switch"
                        class="switch"
                        aria-label=t::accept_chats()
                        disabled=cut
                        prop:checked=accepting
                        on:click=choose
                    />
                </label>
            }
        })
    };
    view! { <div class="chooses">{follow(switch)}</div> }.painted()
}
