//! The inbox: the lists, the open conversation, and what is known of its visitor.

mod accepting;
mod alike;
mod attach;
mod bell;
mod block;
mod bulk;
pub(in crate::pages) mod claim_bar;
mod commands;
mod composer;
mod contact;
mod conversation;
mod details;
mod earlier;
mod erase;
mod filters;
pub(in crate::pages) mod foot;
mod going;
pub(in crate::pages) mod head;
mod idle;
mod keys;
mod labels;
mod line;
mod list;
mod me;
mod nav;
mod notes;
pub(in crate::pages) mod offer;
mod overtake;
mod palette;
mod panel;
mod pick;
mod prefer;
mod resolve;
pub(in crate::pages) mod row;
mod rows;
mod say;
mod sheet;
mod snooze;
mod snooze_until;
mod step;
mod take;
mod target;
mod targets;
mod team;
pub(in crate::pages) mod timeline;
mod top;
mod transfer;
mod turn;
mod viewers;
mod views;
mod visit;
mod ways;

use leptos::prelude::*;
use protocol::ConversationId;
use protocol::forms::Me;

use crate::live::attention::Attention;
use crate::live::files::Files;
use crate::live::place::Place;
use crate::live::state::{Connection, Item, LiveState, Mode, View};
use crate::live::{Live, browser};
use crate::parts::banner::Banner;
use crate::parts::follow::{effect, reads};
use crate::parts::memo::memo;
use crate::parts::painted::IntoPainted;
use crate::parts::toast::Toasts;

use crate::words::t;
use conversation::Conversation;
use idle::Idle;
use list::List;
use nav::Nav;
use palette::Palette;
use panel::Panel;
use prefer::Prefer;
use sheet::KeySheet;
use top::Top;
use views::Views;

/// What the parts of this page share.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
    pub(crate) place: Place,
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
    /// Whether the menu of times is open until which the conversation is put aside.
    pub(crate) snoozing: RwSignal<bool>,
    /// Whether the dialog is open in which a time of one's own is chosen for that.
    pub(crate) snoozing_until: RwSignal<bool>,
    /// Whether I am asked if I really take it from a colleague.
    pub(crate) overtaking: RwSignal<bool>,
    /// Whether I am asked if the visitor is really to be blocked.
    pub(crate) blocking: RwSignal<bool>,
    /// Whether I am asked if it is really to be erased.
    pub(crate) erasing: RwSignal<bool>,
    /// Whether I asked to get a conversation; having it leads to the composer.
    pub(crate) takes: RwSignal<bool>,
    /// How the list is looked at.
    pub(crate) view: RwSignal<View>,
    /// Its lines.
    pub(crate) items: Memo<Vec<Item>>,
    /// The row that the keys lead to.
    pub(crate) reach: RwSignal<Option<ConversationId>>,
    /// Whether what the list is sorted and filtered by is shown.
    pub(crate) filtering: RwSignal<bool>,
    /// The conversations that something is done to together, the one chosen last at the end.
    pub(crate) chosen: RwSignal<Vec<ConversationId>>,
    /// Whether the dialog with the saved views is open.
    pub(crate) viewing: RwSignal<bool>,
    pub(crate) palette: RwSignal<bool>,
    /// Whether the palette was opened to search alone.
    pub(crate) searching: RwSignal<bool>,
    /// Whether the list of saved replies is to open in the composer.
    pub(crate) slash: RwSignal<bool>,
    /// Whether the sheet of keys is open.
    pub(crate) keys: RwSignal<bool>,
    /// Whether the dialog with the preferences is open.
    pub(crate) preferring: RwSignal<bool>,
    /// Whether the menu of one's own availability is open.
    pub(crate) choosing: RwSignal<bool>,
}

