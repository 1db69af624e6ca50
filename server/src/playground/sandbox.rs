//! One playground: its own desk, router and clock, from the first row to the last file.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use domain::hours;
use protocol::playground::{PlayChatbot, PlayLine, PlayStep, PlayView};
use protocol::{AgentId, ChatbotId, Refusal, SignInId, WorkspaceId, close};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::log::Log;
use super::network::{Actor, Network};
use super::seed::{self, Player, Seeded};
use super::{failed, remove};
use crate::actions::save_settings::allowed;
use crate::actions::sign_in::SignedIn;
use crate::clock::Clock;
use crate::config::Config;
use crate::desk::Desk;
use crate::random;
use crate::router::router;
use crate::startup::{self, Opened};

/// One that nothing was done in for so long ends.
const IDLE: Duration = Duration::from_secs(30 * 60);
/// How often it is asked whether its owner may still have it.
const LOOK: Duration = Duration::from_secs(1);
/// Connections that are not gone by then are left to themselves.
const DRAIN: Duration = Duration::from_secs(2);
/// Taking one apart takes no longer.
const END: Duration = Duration::from_secs(10);
/// Connections at once: three panes, each of which may be loaded anew.
const CONNECTIONS: usize = 32;

/// A playground.
pub(crate) struct Sandbox {
    /// Its part of the address. Nobody can guess it, and nobody but its owner is let in by it.
    pub(crate) id: String,
    pub(crate) owner: AgentId,
    /// The sign-in that it began with, and ends with.
    sign_in: SignInId,
    pub(crate) chatbot: PlayChatbot,
    pub(super) workspace: WorkspaceId,
    pub(super) players: [Player; 2],
    /// Its own: nothing done with it reaches the real one.
    pub(crate) desk: Desk,
    pub(crate) router: Router,
    pub(crate) network: Network,
    log: tokio::sync::Mutex<Log>,
    used: Mutex<Instant>,
    jobs: Vec<JoinHandle<()>>,
    folder: PathBuf,
    ending: CancellationToken,
    gone: CancellationToken,
}

impl Sandbox {
    /// Opens one on a database of its own, with a copy of a chatbot and two agents.
    pub(super) async fn open(
        real: &Desk,
        folder: &Path,
        by: SignedIn,
        chatbot: ChatbotId,
    ) -> Result<Self, Refusal> {
        let (owner, workspace) = (by.agent, by.workspace);
        let copy = seed::read(real, workspace, chatbot, owner).await?;
        let id = format!("{:032x}", u128::from_be_bytes(random::bytes::<16>()));
        let folder = folder.join(&id);
        let clock = Clock::default();
        let opened = startup::open(config(&real.config, &folder), &clock, Opened::ToServe);
        let opened = Box::pin(opened).await;
        let (desk, jobs) = opened.map_err(|error| {
            remove(&folder);
            failed(error, "a playground could not be opened")
        })?;
        let named = copy.name.clone();
        let seeded = match seed::write(&desk, chatbot, copy).await {
            Ok(seeded) => seeded,
            Err(refusal) => {
                jobs.iter().for_each(JoinHandle::abort);
                desk.store.close().await;
                remove(&folder);
                return Err(refusal);
            }
        };
        let Seeded { workspace, players } = seeded;
        let mut log = Log::default();
        log.add(PlayLine {
            at: desk.now(),
            step: PlayStep::Began,
            who: String::new(),
            text: named.clone(),
            refusal: None,
        });
        Ok(Self {
            id,
            owner,
            sign_in: by.sign_in,
            chatbot: PlayChatbot {
                id: chatbot,
                name: named,
            },
            workspace,
            players,
            router: router(desk.clone(), None),
            desk,
            network: Network::default(),
            log: tokio::sync::Mutex::new(log),
            used: Mutex::new(Instant::now()),
            jobs,
            folder,
            ending: CancellationToken::new(),
            gone: CancellationToken::new(),
        })
    }

