//! Where a specimen stands: its name, and the contexts of an inbox that knows what it needs.

use leptos::prelude::*;
use leptos::tachys::reactive_graph::OwnedView;
use protocol::ConversationId;

use super::sample::NOW;
use crate::live::Live;
use crate::live::attention::Attention;
use crate::live::files::Files;
use crate::live::place::Place;
use crate::live::state::LiveState;
use crate::live::views::Talk;
use crate::pages::inbox::Desk;
use crate::parts::late::IntoLate;

/// A part in one state.
pub(super) fn specimen(name: &'static str, view: AnyView) -> AnyView {
    view! {
        <figure>
            <figcaption>{name}</figcaption>
            <div class="stage">{view}</div>
        </figure>
    }
    .late()
}

/// A part as an inbox in this state shows it.
pub(super) fn in_inbox(
    name: &'static str,
    state: LiveState,
    show: impl FnOnce() -> AnyView,
) -> AnyView {
    let owner = Owner::new();
    let view = owner.with(|| {
        Live::provide_knowing(state, NOW);
        Place::provide("/inbox");
        Attention::provide();
        Files::provide(Live::here());
        provide_context(Desk::at(Place::here(), Live::here()));
        show()
    });
    specimen(name, OwnedView::new_with_owner(view, owner).late())
}

/// The same for a part of one conversation.
pub(super) fn in_talk(
    name: &'static str,
    state: LiveState,
    id: ConversationId,
    show: impl FnOnce(Memo<Talk>) -> AnyView,
) -> AnyView {
    in_inbox(name, state, || show(Live::here().talk(id)))
}
