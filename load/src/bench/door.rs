//! Opens sockets and gets through the greeting, so that what is measured begins behind it.

use anyhow::{Context as _, Result, bail};
use futures::{SinkExt as _, StreamExt as _};
use protocol::agent::{AgentCommand, ThreadPosition};
use protocol::card::Tab;
use protocol::visitor::{Page, Start, VisitorCommand, VisitorEvent, Welcome};
use protocol::{ChatbotId, ConversationId, Key, PublicSeq, Seq};
use serde::Serialize;
use tokio_tungstenite::tungstenite::Message;

use crate::chance::{Chance, now};
use crate::client::wire::{self, Door, Wire};
use crate::server::Address;
use crate::site::Site;

/// A visitor who may come back.
#[derive(Debug, Clone)]
pub(crate) struct Room {
    pub(crate) conversation: ConversationId,
    pub(crate) token: String,
    /// The last entry that they hold.
    pub(crate) last: PublicSeq,
}

/// A visitor comes for the first time.
pub(crate) async fn newcomer(site: &Site, chance: &mut Chance) -> Result<(Wire, Room)> {
    let start = Start {
        token: None,
        chatbot: site.chatbot,
        conversation: ConversationId::new(now(), &chance.bytes()),
        after: PublicSeq(0),
        page: page(),
        locale: "en-GB".to_owned(),
    };
    let (wire, welcome) = visitor(site.server.address, start).await?;
    let room = Room {
        conversation: welcome.conversation,
        token: welcome.token.context("a token")?,
        last: PublicSeq(0),
    };
    Ok((wire, room))
}

/// Somebody comes back, and holds what they hold.
pub(crate) async fn back(
    address: Address,
    chatbot: ChatbotId,
    room: &Room,
) -> Result<(Wire, Welcome)> {
    let start = Start {
        token: Some(room.token.clone()),
        chatbot,
        conversation: room.conversation,
        after: room.last,
        page: page(),
        locale: "en-GB".to_owned(),
    };
    visitor(address, start).await
}

async fn visitor(address: Address, start: Start) -> Result<(Wire, Welcome)> {
    let door = Door {
        path: "/ws/visitor",
        ..Door::default()
    };
    let mut wire = wire::open(address, door).await?;
    send(&mut wire, &VisitorCommand::Start(start)).await?;
    let welcome = answer(&mut wire, r#"{"welcome""#).await?;
    match serde_json::from_str(&welcome)? {
        VisitorEvent::Welcome(welcome) => Ok((wire, welcome)),
        other => bail!("no welcome: {other:?}"),
    }
}

/// The visitor asks for a person, and is told that it is so.
pub(crate) async fn ask(wire: &mut Wire, room: &mut Room, chance: &mut Chance) -> Result<()> {
    let key = Key::new(now(), &chance.bytes());
    send(wire, &VisitorCommand::AskForHuman { key }).await?;
    let done = answer(wire, r#"{"done""#).await?;
    if let VisitorEvent::Done { seq: Some(seq), .. } = serde_json::from_str(&done)? {
        room.last = seq;
    }
    Ok(())
}

/// An agent's tab that follows conversations from their beginnings, and its welcome.
pub(crate) async fn agent(
    site: &Site,
    signed_in: (String, String),
    follows: &[ConversationId],
) -> Result<(Wire, String)> {
    let follows: Vec<_> = follows.iter().map(|follows| (*follows, Seq(0))).collect();
    tab(site.server.address, signed_in, &follows).await
}

/// An agent's tab that follows conversations, of each after the entry that it holds, and its welcome.
pub(crate) async fn tab(
    address: Address,
    signed_in: (String, String),
    follows: &[(ConversationId, Seq)],
) -> Result<(Wire, String)> {
    let mut wire = knock(address, signed_in).await?;
    let welcome = enter(&mut wire, follows).await?;
    Ok((wire, welcome))
}

/// Opens the socket of an agent's tab, and says nothing yet.
pub(crate) async fn knock(address: Address, (origin, cookie): (String, String)) -> Result<Wire> {
    let door = Door {
        path: "/ws/agent",
        headers: vec![("cookie", cookie), ("origin", origin)],
        ..Door::default()
    };
    wire::open(address, door).await
}

/// Says what the tab follows and from where; its welcome.
pub(crate) async fn enter(wire: &mut Wire, follows: &[(ConversationId, Seq)]) -> Result<String> {
    let threads = follows.iter().map(|(conversation, after)| ThreadPosition {
        conversation: *conversation,
        after: *after,
    });
    let start = AgentCommand::Start {
        tab: Tab::Pending,
        threads: threads.collect(),
    };
    send(wire, &start).await?;
    answer(wire, r#"{"welcome""#).await
}

/// Sends a command.
pub(crate) async fn send(wire: &mut Wire, command: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string(command)?;
    Ok(wire.send(Message::text(text)).await?)
}

/// The next frame that begins like this.
pub(crate) async fn answer(wire: &mut Wire, begins: &str) -> Result<String> {
    loop {
        match wire.next().await.context("the connection ended")?? {
            Message::Text(text) if text.starts_with(begins) => return Ok(text.as_str().to_owned()),
            Message::Text(text) if text.starts_with(r#"{"refused""#) => bail!("{text}"),
            Message::Close(frame) => bail!("closed: {frame:?}"),
            _ => {}
        }
    }
}

fn page() -> Page {
    Page {
        url: "https://shop.example/tents".to_owned(),
        title: "Tents".to_owned(),
        referrer: String::new(),
    }
}