    /// Somebody does something in it.
    pub(crate) fn touch(&self) {
        *self.used.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    fn idle_for(&self) -> Duration {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.elapsed()
    }

    /// The token of an actor's sign-in; none for the visitor.
    pub(crate) fn token(&self, actor: Actor) -> Option<&str> {
        let player = self.players.get(actor.agent()?)?;
        Some(&player.token)
    }

    /// Cancelled when it ends.
    pub(crate) fn ending(&self) -> CancellationToken {
        self.ending.clone()
    }

    /// How it stands, with the lines after so many.
    pub(super) async fn view_after(&self, told: u32) -> Result<PlayView, Refusal> {
        let found = self.desk.store.chatbot(self.chatbot.id).await;
        let found = found.map_err(|error| failed(error, "a playground could not be read"))?;
        let hours = found.map(|chatbot| chatbot.settings.hours.clone());
        let now = self.desk.now();
        let mut log = self.log.lock().await;
        if log.read(self).await? {
            self.touch();
        }
        let (told, lines) = log.after(told);
        Ok(PlayView {
            id: self.id.clone(),
            chatbot: self.chatbot.clone(),
            agents: self.players.iter().map(|one| one.name.to_owned()).collect(),
            cut: (0..self.players.len())
                .map(|at| self.network.is_cut(at))
                .collect(),
            now,
            open: hours
                .as_ref()
                .is_none_or(|hours| hours::is_open(hours, now)),
            network: self.network.badness(),
            told,
            lines,
            minutes_left: u32::try_from(IDLE.saturating_sub(self.idle_for()).as_secs() / 60)
                .unwrap_or(0),
        })
    }

    /// Writes a line of the log, after everything that was written before it.
    pub(super) async fn note(
        &self,
        step: PlayStep,
        who: &str,
        text: String,
        refusal: Option<Refusal>,
    ) -> Result<(), Refusal> {
        let mut log = self.log.lock().await;
        log.read(self).await?;
        log.add(PlayLine {
            at: self.desk.now(),
            step,
            who: who.to_owned(),
            text,
            refusal,
        });
        Ok(())
    }

    /// Watches over it until it is over, and then takes it apart.
    pub(super) async fn watched(self: Arc<Self>, real: Desk) {
        let mut looks = tokio::time::interval(LOOK);
        loop {
            tokio::select! {
                () = real.closing.cancelled() => break,
                () = self.ending.cancelled() => break,
                _ = looks.tick() => {
                    if self.idle_for() >= IDLE || self.is_out(&real).await {
                        break;
                    }
                }
            }
        }
        real.playgrounds.forget(&self);
        self.take_apart().await;
    }

    /// Whether its owner is signed out, or may not have it any more. Who cannot be asked about stays.
    async fn is_out(&self, real: &Desk) -> bool {
        let may = allowed(real, self.owner).await;
        if matches!(may, Err(Refusal::NotAllowed | Refusal::NotFound)) {
            return true;
        }
        let began = [self.sign_in];
        let holding = real.store.holding_sign_ins(&began, real.now());
        holding.await.is_ok_and(|holding| holding.is_empty())
    }

    /// Ends it, and returns when nothing of it is left.
    pub(super) async fn end(&self) {
        self.ending.cancel();
        // Whatever went wrong there, the next one has a folder of its own.
        drop(tokio::time::timeout(END, self.gone.cancelled()).await);
    }

    async fn take_apart(&self) {
        self.ending.cancel();
        let desk = &self.desk;
        desk.closing.cancel();
        desk.connections.close();
        desk.hub.close_all(close::REVOKED, Duration::ZERO).await;
        let waited = tokio::time::timeout(DRAIN, desk.connections.wait()).await;
        if waited.is_err() {
            tracing::debug!("connections of a playground did not end in time");
        }
        self.jobs.iter().for_each(JoinHandle::abort);
        desk.store.close().await;
        remove(&self.folder);
        self.gone.cancel();
    }
}

/// The operator's settings, without anything that leads outside.
fn config(real: &Config, folder: &Path) -> Config {
    let mut config = real.clone();
    config.data.folder = folder.to_owned();
    config.database.url.clear();
    config.files.url.clear();
    config.mail.host.clear();
    config.location.database = PathBuf::new();
    config.limits.connections = CONNECTIONS;
    config.limits.connections_per_address = CONNECTIONS;
    config
}
