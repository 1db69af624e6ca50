//! What is played in a playground, with the commands and jobs that the real one has.

use std::time::Duration;

use domain::agent::{GRACE, Presence};
use domain::hours;
use protocol::agent::AgentCommand;
use protocol::playground::{Play, PlayNo, PlayStep, PlayView};
use protocol::settings::{HoursSettings, Settings};
use protocol::{AgentId, ConversationId, HandoffId, Key, Refusal, WorkspaceId};

use super::sandbox::Sandbox;
use super::{Stopped, failed};
use crate::actions::agent_writes::{self, LookedUp};
use crate::actions::save_settings::keep_settings;
use crate::random::{self, fresh};
use crate::store::{OpenHandoff, SettingsRow, StoreError};

const MINUTE: i64 = 60_000;
/// Minutes that may pass at once.
const FURTHEST: u32 = 8 * 24 * 60;
/// That somebody's connection ended is kept after five seconds, in case they are back.
const KEPT: i64 = 6_000;
/// How long a scene waits for what follows by itself.
const PATIENCE: Duration = Duration::from_secs(4);
const GLANCE: Duration = Duration::from_millis(50);

impl Sandbox {
    /// Does what is asked of one that is open.
    ///
    /// # Errors
    /// Why it was not done.
    pub(crate) async fn play(&self, play: &Play) -> Result<(), Stopped> {
        self.touch();
        match play {
            Play::Begin(_) | Play::End => Ok(()),
            Play::Race => self.race().await,
            Play::Vanish => self.vanish().await,
            Play::ComeBack => self.come_back().await,
            Play::Turn(minutes) => {
                let minutes = i64::from((*minutes).clamp(1, FURTHEST));
                self.turn(minutes * MINUTE).await
            }
            Play::TurnToChange => self.turn_to_change().await,
            Play::Network(bad) => {
                let was = self.network.badness();
                self.network.worsen(*bad);
                if self.network.badness() == was {
                    return Ok(());
                }
                let bad = self.network.badness().to_string();
                Ok(self.note(PlayStep::Network, "", bad, None).await?)
            }
        }
    }

    /// How it stands, with the lines of its log after so many.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`].
    pub(crate) async fn view(&self, told: u32) -> Result<PlayView, Refusal> {
        self.view_after(told).await
    }

