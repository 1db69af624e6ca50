//! The inbox: the lists, the open conversation, and what is known of its visitor.

mod accepting;
mod claim_bar;
mod composer;
mod conversation;
mod details;
mod foot;
mod going;
mod head;
mod idle;
mod keys;
mod line;
mod list;
mod me;
mod nav;
mod offer;
mod overtake;
mod panel;
mod resolve;
mod row;
mod rows;
mod say;
mod take;
mod target;
mod team;
mod timeline;
mod top;
mod transfer;
mod turn;
mod visit;
mod ways;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;
use protocol::ConversationId;
use protocol::forms::Me;

use crate::api::SignedIn;
use crate::live::Live;
use crate::live::state::{Connection, Mode};
use crate::parts::banner::Banner;
use crate::parts::follow::effect;
use crate::parts::memo::memo;
use crate::parts::painted::IntoPainted;
use crate::parts::toast::Toasts;
use crate::parts::trouble::Trouble;

use conversation::Conversation;
use idle::Idle;
use list::List;
use nav::Nav;
use panel::Panel;
use top::Top;

/// Only for those who are signed in; everybody else is led to the door.
#[component]
pub(crate) fn Inbox() -> impl IntoView {
    let SignedIn(signed_in) = expect_context();
    let page = move || {
        Suspend::new(async move {
            match signed_in.await {
                Ok(Some(me)) => view! { <Desk me/> }.painted(),
                Ok(None) => view! { <Redirect path="/sign-in"/> }.painted(),
                Err(error) => view! { <Trouble error/> }.painted(),
            }
        })
    };
    view! { <Suspense>{page}</Suspense> }.painted()
}

/// What the parts of this page share.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    /// The conversation in the address.
    pub(crate) open: Memo<Option<ConversationId>>,
    /// Whether the panel is shown where there is no room for it.
    pub(crate) panel: RwSignal<bool>,
    /// Whom I chose to write to where I hold nothing yet.
    pub(crate) writes: RwSignal<Option<Mode>>,
    /// Whether the open conversation was chosen on this page, and its heading is not reached yet.
    pub(crate) arrives: RwSignal<bool>,
    /// Whether the menu of ways to end the handoff is open.
    pub(crate) resolving: RwSignal<bool>,
    /// Whether the dialog is open that passes the conversation on.
    pub(crate) transferring: RwSignal<bool>,
    /// Whether I am asked if I really take it from a colleague.
    pub(crate) overtaking: RwSignal<bool>,
    /// Whether I asked to get a conversation; having it leads to the composer.
    pub(crate) takes: RwSignal<bool>,
}

impl Desk {
    /// The desk of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }
}

#[component]
fn Desk(me: Me) -> impl IntoView {
    let live = Live::here();
    let params = use_params_map();
    let open = memo(move || params.with(|params| params.get("conversation")?.parse().ok()));
    let desk = Desk {
        open,
        panel: RwSignal::new(false),
        writes: RwSignal::new(None),
        arrives: RwSignal::new(false),
        resolving: RwSignal::new(false),
        transferring: RwSignal::new(false),
        overtaking: RwSignal::new(false),
        takes: RwSignal::new(false),
    };
    provide_context(desk);

    let id = me.id;
    effect(move || live.connect(id));
    Effect::new(move |page_is_new: Option<bool>| {
        desk.panel.set(false);
        desk.writes.set(None);
        desk.resolving.set(false);
        desk.transferring.set(false);
        desk.overtaking.set(false);
        desk.arrives.set(page_is_new.is_some());
        if let Some(conversation) = open.get() {
            live.act(|state| state.open(conversation));
        }
        false
    });
    keys::listen(desk);

    let view = move || match (open.get().is_some(), desk.panel.get()) {
        (false, _) => "list",
        (true, false) => "talk",
        (true, true) => "panel",
    };
    let state = move || match live.frame(|frame| frame.connection) {
        Connection::Connecting | Connection::Live => None,
        _ => Some("reconnecting"),
    };
    let workspace = me.workspace.clone();
    let title = move || match live.frame(|frame| frame.counts.pending) {
        0 => format!("Inbox · {workspace}"),
        waiting => format!("({waiting}) Inbox · {workspace}"),
    };
    view! {
        <Title text=title/>
        <div class="app" data-view=view data-state=state>
            <a class="btn skip" href="#conversation" rel="external">
                "Skip to the conversation"
            </a>
            <Nav role=me.role/>
            <Top me/>
            <Banner/>
            <div class="sheet">
                <List/>
                {move || match open.get() {
                    Some(id) => {
                        let talk = live.talk(id);
                        view! {
                            <Conversation id talk/>
                            <Panel talk/>
                        }
                    }
                    .painted(),
                    None => view! { <Idle/> }.painted(),
                }}
            </div>
            <Toasts/>
        </div>
    }
    .painted()
}
