//! What is measured side by side: bare servers, the hub alone, and the hub with everything.

use std::time::Duration;

use anyhow::{Context as _, Result};
use futures::{SinkExt as _, StreamExt as _};
use tokio::process::Child;
use tokio_tungstenite::tungstenite::Message;

use super::cpu::{self, Core};
use super::ground::Ground;
use crate::bare::fanout::Flush;
use crate::chance::Chance;
use crate::client::wire::{self, Door, Wire};
use crate::server::{Address, free_address};

/// Who listens in a room.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Listeners {
    /// So many tabs of the team.
    Team(usize),
    /// One more tab of the visitor.
    Visitor,
}

/// One of those that are compared.
pub(crate) enum Target<'a> {
    Bare(&'a Bare),
    /// The hub with rights, order and cards, and nothing kept.
    Hub(&'a Ground),
    /// Everything: a visitor says it, it is kept, and then it is told.
    Durable(&'a Ground),
}

/// Sockets that speak, one for each room, and those that listen.
pub(crate) struct Sockets {
    pub(crate) speakers: Vec<Wire>,
    pub(crate) listeners: Vec<Wire>,
}

impl Target<'_> {
    pub(crate) fn pid(&self) -> Result<u32> {
        match self {
            Self::Bare(bare) => bare.child.id().context("it runs"),
            Self::Hub(ground) | Self::Durable(ground) => ground.pid(),
        }
    }

    /// Opens rooms. The hub's and those of everything are others, so that their numbers do not mix.
    pub(crate) async fn open(&self, rooms: usize, listeners: Listeners) -> Result<Sockets> {
        let ground = match self {
            Self::Bare(bare) => return bare.open(rooms, listeners).await,
            Self::Hub(ground) | Self::Durable(ground) => ground,
        };
        let of_hub = matches!(self, Self::Hub(_));
        let first = if of_hub { 0 } else { rooms };
        let rooms = ground.rooms.get(first..first + rooms).context("rooms")?;
        let listeners = match listeners {
            Listeners::Team(tabs) => {
                let room = rooms.first().context("a room")?;
                ground.tabs(tabs, room.conversation).await?
            }
            Listeners::Visitor => ground.visitors(rooms).await?,
        };
        let speakers = if of_hub {
            let mut speakers = Vec::new();
            for room in rooms {
                let named = Message::text(room.conversation.0.to_string());
                let at = ground.site.server.address;
                speakers.push(begin(at, "/ws/publish", named).await?);
            }
            speakers
        } else {
            ground.visitors(rooms).await?
        };
        Ok(Sockets {
            speakers,
            listeners,
        })
    }
}

/// A bare server in a process of its own.
pub(crate) struct Bare {
    child: Child,
    address: Address,
}

impl Bare {
    pub(crate) async fn start(flush: Flush, core: Core, chance: &mut Chance) -> Result<Self> {
        let address = free_address(chance)?;
        let flush = match flush {
            Flush::Each => "each",
            Flush::Together => "together",
        };
        let mut command = cpu::command(&std::env::current_exe()?, core);
        command.args(["bare", "--flush", flush, "--listen", &address.0.to_string()]);
        let child = command
            .stdout(std::process::Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        for _ in 0..200 {
            if tokio::net::TcpStream::connect(address.0).await.is_ok() {
                return Ok(Self { child, address });
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        anyhow::bail!("the bare server did not start")
    }

    async fn open(&self, rooms: usize, listeners: Listeners) -> Result<Sockets> {
        let each = match listeners {
            Listeners::Team(tabs) => tabs,
            Listeners::Visitor => 1,
        };
        let mut sockets = Sockets {
            speakers: Vec::new(),
            listeners: Vec::new(),
        };
        for room in 0..rooms {
            for _ in 0..each {
                let watch = Message::text(format!("watch {room}"));
                sockets
                    .listeners
                    .push(begin(self.address, "/", watch).await?);
            }
            let say = Message::text(format!("say {room}"));
            sockets.speakers.push(begin(self.address, "/", say).await?);
        }
        Ok(sockets)
    }
}

async fn begin(address: Address, path: &'static str, first: Message) -> Result<Wire> {
    let door = Door {
        path,
        plain: true,
        ..Door::default()
    };
    let mut wire = wire::open(address, door).await?;
    wire.send(first).await?;
    Ok(wire)
}

/// Reads and forgets, so that nobody is taken for slow.
pub(crate) async fn drain(mut from: impl futures::Stream<Item = impl Sized> + Unpin) {
    while from.next().await.is_some() {}
}