impl Desk {
    /// The desk at a place, with nothing chosen yet.
    pub(crate) fn at(place: Place, live: Live) -> Self {
        let open = memo(move || place.open());
        let view = RwSignal::new(View::default());
        // Laid out anew only when the lists themselves have changed.
        let changes =
            memo(move || live.read(|state| (state.lists.changes(), state.tab(), state.me)));
        let items = memo(move || {
            let (_, tab, _) = changes.get();
            let view = view.get();
            // What is overdue changes by itself, with every second.
            let now = match view.overdue {
                true => live.now(),
                false => live.now_untracked(),
            };
            live.peek(|state| state.items(tab, view, now))
        });
        Self {
            place,
            open,
            panel: RwSignal::new(false),
            writes: RwSignal::new(None),
            arrives: RwSignal::new(false),
            resolving: RwSignal::new(false),
            transferring: RwSignal::new(false),
            snoozing: RwSignal::new(false),
            snoozing_until: RwSignal::new(false),
            overtaking: RwSignal::new(false),
            blocking: RwSignal::new(false),
            erasing: RwSignal::new(false),
            takes: RwSignal::new(false),
            view,
            items,
            reach: RwSignal::new(None),
            filtering: RwSignal::new(false),
            chosen: RwSignal::new(Vec::new()),
            viewing: RwSignal::new(false),
            palette: RwSignal::new(false),
            searching: RwSignal::new(false),
            slash: RwSignal::new(false),
            keys: RwSignal::new(false),
            preferring: RwSignal::new(false),
            choosing: RwSignal::new(false),
        }
    }

    /// The desk of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }
}

/// The whole page, for who is signed in.
#[component]
pub(crate) fn Inbox(me: Me) -> impl IntoView {
    let live = Live::here();
    Files::provide(live);
    let (place, attention) = (Place::here(), Attention::here());
    let desk = Desk::at(place, live);
    provide_context(desk);
    let (open, items) = (desk.open, desk.items);
    let order = memo(move || desk.view.with(|view| view.order));
    effect(move || live.act(|state| state.sort(order.get())));

    let id = me.id;
    effect(move || {
        place.listen();
        live.connect(id);
        attention.begin(id);
    });
    Effect::new(move |page_is_new: Option<bool>| {
        desk.panel.set(false);
        desk.writes.set(None);
        desk.resolving.set(false);
        desk.transferring.set(false);
        desk.snoozing.set(false);
        desk.overtaking.set(false);
        desk.arrives.set(page_is_new.is_some());
        if let Some(conversation) = open.get() {
            live.act(|state| state.open(conversation));
        }
        false
    });
    let looks = memo(move || {
        // A page that is hidden or shown again is found out by the next second.
        live.now();
        open.get().filter(|_| !browser::is_hidden())
    });
    effect(move || live.act(|state| state.view(looks.get())));
    // What is no longer in the list is no longer chosen: nobody sees that it is.
    effect(move || {
        let gone = |id: &ConversationId| !items.with(|items| items.contains(&Item::Row(*id)));
        let chosen = desk.chosen.get_untracked();
        items.track();
        if chosen.iter().any(gone) {
            desk.chosen.update(|chosen| chosen.retain(|id| !gone(id)));
        }
    });
    keys::listen(desk);

    let shows = move || match (open.get().is_some(), desk.panel.get()) {
        (false, _) => "list",
        (true, false) => "talk",
        (true, true) => "panel",
    };
    let state = move || match live.frame(|frame| frame.connection) {
        Connection::Connecting | Connection::Live => None,
        _ => Some("reconnecting"),
    };
    let lacks = reads(move || live.read(LiveState::lacks));
    let workspace = me.workspace.clone();
    let title = move || match live.frame(|frame| frame.counts.pending) {
        0 => t::inbox_of(&workspace),
        waiting => t::inbox_waiting(&waiting, &workspace),
    };
    effect(move || browser::set_title(&title()));
    view! {
        <div class="app" data-view=shows data-state=state data-lacks=lacks>
            <a class="btn skip" href="#conversation" rel="external">
                {t::skip_to_conversation()}
            </a>
            <Nav rights=me.rights()/>
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
            <Palette/>
            <KeySheet/>
            <Prefer/>
            <Views/>
        </div>
    }
    .painted()
}
