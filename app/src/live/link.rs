//! The page's one connection to the hub.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use leptos::prelude::*;
use protocol::Key;
use protocol::agent::{AgentCommand, AgentEvent};
use socket::browser::Client;
use socket::{AgentSide, Status, Stop, Told};

use super::state::{Connection, LiveState};
use super::{Live, browser, local};

/// Postcard in binary frames: these pages come with the server that they talk to, and the code that
/// reads JSON would be a tenth of them.
struct Postcard;

impl socket::Codec for Postcard {
    type Side = AgentSide;
    const BINARY: bool = true;

    fn subprotocol() -> String {
        protocol::schema::postcard()
    }

    fn encode(command: &AgentCommand) -> Vec<u8> {
        postcard::to_allocvec(command).expect("a command is plain data")
    }

    fn decode(frame: &[u8]) -> Option<AgentEvent> {
        postcard::from_bytes(frame).ok()
    }
}

// A page has one thread and one connection, and the server, which has many threads, has none.
thread_local! {
    static CLIENT: RefCell<Option<Client<Postcard>>> = const { RefCell::new(None) };
    static HEARD: RefCell<Vec<Told<AgentEvent>>> = const { RefCell::new(Vec::new()) };
    static AWAITS_FRAME: Cell<bool> = const { Cell::new(false) };
}

/// Whether the connection has been begun.
pub(super) fn is_begun() -> bool {
    CLIENT.with_borrow(Option::is_some)
}

/// Connects, and from then on tells `live` whatever the hub tells.
pub(super) fn begin(live: Live) {
    let start = move || {
        take_in(live);
        let started = live.state.try_update_untracked(LiveState::start);
        started.expect("the root's signals live as long as the page")
    };
    let client = Client::connect(&browser::hub_address(), start, move |told| hear(live, told));
    CLIENT.set(Some(client));
}

/// Says something to the hub, or drops it: what matters is said again after the next welcome.
pub(super) fn send(command: &AgentCommand) {
    if let Some(client) = client() {
        client.send(command);
    }
}

/// Takes a command back that has not gone out.
pub(super) fn forget(key: Key) {
    if let Some(client) = client() {
        client.forget(key);
    }
}

/// Ends a wait between two tries.
pub(super) fn try_now() {
    if let Some(client) = client() {
        client.wake();
    }
}

/// Ends the connection for good.
pub(super) fn end() {
    if let Some(client) = client() {
        client.stop();
    }
}

fn client() -> Option<Client<Postcard>> {
    CLIENT.with_borrow(Clone::clone)
}

/// Collects what is told, so that a burst makes one change per frame.
fn hear(live: Live, told: Told<AgentEvent>) {
    HEARD.with_borrow_mut(|heard| heard.push(told));
    if AWAITS_FRAME.replace(true) {
        return;
    }
    if !browser::is_hidden() {
        request_animation_frame(move || take_in(live));
    }
    // A page that nobody sees gets no frames.
    set_timeout(move || take_in(live), Duration::from_millis(100));
}

/// Takes in everything collected, in order.
fn take_in(live: Live) {
    AWAITS_FRAME.set(false);
    let heard = HEARD.take();
    if heard.is_empty() {
        return;
    }
    let now = local::now();
    for told in &heard {
        if let Told::Event(event) = told {
            live.hear_of_drafts(event);
        }
    }
    live.act(|state| {
        for told in heard {
            match told {
                Told::Event(event) => state.apply(event, now),
                Told::Status(status) => state.connection_changed(connection(status)),
            }
        }
    });
}

fn connection(status: Status) -> Connection {
    match status {
        Status::Connecting => Connection::Connecting,
        Status::Live => Connection::Live,
        Status::Lost { since } => Connection::Lost {
            since: protocol::Timestamp(since.cast_signed()),
        },
        Status::Stopped(Stop::Reload) => Connection::Outdated,
        Status::Stopped(Stop::Revoked) => Connection::SignedOut,
        Status::Stopped(Stop::Ended) => Connection::Left,
        Status::Stopped(Stop::Refused) => Connection::Refused,
    }
}
