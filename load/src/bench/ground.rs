//! A server with visitors who wait for a person: what they say is kept and told, and no assistant answers.

use anyhow::{Context as _, Result};
use futures::StreamExt as _;
use futures::stream;
use protocol::settings::WhileWaiting;
use protocol::{ConversationId, PublicSeq};

use super::door::{self, Room};
use crate::client::wire::Wire;
use crate::gates::Run;
use crate::site::{Site, Team};

/// Visitors who come at once while it is prepared.
const TOGETHER: usize = 64;
/// More than anybody holds here.
const CHAT_LIMIT: u32 = 1_000_000;

/// The last entry that somebody holds who has missed nothing.
const HOLDS_ALL: PublicSeq = PublicSeq(u32::MAX as u64);

/// A server with rooms.
pub(crate) struct Ground {
    pub(crate) site: Site,
    pub(crate) rooms: Vec<Room>,
    /// The sign-in of an agent.
    pub(crate) signed_in: (String, String),
}

impl Ground {
    /// A server with so many visitors who wait, none of them connected, and so many agents.
    pub(crate) async fn open(run: &mut Run, rooms: usize, agents: usize) -> Result<Self> {
        let team = Team {
            agents: agents.max(1),
            chat_limit: CHAT_LIMIT,
        };
        let site = Site::open(run, team).await?;
        site.set(|effective, layer| {
            effective.handoff.while_waiting = WhileWaiting::Silent;
            layer.handoff = Some(effective.handoff.clone());
        })
        .await?;
        let signed_in = site.sign_in(0).await?;
        let chances: Vec<_> = (0..rooms).map(|_| run.chance.split()).collect();
        let opening = stream::iter(chances).map(|mut chance| {
            let site = &site;
            async move {
                let (mut wire, mut room) = door::newcomer(site, &mut chance).await?;
                door::ask(&mut wire, &mut room, &mut chance).await?;
                anyhow::Ok(room)
            }
        });
        let opened: Vec<_> = opening.buffer_unordered(TOGETHER).collect().await;
        let rooms = opened.into_iter().collect::<Result<_>>()?;
        Ok(Self {
            site,
            rooms,
            signed_in,
        })
    }

    pub(crate) fn pid(&self) -> Result<u32> {
        self.site.server.pid().context("it runs")
    }

    /// The same agent's tabs, all of which follow a conversation.
    pub(crate) async fn tabs(
        &self,
        count: usize,
        conversation: ConversationId,
    ) -> Result<Vec<Wire>> {
        let opening = stream::iter(0..count).map(|_| async move {
            let (wire, _) =
                door::agent(&self.site, self.signed_in.clone(), &[conversation]).await?;
            anyhow::Ok(wire)
        });
        let opened: Vec<_> = opening.buffer_unordered(TOGETHER).collect().await;
        opened.into_iter().collect()
    }

    /// The visitors of these rooms come back, each in one more tab, and are told nothing of before.
    pub(crate) async fn visitors(&self, rooms: &[Room]) -> Result<Vec<Wire>> {
        let opening = stream::iter(rooms).map(|room| async move {
            let address = self.site.server.address;
            let room = Room {
                last: HOLDS_ALL,
                ..room.clone()
            };
            let (wire, _) = door::back(address, self.site.chatbot, &room).await?;
            anyhow::Ok(wire)
        });
        // In their order: a speaker and who listens are at the same place.
        let opened: Vec<_> = opening.buffered(TOGETHER).collect().await;
        opened.into_iter().collect()
    }
}
