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
use protocol::person::Member;
use protocol::{Refusal, close, limits};

use super::agent_commands::AgentPeer;
use super::connection::{self, serve};
use super::goodbye;
use super::upgrade::{self, Denied, Sizes};
use crate::actions::arrive;
use crate::actions::sign_in::{self, SignedIn};
use crate::auth::origin::{self, Origin};
use crate::desk::Desk;
use crate::hub::Connected;
use crate::hub::frame::Encoding;
use crate::hub::queue::Queue;
use crate::hub::registry::AgentConnection;
use crate::limits as rates;
use crate::store::StoreError;
use crate::wire::card::card;

const SIZES: Sizes = Sizes {
    frame: limits::AGENT_FRAME,
    read_buffer: 4096,
};

/// `GET /ws/agent`. The cookie is sent along whatever page asks, so the Origin has to be ours.
pub(crate) async fn connect(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> Response {
    if origin::of(&headers, &desk.config.server.public_url) != Origin::Own {
        return Denied::ForeignOrigin.response();
    }
    let Some(signed_in) = sign_in::of_request(&desk, &headers).await else {
        return Denied::SignInNeeded.response();
    };
    let place = match upgrade::take_place(&desk, from) {
        Ok(place) => place,
        Err(denied) => return denied.response(),
    };
    let served = desk.clone();
    upgrade::upgrade(
        &desk,
        place,
        socket,
        &headers,
        SIZES,
        move |socket, encoding| async move {
            run(served, socket, encoding, signed_in).await;
        },
    )
}

async fn run(desk: Desk, mut socket: WebSocket, encoding: Encoding, signed_in: SignedIn) {
    let start = connection::first(&mut socket, encoding).await;
    let Some(AgentCommand::Start { tab, threads }) = start else {
        let refusal = Refusal::StartExpected;
        let sentence = refusal.sentence(desk.now());
        let refused = AgentEvent::Refused {
            key: None,
            refusal,
            sentence,
        };
        if connection::say(&mut socket, &refused, encoding)
            .await
            .is_ok()
        {
            goodbye::close(&mut socket, close::POLICY).await;
        }
        return;
    };
    // What this agent chooses on another connection meanwhile is chosen after this is read, and told
    // after this connection is there to hear it.
    let turn = desk.choices.turn(signed_in.agent).await;
    let agent = match desk.store.agent(signed_in.agent).await {
        Ok(Some(agent)) => agent,
        Ok(None) => return goodbye::close(&mut socket, close::REVOKED).await,
        Err(error) => {
            tracing::error!(%error, "an agent could not be read");
            return goodbye::close(&mut socket, close::RESTART).await;
        }
    };
    let queue = Arc::new(Queue::new(encoding));
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
        counts: None,
    });
    drop(turn);
    // Whoever ended this sign-in before the hub knew of the connection could not close it.
    match sign_in::still_holds(&desk, signed_in).await {
        Ok(true) => {}
        Ok(false) => return goodbye::close(&mut socket, close::REVOKED).await,
        Err(error) => {
            tracing::error!(%error, "a sign-in could not be read");
            return goodbye::close(&mut socket, close::RESTART).await;
        }
    }
    // Whoever sees the inbox is there for routing too.
    if arrive::arrive(&desk, agent.workspace, agent.id)
        .await
        .is_err()
    {
        return goodbye::close(&mut socket, close::RESTART).await;
    }
    let limiter = desk.limits.agent_connection();
    let clock = desk.clock.clone();
    let mut peer = AgentPeer {
        desk: desk.clone(),
        agent,
        connected,
        missed: Vec::new(),
        limiter,
    };
    match greet(&mut socket, &mut peer, encoding, tab, &threads).await {
        Ok(Greeted::Gone) => {}
        Ok(Greeted::Welcome) => {
            let ends = tokio::time::sleep(signed_in.lasts(clock.now()));
            let mut serving = std::pin::pin!(serve(socket, queue.clone(), peer, clock));
            tokio::select! {
                () = &mut serving => {}
                () = ends => {
                    queue.close(close::REVOKED);
                    serving.await;
                }
            }
            left(&desk, signed_in);
        }
        Err(error) => {
            tracing::error!(%error, "an agent could not be welcomed");
            goodbye::close(&mut socket, close::RESTART).await;
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

/// Says the welcome, and then the open threads one by one: together they may be many.
async fn greet(
    socket: &mut WebSocket,
    peer: &mut AgentPeer,
    encoding: Encoding,
    tab: Tab,
    threads: &[ThreadPosition],
) -> Result<Greeted, StoreError> {
    let welcome = welcome(&peer.desk, &peer.connected, &peer.agent, tab).await?;
    // Read a moment ago; once for all threads is enough.
    let agent = peer.agent.clone();
    let mut events = vec![AgentEvent::Welcome(welcome)];
    let mut threads = threads.iter().take(limits::THREADS);
    loop {
        for event in &events {
            if connection::say(socket, event, encoding).await.is_err() {
                return Ok(Greeted::Gone);
            }
        }
        let Some(position) = threads.next() else {
            return Ok(Greeted::Welcome);
        };
        events = peer
            .open_thread_as(Some(&agent), position.conversation, position.after)
            .await?;
    }
}

async fn welcome(
    desk: &Desk,
    connected: &Connected,
    agent: &domain::Agent,
    tab: Tab,
) -> Result<Welcome, StoreError> {
    let store = &desk.store;
    let mut team = Vec::new();
    for row in store.team(agent.workspace).await? {
        desk.faces.insert(row.id, &row.name);
        team.push(Member {
            id: row.id,
            face: desk.faces.get(row.id),
            role: row.role,
            availability: desk.hub.availability(row.id),
            accepting: row.accepting,
        });
    }
    let chatbots = store.chatbots(agent.workspace).await?.into_iter();
    let chatbots = chatbots.filter(|chatbot| agent.assigned.includes(chatbot.id));
    let counts = desk.counts(agent).await?;
    connected.told(counts);
    let (cards, more) = cards(desk, agent, tab, None).await?;
    Ok(Welcome {
        me: agent.id,
        chosen: agent.chosen,
        groups: store
            .groups(agent.workspace)
            .await?
            .into_iter()
            .map(|group| GroupView {
                id: group.id,
                name: group.name,
            })
            .collect(),
        team,
        chatbots: chatbots
            .map(|chatbot| ChatbotView {
                id: chatbot.id,
                name: chatbot.name.clone(),
            })
            .collect(),
        counts,
        tab,
        cards,
        more,
        drafts: store.drafted(agent).await?,
        mentions: store.mentions(agent).await?,
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