    pub(super) fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// What an agent is called.
    pub(super) fn name(&self, agent: AgentId) -> &'static str {
        let player = self.players.iter().find(|player| player.id == agent);
        player.map_or("", |player| player.name)
    }

    async fn open_handoffs(&self) -> Result<Vec<OpenHandoff>, Refusal> {
        let open = self.desk.store.open_handoffs(self.workspace).await;
        open.map_err(unreadable)
    }

    /// Both agents take the chat that waits longest, at the same moment.
    async fn race(&self) -> Result<(), Stopped> {
        let open = self.open_handoffs().await?;
        let waiting = open.iter().find(|one| one.agent.is_none());
        let waiting = waiting.ok_or(PlayNo::NobodyWaits)?.conversation;
        let store = &self.desk.store;
        let found = store.conversation(self.workspace, waiting).await;
        let found = found.map_err(unreadable)?;
        let handoff = found.and_then(|found| found.handoff);
        let handoff = handoff.ok_or(PlayNo::NobodyWaits)?.id;
        self.note(PlayStep::Raced, "", String::new(), None).await?;
        // Neither is always the first.
        let turned = random::bytes::<1>()[0] % 2 == 1;
        let [one, other] = &self.players;
        let (one, other) = if turned { (other, one) } else { (one, other) };
        let (came, came_too) = tokio::join!(
            self.claim(one.id, waiting, handoff),
            self.claim(other.id, waiting, handoff)
        );
        for (player, came) in [(one, came), (other, came_too)] {
            let (step, refusal) = match came {
                Ok(()) => (PlayStep::Won, None),
                Err(refusal) => (PlayStep::Beaten, Some(refusal)),
            };
            self.note(step, player.name, String::new(), refusal).await?;
        }
        Ok(())
    }

    /// The command of the button, on its way through the same lane.
    async fn claim(
        &self,
        agent: AgentId,
        conversation: ConversationId,
        handoff: HandoffId,
    ) -> Result<(), Refusal> {
        let claim = AgentCommand::Claim {
            conversation,
            handoff,
            key: fresh!(Key, self.desk.now()),
        };
        let looked_up = LookedUp {
            mentions: Vec::new(),
            knows_label: false,
        };
        let made = agent_writes::command(agent, self.desk.fresh(), looked_up, claim);
        let (_, command) = made.ok_or(Refusal::Unavailable)?;
        let pending = self.desk.store.enqueue(command).await;
        pending.await?;
        Ok(())
    }

    /// Whoever holds a chat is cut off, and the time passes after which it goes back to the queue.
    async fn vanish(&self) -> Result<(), Stopped> {
        let open = self.open_handoffs().await?;
        let held = open.iter().find_map(|one| {
            let mut players = self.players.iter();
            let at = players.position(|player| Some(player.id) == one.agent)?;
            (!self.network.is_cut(at)).then_some((one, at))
        });
        let (held, at) = held.ok_or(PlayNo::NobodyHolds)?;
        let player = &self.players[at];
        self.note(PlayStep::Vanished, player.name, String::new(), None)
            .await?;
        self.network.cut(at, true);
        self.until(Follows::Disconnected(player.id)).await;
        self.desk.clock.advance(KEPT);
        self.until(Follows::KeptAsGone(player.id)).await;
        // The grace first, and then what the chatbot says.
        let requeue = self.settings().await?.routing.requeue_minutes.unwrap_or(0);
        let grace = i64::try_from(GRACE.as_millis()).unwrap_or(MINUTE);
        self.turn(grace.max(i64::from(requeue) * MINUTE)).await?;
        self.until(Follows::LeftTo(held.conversation, held.agent))
            .await;
        Ok(())
    }

    async fn come_back(&self) -> Result<(), Stopped> {
        for (at, player) in self.players.iter().enumerate() {
            if self.network.is_cut(at) {
                self.network.cut(at, false);
                self.note(PlayStep::CameBack, player.name, String::new(), None)
                    .await?;
            }
        }
        Ok(())
    }

    async fn settings(&self) -> Result<Settings, Refusal> {
        let found = self.desk.store.chatbot(self.chatbot.id).await;
        let found = found.map_err(unreadable)?;
        Ok(found.ok_or(Refusal::NotFound)?.settings.clone())
    }

    /// Time passes, and with it what is due in it.
    async fn turn(&self, millis: i64) -> Result<(), Stopped> {
        let hours = self.settings().await?.hours;
        let was = hours::is_open(&hours, self.desk.now());
        let minutes = (millis + MINUTE / 2) / MINUTE;
        // First what happened until then.
        self.note(PlayStep::Turned, "", minutes.to_string(), None)
            .await?;
        self.desk.clock.advance(millis);
        let is = hours::is_open(&hours, self.desk.now());
        if was != is {
            let step = match is {
                true => PlayStep::Opened,
                false => PlayStep::Shut,
            };
            self.note(step, "", String::new(), None).await?;
        }
        Ok(())
    }

    /// A chatbot that is always open keeps the hours that stand in its settings from now on, in this copy.
    async fn keep_hours(&self) -> Result<(), Stopped> {
        let store = &self.desk.store;
        let chatbot = Some(self.chatbot.id);
        let own = store.settings(self.workspace, chatbot).await;
        let SettingsRow { mut layer, version } =
            own.map_err(unreadable)?.ok_or(Refusal::NotFound)?;
        layer.hours = Some(HoursSettings {
            enabled: true,
            ..self.settings().await?.hours
        });
        keep_settings(&self.desk, self.workspace, chatbot, (layer, version)).await?;
        Ok(self.note(PlayStep::Hours, "", String::new(), None).await?)
    }

    /// Time passes until it opens, or closes.
    async fn turn_to_change(&self) -> Result<(), Stopped> {
        let was_always_open = !self.settings().await?.hours.enabled;
        if was_always_open {
            self.keep_hours().await?;
        }
        let hours = self.settings().await?.hours;
        let now = self.desk.now();
        let is = hours::is_open(&hours, now);
        if was_always_open && !is {
            // No time has to pass for that.
            return Ok(self.note(PlayStep::Shut, "", String::new(), None).await?);
        }
        let changed = (1..=i64::from(FURTHEST)).find(|minute| {
            let then = protocol::Timestamp(now.millis() + minute * MINUTE);
            hours::is_open(&hours, then) != is
        });
        let minutes = changed.ok_or(PlayNo::NeverChanges)?;
        self.turn(minutes * MINUTE).await
    }

    /// Waits for what follows by itself, not for ever.
    async fn until(&self, what: Follows) {
        let began = tokio::time::Instant::now();
        while !self.followed(what).await {
            if began.elapsed() > PATIENCE {
                tracing::debug!("a scene went on without what it waited for");
                return;
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    async fn followed(&self, what: Follows) -> bool {
        match what {
            Follows::Disconnected(agent) => !self.desk.hub.is_agent_connected(agent),
            Follows::KeptAsGone(agent) => {
                let found = self.desk.store.agent(agent).await.ok().flatten();
                found.is_some_and(|found| found.presence != Presence::Connected)
            }
            Follows::LeftTo(conversation, agent) => {
                let open = self.open_handoffs().await.unwrap_or_default();
                let same = open.iter().find(|one| one.conversation == conversation);
                same.is_none_or(|one| one.agent != agent)
            }
        }
    }
}

/// What follows by itself.
#[derive(Clone, Copy)]
enum Follows {
    Disconnected(AgentId),
    /// Routing knows it too.
    KeptAsGone(AgentId),
    /// The chat is not this agent's any more.
    LeftTo(ConversationId, Option<AgentId>),
}

fn unreadable(error: StoreError) -> Refusal {
    failed(error, "a playground could not be read")
}
