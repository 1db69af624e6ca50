//! The desk: what an action needs, in one value that is cheap to clone.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use domain::Fresh;
use domain::agent::GRACE;
use domain::estimate::Seats;
use domain::permissions::Permission;
use protocol::card::Counts;
use protocol::person::{Availability, Member};
use protocol::{ChatbotId, ConversationId, HandoffId, LeadId, Timestamp, WorkspaceId};

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::ai::Knowledge;
use crate::auth::half_way::HalfWay;
use crate::auth::password::Passwords;
use crate::auth::setup_token::SetupToken;
use crate::choices::Choices;
use crate::clock::Clock;
use crate::config::Config;
use crate::files::Files;
use crate::hub::Hub;
use crate::hub::publish::{QueueView, Queued, Service};
use crate::jobs::arrivals::Arrivals;
use crate::jobs::attendance::Attendance;
use crate::jobs::deliveries::Deliveries;
use crate::jobs::queue_news::QueueNews;
use crate::jobs::routing::Routing;
use crate::jobs::timers::Timers;
use crate::limits::Limits;
use crate::location::Locations;
use crate::mail::Mailer;
use crate::places::Places;
use crate::playground::Playgrounds;
use crate::random::fresh;
use crate::store::{Doer, Store, StoreError, TeamRow};
use crate::wire::face::Faces;
use crate::wire::line::Wait;

/// What an action needs.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) config: Arc<Config>,
    pub(crate) clock: Clock,
    /// When the server started.
    pub(crate) started: Timestamp,
    pub(crate) store: Store,
    pub(crate) files: Files,
    pub(crate) hub: Hub,
    pub(crate) faces: Faces,
    pub(crate) choices: Choices,
    pub(crate) passwords: Passwords,
    pub(crate) setup_token: Arc<SetupToken>,
    pub(crate) half_way: Arc<HalfWay>,
    pub(crate) limits: Arc<Limits>,
    /// For WebSockets, from the upgrade to their end.
    pub(crate) places: Places,
    /// Where addresses are.
    pub(crate) locations: Locations,
    pub(crate) knowledge: Knowledge,
    pub(crate) arrivals: Arrivals,
    pub(crate) attendance: Attendance,
    pub(crate) queue_news: QueueNews,
    pub(crate) routing: Routing,
    pub(crate) timers: Timers,
    pub(crate) deliveries: Deliveries,
    /// None where the operator names no mail server.
    pub(crate) mailer: Option<Mailer>,
    /// Where chatbots are tried out.
    pub(crate) playgrounds: Playgrounds,
    /// Cancelled when the server begins to stop: no new connections.
    pub(crate) closing: CancellationToken,
    /// Every open WebSocket, so that stopping can wait for them.
    pub(crate) connections: TaskTracker,
}

impl Desk {
    /// The same desk for somebody: what they change is written down as theirs.
    pub(crate) fn on_behalf(self, doer: Doer) -> Self {
        Self {
            store: self.store.on_behalf(doer),
            ..self
        }
    }

    /// The time now.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A member of the team as colleagues see them.
    pub(crate) fn member(&self, row: &TeamRow) -> Member {
        self.faces.insert(row.id, &row.name);
        self.hub.learn_working(row.id, row.works(self.now()));
        Member {
            id: row.id,
            face: self.faces.get(row.id),
            role: row.role,
            without: row.without,
            availability: self.hub.availability(row.id),
            accepting: row.accepting,
            languages: row.languages.clone(),
            picture: row.picture,
        }
    }

    /// Tells every open inbox of a workspace who is on the team. Who is not reached now reads it with
    /// the next welcome.
    pub(crate) async fn tell_team(&self, workspace: WorkspaceId) {
        match self.store.team(workspace).await {
            Ok(rows) => {
                let team = rows.iter().map(|row| self.member(row)).collect();
                self.hub.publish_team(workspace, team);
            }
            Err(error) => tracing::error!(%error, "the team could not be read"),
        }
    }

    /// Whether a conversation's visitor counts as there when its time has come. Who was here before
    /// a restart has not left, but is on the way back.
    pub(crate) fn visitor_is_there(&self, conversation: ConversationId) -> bool {
        let connected = self.hub.is_visitor_connected(conversation);
        is_there(connected, self.started, self.now())
    }

