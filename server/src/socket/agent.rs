//! An agent's connection: from the cookie to the welcome.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::Response;
use protocol::agent::{AgentCommand, AgentEvent, ChatbotView, GroupView, ThreadPosition, Welcome};
use protocol::card::Tab;
use protocol::{Refusal, close, limits};

use super::agent_commands::AgentPeer;
use super::connection::{self, serve};
use super::goodbye::{self, End};
use super::upgrade::{self, Denied, Sizes};
use crate::actions::begin_visit::user_agent;
use crate::actions::sign_in::{self, SignedIn};
use crate::auth::origin::{self, Origin};
use crate::desk::Desk;
use crate::faults::{self, Fault};
use crate::hub::frame::Encoding;
use crate::hub::queue::Queue;
use crate::hub::registry::AgentConnection;
use crate::jobs::arrivals::{Arrival, Came, Found};
use crate::limits as rates;
use crate::store::{Doer, Roster, StoreError};
use crate::wire::card::card;

const SIZES: Sizes = Sizes {
    frame: limits::AGENT_FRAME,
    // Filled with zeros each time that the connection's task wakes, and most commands are shorter.
    read_buffer: 1024,
};

/// `GET /ws/agent`. The cookie is sent along whatever page asks, so the Origin has to be ours.
pub(crate) async fn connect(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> Response {
    let own = origin::of(&headers, &desk.config.server.public_url) == Origin::Own;
    if !own && !faults::on(Fault::ForeignSocket) {
        return Denied::ForeignOrigin.response();
    }
    let Some(signed_in) = sign_in::of_socket(&desk, &headers).await else {
        return Denied::SignInNeeded.response();
    };
    let place = match upgrade::take_place(&desk, from) {
        Ok(place) => place,
        Err(denied) => return denied.response(),
    };
    let served = desk.clone().on_behalf(Doer {
        agent: Some(signed_in.agent),
        ip: from,
        user_agent: user_agent(&headers),
    });
    upgrade::upgrade(
        &desk,
        place,
        socket,
        &headers,
        SIZES,
        move |socket, encoding| run(served, socket, encoding, signed_in),
    )
}

async fn run(desk: Desk, socket: WebSocket, encoding: Encoding, signed_in: SignedIn) {
    // What it takes to get to the welcome is given back: every connection would carry it along.
    let greeted = Box::pin(arrive(&desk, socket, encoding, signed_in)).await;
    let Some((socket, queue, peer)) = greeted else {
        return;
    };
    let clock = desk.clock.clone();
    let ends = tokio::time::Instant::now() + signed_in.lasts(clock.now());
    serve(socket, queue, peer, clock, Some(ends)).await;
    left(&desk, signed_in);
}

/// From the first frame to the welcome; none when it does not come to that.
async fn arrive(
    desk: &Desk,
    socket: WebSocket,
    encoding: Encoding,
    signed_in: SignedIn,
) -> Option<(Box<WebSocket>, Arc<Queue>, Box<AgentPeer>)> {
    let mut socket = Box::new(socket);
    match greeted(desk, &mut socket, encoding, signed_in).await {
        Ok((queue, peer)) => Some((socket, queue, Box::new(peer))),
        Err(End::Gone) => None,
        Err(end) => {
            goodbye::say(&mut socket, end).await;
            None
        }
    }
}

/// Reads the first frame, takes a place in the hub and says the welcome; else how the connection ends.
async fn greeted(
    desk: &Desk,
    socket: &mut WebSocket,
    encoding: Encoding,
    signed_in: SignedIn,
) -> Result<(Arc<Queue>, AgentPeer), End> {
    let start = connection::first(socket, encoding).await;
    let Some(AgentCommand::Start { tab, threads }) = start else {
        let refusal = Refusal::StartExpected;
        let sentence = refusal.sentence(desk.now());
        let refused = AgentEvent::Refused {
            key: None,
            refusal,
            sentence,
        };
        let said = connection::say(socket, &refused, encoding).await;
        return Err(said.map_or(End::Gone, |()| End::Ours(close::POLICY)));
    };
    // What this agent chooses on another connection meanwhile is chosen after this is read, and told
    // after this connection is there to hear it.
    let turn = desk.choices.turn(signed_in.agent).await;
    let (workspace, id) = (signed_in.workspace, signed_in.agent);
    let roster = match desk.store.roster_with(workspace, id).await {
        Ok(roster) => roster,
        Err(error) => {
            tracing::error!(%error, "a team could not be read");
            return Err(End::Ours(close::RESTART));
        }
    };
    let Some(agent) = roster.member(id).cloned() else {
        return Err(End::Ours(close::REVOKED));
    };
    let queue = Arc::new(Queue::greeting(encoding));
    desk.hub.learn_working(agent.id, agent.works(desk.now()));
    desk.hub
        .learn_chosen(agent.id, agent.chosen, agent.accepting);
    // First the place in the hub, then the load: what is committed in between waits in the queue,
    // behind the welcome.
    let connected = desk.hub.connect_agent(AgentConnection {
        agent: agent.id,
        workspace: agent.workspace,
        sign_in: signed_in.sign_in,
        assigned: agent.assigned.clone(),
        queue: queue.clone(),
        watched: HashSet::new(),
        viewed: None,
        follows_assistant: tab == Tab::Assistant,
        counts: None,
    });
    drop(turn);
    let mut threads = threads;
    threads.truncate(limits::THREADS);
    for position in &threads {
        connected.watch(position.conversation);
    }
    let arrival = Arrival {
        workspace,
        agent: agent.id,
        sign_in: signed_in.sign_in,
        assigned: agent.assigned.clone(),
        tab,
        threads: threads.iter().map(|one| one.conversation).collect(),
    };
    let found = match desk.arrivals.read(arrival).await {
        Came::In(found) => found,
        // Whoever ended this sign-in before the hub knew of the connection could not close it.
        Came::Out => return Err(End::Ours(close::REVOKED)),
        Came::NotNow => return Err(End::Ours(close::RESTART)),
    };
    // Whoever sees the inbox is there for routing too.
    if desk.attendance.arrive(workspace, id).await.is_err() {
        return Err(End::Ours(close::RESTART));
    }
    let limiter = desk.limits.agent_connection();
    let mut peer = AgentPeer {
        desk: desk.clone(),
        agent,
        connected,
        missed: Vec::new(),
        limiter,
    };
    let greeting = Greeting {
        roster,
        found,
        tab,
        threads,
    };
    match greet(socket, &mut peer, encoding, greeting).await {
        Ok(Greeted::Gone) => Err(End::Gone),
        Ok(Greeted::Welcome) => Ok((queue, peer)),
        Err(error) => {
            tracing::error!(%error, "an agent could not be welcomed");
            Err(End::Ours(close::RESTART))
        }
    }
}

/// Notes until when the sign-in was used. Not while the server stops: who is signed in comes back.
fn left(desk: &Desk, signed_in: SignedIn) {
    if desk.closing.is_cancelled() {
        return;
    }
    let (workspace, sign_in) = (signed_in.workspace, signed_in.sign_in);
    desk.store.touch_sign_in(workspace, sign_in, desk.now());
}

/// How greeting somebody ended.
enum Greeted {
    Welcome,
    /// The connection broke meanwhile.
    Gone,
}

/// What somebody who comes is told.
struct Greeting {
    roster: Arc<Roster>,
    found: Found,
    tab: Tab,
    threads: Vec<ThreadPosition>,
}

/// Says the welcome, and then the open threads one by one: together they may be many.
async fn greet(
    socket: &mut WebSocket,
    peer: &mut AgentPeer,
    encoding: Encoding,
    greeting: Greeting,
) -> Result<Greeted, StoreError> {
    let welcome = welcome(peer, &greeting).await?;
    let Found { mut threads, .. } = greeting.found;
    let mut event = AgentEvent::Welcome(welcome);
    let mut positions = greeting.threads.into_iter();
    loop {
        if connection::say(socket, &event, encoding).await.is_err() {
            return Ok(Greeted::Gone);
        }
        let Some(position) = positions.next() else {
            return Ok(Greeted::Welcome);
        };
        let head = threads.remove(&position.conversation);
        event = peer
            .show_thread(position.conversation, position.after, head)
            .await?;
    }
}

async fn welcome(peer: &AgentPeer, greeting: &Greeting) -> Result<Welcome, StoreError> {
    let (desk, agent) = (&peer.desk, &peer.agent);
    let roster = &greeting.roster;
    let team = roster.team.iter().map(|row| desk.member(row));
    let chatbots = roster.chatbots.iter();
    let chatbots = chatbots.filter(|chatbot| agent.assigned.includes(chatbot.id));
    let groups = roster.groups.iter().map(|group| GroupView {
        id: group.id,
        name: group.name.clone(),
    });
    let counts = desk.counts(agent).await?;
    peer.connected.told(counts);
    let (cards, more) = &*greeting.found.cards;
    Ok(Welcome {
        me: agent.id,
        chosen: agent.chosen,
        notices: agent.notices.clone(),
        groups: groups.collect(),
        team: team.collect(),
        chatbots: chatbots
            .map(|chatbot| ChatbotView {
                id: chatbot.id,
                name: chatbot.name.clone(),
                file_limit: chatbot.settings.files.limit_mebibytes,
            })
            .collect(),
        labels: roster.labels.clone(),
        counts,
        tab: greeting.tab,
        cards: cards.clone(),
        more: *more,
        drafts: greeting.found.drafted.clone(),
        mentions: greeting.found.mentions.clone(),
        now: desk.now(),
    })
}

/// A page of a tab, and whether there is another.
pub(super) async fn cards(
    desk: &Desk,
    agent: &domain::Agent,
    tab: Tab,
    after: Option<protocol::card::Cursor>,
) -> Result<(Vec<protocol::card::Card>, bool), StoreError> {
    let page = limits::CARDS_PAGE;
    let found = desk
        .store
        .cards(agent.workspace, &agent.assigned, tab, after, page + 1)
        .await?;
    let more = found.len() > page;
    Ok((found.iter().take(page).map(card).collect(), more))
}

/// Refuses a connection that sends more than it may.
pub(super) fn check_rate(peer: &AgentPeer) -> Result<(), Refusal> {
    rates::agent_command(&peer.limiter)
}
