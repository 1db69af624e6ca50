//! A visitor's connection: from the first frame to the welcome.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::Conversation;
use domain::conversation::{Controller, Line};
use protocol::entry::PublicEntry;
use protocol::visitor::{Start, StateLine, VisitorCommand, VisitorEvent, Welcome};
use protocol::{PublicSeq, Refusal, Seq, close, limits};

use super::connection::{self, serve};
use super::goodbye;
use super::pages;
use super::upgrade::{self, Denied, Sizes};
use super::visitor_commands::VisitorPeer;
use crate::actions::begin_visit::{self, Visitor};
use crate::auth::origin::{self, Origin};
use crate::desk::Desk;
use crate::hub::Connected;
use crate::hub::frame::Encoding;
use crate::hub::queue::Queue;
use crate::hub::registry::{Loaded, VisitorConnection};
use crate::store::StoreError;
use crate::wire::{entry, line};

const SIZES: Sizes = Sizes {
    frame: limits::VISITOR_FRAME,
    read_buffer: 512,
};

/// `GET /ws/visitor`. No cookie counts here: the token comes in the first frame, so a missing
/// Origin is fine, but a foreign one is not.
pub(crate) async fn connect(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> Response {
    if origin::of(&headers, &desk.config.server.public_url) == Origin::Foreign {
        return Denied::ForeignOrigin.response();
    }
    let place = match upgrade::take_place(&desk, from) {
        Ok(place) => place,
        Err(denied) => return denied.response(),
    };
    let user_agent = begin_visit::user_agent(&headers);
    let served = Arc::new(desk.clone());
    upgrade::upgrade(
        &desk,
        place,
        socket,
        &headers,
        SIZES,
        move |socket, encoding| run(served, socket, encoding, from, user_agent),
    )
}

async fn run(
    desk: Arc<Desk>,
    socket: WebSocket,
    encoding: Encoding,
    from: IpAddr,
    user_agent: String,
) {
    // What it takes to get to the welcome is given back: every connection would carry it along.
    let greeted = Box::pin(greet(&desk, socket, encoding, (from, user_agent))).await;
    let Some((socket, queue, peer)) = greeted else {
        return;
    };
    let visitor = peer.visitor.clone();
    serve(socket, queue, peer, desk.clock.clone(), None).await;
    left(&desk, &visitor);
}

/// From the first frame to the welcome; none when it does not come to that.
async fn greet(
    desk: &Arc<Desk>,
    socket: WebSocket,
    encoding: Encoding,
    (from, user_agent): (IpAddr, String),
) -> Option<(Box<WebSocket>, Arc<Queue>, Box<VisitorPeer>)> {
    let mut socket = Box::new(socket);
    let Some(VisitorCommand::Start(start)) = connection::first(&mut socket, encoding).await else {
        refuse(desk, &mut socket, encoding, Refusal::StartExpected).await;
        return None;
    };
    let (visitor, token) = match begin_visit::begin_visit(desk, &start, from, user_agent).await {
        Ok(begun) => begun,
        Err(refusal) => {
            refuse(desk, &mut socket, encoding, refusal).await;
            return None;
        }
    };
    let visitor = Arc::new(visitor);
    let queue = Arc::new(Queue::new(encoding));
    // First the place in the hub, then the load: what is committed in between waits in the queue,
    // behind the welcome.
    let conversation = visitor.conversation;
    let connection = VisitorConnection {
        conversation,
        chatbot: visitor.chatbot.id,
        locale: visitor.locale.clone(),
        queue: queue.clone(),
    };
    let connected = desk.hub.connect_visitor(connection);
    let (welcome, missed) = match welcome(desk, &connected, &visitor, &start, token).await {
        Ok(welcome) => welcome,
        Err(error) => {
            tracing::error!(%error, "a visitor could not be welcomed");
            goodbye::close(&mut socket, close::RESTART).await;
            return None;
        }
    };
    let welcome = VisitorEvent::Welcome(welcome);
    connection::say(&mut socket, &welcome, encoding)
        .await
        .ok()?;
    let peer = VisitorPeer {
        desk: desk.clone(),
        visitor,
        missed,
        agreed: false,
        _connected: connected,
    };
    Some((socket, queue, Box::new(peer)))
}

/// Notes until when the visitor was here. Not while the server stops: those who come back at once go
/// on with their visit.
fn left(desk: &Desk, visitor: &Visitor) {
    if desk.closing.is_cancelled() {
        return;
    }
    let (workspace, session) = (visitor.workspace, visitor.session);
    let store = &desk.store;
    store.touch_session(&visitor.token_hash, workspace, session, desk.now());
}

async fn refuse(desk: &Desk, socket: &mut WebSocket, encoding: Encoding, refusal: Refusal) {
    let sentence = refusal.sentence(desk.now());
    // Who was too fast may come back; who broke the protocol may not.
    let code = match refusal {
        Refusal::TooFast { .. } | Refusal::Unavailable => close::RESTART,
        _ => close::POLICY,
    };
    let refused = VisitorEvent::Refused {
        key: None,
        refusal,
        sentence,
    };
    if connection::say(socket, &refused, encoding).await.is_ok() {
        goodbye::close(socket, code).await;
    }
}

/// The welcome, and after which entry the rest of what was missed begins.
async fn welcome(
    desk: &Desk,
    connected: &Connected,
    visitor: &Visitor,
    start: &Start,
    token: Option<String>,
) -> Result<(Welcome, Option<PublicSeq>), StoreError> {
    let id = visitor.conversation;
    let found = desk.store.conversation(visitor.workspace, id).await?;
    let controller = found
        .as_ref()
        .map_or(Controller::Ai, Conversation::controller);
    let wait = match controller {
        Controller::Waiting => Some(desk.wait(visitor.workspace, id).await?),
        Controller::Ai | Controller::Human(_) | Controller::Closed => None,
    };
    let loaded = Loaded {
        of: (visitor.workspace, visitor.chatbot.id),
        controller,
        participants: found
            .as_ref()
            .map_or_else(Vec::new, |found| found.participants().to_vec()),
        last: found.as_ref().map_or(Seq(0), |found| found.last_seq),
        wait,
    };
    connected.learn(id, loaded);
    let stands = found.as_ref().map_or(Line::Assistant, Conversation::line);
    // What comes after this number waits in the queue.
    let last = found
        .as_ref()
        .map_or(PublicSeq(0), |found| found.last_public_seq);
    let (entries, more) = if start.after < last {
        entries(desk, visitor, start.after).await?
    } else {
        (Vec::new(), false)
    };
    // The newest page is all for who has nothing; anybody else may have missed more than a page.
    let told = entries.last().map(|last| last.seq);
    let missed = told.filter(|told| start.after > PublicSeq(0) && *told < last);
    let welcome = Welcome {
        token,
        conversation: id,
        widget: visitor.chatbot.widget_view(&visitor.locale),
        line: line::line(stands, wait, &desk.faces).unwrap_or(StateLine::Assistant),
        entries,
        more,
        read_by_team: found
            .as_ref()
            .map_or(PublicSeq(0), |found| found.read_by_team),
        read: found
            .as_ref()
            .map_or(PublicSeq(0), |found| found.read_by_visitor),
        now: desk.now(),
    };
    Ok((welcome, missed))
}

/// The newest page for who has nothing; for who has something, the first page of the rest.
async fn entries(
    desk: &Desk,
    visitor: &Visitor,
    after: PublicSeq,
) -> Result<(Vec<PublicEntry>, bool), StoreError> {
    let (store, id, limit) = (&desk.store, visitor.conversation, limits::ENTRIES_PAGE);
    let public = |page: Vec<domain::Entry>| {
        let public = page
            .iter()
            .filter_map(|one| entry::public_entry(one, &desk.faces));
        public.collect()
    };
    if after == PublicSeq(0) {
        let newest = store.newest_public_entries(visitor.workspace, id, limit);
        let entries: Vec<PublicEntry> = pages::last(public(newest.await?));
        let more = entries.first().map(|first| first.seq) > Some(PublicSeq(1));
        return Ok((entries, more));
    }
    let rest = store.public_entries_after(visitor.workspace, id, after, limit);
    Ok((pages::first(public(rest.await?)), false))
}