    /// Ids of what a command may create.
    pub(crate) fn fresh(&self) -> Fresh {
        let now = self.now();
        Fresh {
            handoff: fresh!(HandoffId, now),
            lead: fresh!(LeadId, now),
        }
    }

    /// A workspace's queue as everybody was told last. Only for who is in the hub already and hears
    /// of what changed since.
    async fn told_queue(&self, workspace: WorkspaceId) -> Result<Arc<QueueView>, StoreError> {
        if let Some(newest) = self.queue_news.newest(workspace) {
            return Ok(newest);
        }
        // Everybody comes at once after a start: the first one reads it for all of them.
        let _turn = self.queue_news.turn().await;
        if let Some(newest) = self.queue_news.newest(workspace) {
            return Ok(newest);
        }
        let first = Arc::new(self.queue(workspace).await?);
        self.queue_news.begin(workspace, first.clone());
        Ok(first)
    }

    /// What is known of a workspace's queue.
    pub(crate) async fn queue(&self, workspace: WorkspaceId) -> Result<QueueView, StoreError> {
        let open = self.store.open_handoffs(workspace).await?;
        let waited_for: BTreeSet<ChatbotId> = open
            .iter()
            .filter(|handoff| handoff.agent.is_none())
            .map(|handoff| handoff.chatbot)
            .collect();
        let queued = open.into_iter().map(|handoff| Queued {
            conversation: handoff.conversation,
            chatbot: handoff.chatbot,
            waiting_since: handoff.waiting_since,
            holder: handoff.agent,
            snoozed: handoff.snoozed,
            form: handoff.form,
        });
        Ok(QueueView {
            open: queued.collect(),
            missed: self.store.missed(workspace).await?.into_iter().collect(),
            service: self.service(workspace, waited_for).await?,
            ..QueueView::default()
        })
    }

    /// How fast people of these chatbots are served.
    async fn service(
        &self,
        workspace: WorkspaceId,
        chatbots: BTreeSet<ChatbotId>,
    ) -> Result<HashMap<ChatbotId, Service>, StoreError> {
        let mut service = HashMap::new();
        if chatbots.is_empty() {
            return Ok(service);
        }
        let now = self.now();
        let staff = self.store.staff(workspace).await?;
        for chatbot in chatbots {
            let serving = staff.iter().filter(|agent| {
                agent.sees(workspace, chatbot)
                    && agent.may(Permission::TakeChats).is_ok()
                    && agent.availability(now) == Availability::Online
            });
            let seats = serving.fold(Seats::default(), |seats, agent| Seats {
                all: seats.all + agent.chat_limit,
                free: seats.free + agent.chat_limit.saturating_sub(agent.load),
            });
            let times = self.store.service_times(chatbot).await?;
            service.insert(chatbot, Service { times, seats });
        }
        Ok(service)
    }

    /// What a waiting visitor is told.
    pub(crate) async fn wait(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Wait, StoreError> {
        let told = self.told_queue(workspace).await?;
        let wait = match told.wait_of(conversation) {
            Some(wait) => Some(wait),
            // They asked a moment ago.
            None => self.queue(workspace).await?.wait_of(conversation),
        };
        Ok(wait.unwrap_or(Wait {
            place: 1,
            minutes: None,
            form: false,
        }))
    }

    /// What an agent's tabs hold.
    pub(crate) async fn counts(&self, agent: &TeamRow) -> Result<Counts, StoreError> {
        let queue = self.told_queue(agent.workspace).await?;
        Ok(queue.counts(agent.id, |chatbot| agent.assigned.includes(chatbot)))
    }
}

/// Whether a visitor counts as there on a server that started then.
fn is_there(connected: bool, started: Timestamp, now: Timestamp) -> bool {
    connected || now < started.after(GRACE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_after_a_restart_nobody_has_left_and_later_who_is_not_connected_has() {
        let started = Timestamp(1_700_000_000_000);
        let last = started
            .after(GRACE)
            .before(std::time::Duration::from_millis(1));
        assert!(is_there(false, started, started));
        assert!(is_there(false, started, last));
        assert!(!is_there(false, started, started.after(GRACE)));
        assert!(is_there(true, started, started.after(GRACE * 100)));
    }
}
