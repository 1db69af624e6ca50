//! A store with a workspace in it, and the people who use it.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use domain::agent::Assigned;
use domain::settings::defaults;
use domain::{Change, Command, Done, Fresh, Opening, Write};
use protocol::entry::Outcome;
use protocol::person::Role;
use protocol::settings::{QueueSettings, SettingsLayer, WhenNobody};
use protocol::{
    AgentId, ChatbotId, ConversationId, HandoffId, Key, LeadId, RunId, SessionId, Timestamp,
    VisitorId, WorkspaceId,
};
use sea_orm::{ConnectionTrait, Statement};
use server::store::{
    Added, Failed, NewAgent, NewChatbot, NewOwner, NewVisit, NewVisitor, NewWorkspace, Store,
    VisitRow, Visiting,
};
use uuid::Uuid;

use crate::place::Place;

/// The time at which every story begins; the clock goes on by a second with every look.
pub(crate) const BEGINNING: i64 = 1_700_000_000_000;

pub(crate) struct Desk {
    pub(crate) store: Store,
    pub(crate) place: Place,
    told: Arc<Mutex<Vec<Change>>>,
    clock: Arc<AtomicI64>,
    pub(crate) workspace: WorkspaceId,
    pub(crate) chatbot: ChatbotId,
    pub(crate) owner: AgentId,
}

/// A visitor and the conversation that is reserved for them.
#[derive(Debug, Clone)]
pub(crate) struct Guest {
    pub(crate) opening: Opening,
}

/// An id that nothing else has, greater than those made before.
pub(crate) fn fresh_id() -> Uuid {
    static RUN: OnceLock<[u8; 4]> = OnceLock::new();
    static NEXT: AtomicU64 = AtomicU64::new(0);
    // Several runs may use one PostgreSQL server.
    let run = RUN.get_or_init(|| {
        let mut run = [0; 4];
        getrandom::fill(&mut run).unwrap();
        run
    });
    let next = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    let mut random = [0; 10];
    random[..4].copy_from_slice(run);
    random[4..].copy_from_slice(&next[2..]);
    uuid::Builder::from_unix_timestamp_millis(BEGINNING as u64, &random).into_uuid()
}

pub(crate) fn write() -> Write {
    Write {
        key: Key(fresh_id()),
        digest: 1,
    }
}

pub(crate) fn token() -> [u8; 32] {
    let mut token = [7; 32];
    token[..16].copy_from_slice(fresh_id().as_bytes());
    token
}

async fn open(place: &Place, told: &Arc<Mutex<Vec<Change>>>, clock: &Arc<AtomicI64>) -> Store {
    let (told, clock) = (Arc::clone(told), Arc::clone(clock));
    let now = move || Timestamp(clock.fetch_add(1_000, Ordering::Relaxed));
    let tell = move |changes| told.lock().unwrap().extend(changes);
    Store::open(&place.url, Arc::new(now), Arc::new(tell))
        .await
        .unwrap()
}

impl Desk {
    /// A new workspace with an owner and a chatbot.
    pub(crate) async fn start() -> Self {
        let place = Place::fresh().await;
        let told = Arc::default();
        let clock = Arc::new(AtomicI64::new(BEGINNING));
        let store = open(&place, &told, &clock).await;
        let workspace = new_workspace();
        let desk = Self {
            store,
            place,
            told,
            clock,
            workspace: workspace.id,
            chatbot: workspace.chatbot.id,
            owner: workspace.owner.id,
        };
        desk.store.set_up(workspace).await.unwrap();
        desk
    }

    /// The same database, opened again by a new process.
    pub(crate) async fn restart(self) -> Self {
        self.store.close().await;
        let store = open(&self.place, &self.told, &self.clock).await;
        Self { store, ..self }
    }

    pub(crate) async fn agent(&self, name: &str) -> AgentId {
        self.agent_who(name, 3, Assigned::All).await
    }

    pub(crate) async fn agent_who(
        &self,
        name: &str,
        chat_limit: u32,
        assigned: Assigned,
    ) -> AgentId {
        let id = AgentId(fresh_id());
        let added = self.store.add_agent(NewAgent {
            id,
            workspace: self.workspace,
            name: name.to_owned(),
            email: format!("{id}@example.org"),
            password_hash: "hash".to_owned(),
            role: Role::Agent,
            custom: None,
            assigned,
            chat_limit,
            mails: false,
        });
        assert_eq!(Added::Done, added.await.unwrap());
        id
    }

    /// A visitor who opened the chat and said nothing yet.
    pub(crate) async fn guest(&self) -> Guest {
        self.guest_of(self.chatbot).await
    }

    pub(crate) async fn guest_of(&self, chatbot: ChatbotId) -> Guest {
        let opening = Opening {
            conversation: ConversationId(fresh_id()),
            workspace: self.workspace,
            chatbot,
            visitor: VisitorId(fresh_id()),
            visitor_name: "Visitor".to_owned(),
            locale: "en-GB".to_owned(),
        };
        let visitor = Visiting::New(NewVisitor {
            id: opening.visitor,
            chatbot,
            conversation: opening.conversation,
            name: opening.visitor_name.clone(),
            token_hash: token(),
        });
        let visit = NewVisit {
            workspace: self.workspace,
            visitor,
            visit: visit(),
        };
        self.store.begin_visit(visit).await.unwrap();
        Guest { opening }
    }

    /// A visitor who waits for a person.
    pub(crate) async fn waiting_guest(&self) -> (Guest, HandoffId) {
        let guest = self.guest().await;
        let handoff = HandoffId(fresh_id());
        self.store
            .submit(guest.asks_for_human(handoff))
            .await
            .unwrap();
        (guest, handoff)
    }

    /// What was told since the last look.
    pub(crate) fn told(&self) -> Vec<Change> {
        std::mem::take(&mut self.told.lock().unwrap())
    }

    /// One number, asked past the store.
    pub(crate) async fn count(&self, sql: &str) -> i64 {
        let connection = self.place.by_hand().await;
        let question = Statement::from_string(connection.get_database_backend(), sql);
        let row = connection.query_one_raw(question).await.unwrap().unwrap();
        let answer = row.try_get_by_index(0).unwrap();
        connection.close().await.unwrap();
        answer
    }

    /// Submits all at once, from as many tasks, and gives the answers in the same order.
    pub(crate) async fn all_at_once(&self, commands: Vec<Command>) -> Vec<Result<Done, Failed>> {
        let tasks = commands.into_iter().map(|command| {
            let store = self.store.clone();
            tokio::spawn(async move { store.submit(command).await })
        });
        let mut answers = Vec::new();
        for task in tasks.collect::<Vec<_>>() {
            answers.push(task.await.unwrap());
        }
        answers
    }
}

pub(crate) fn new_workspace() -> NewWorkspace {
    NewWorkspace {
        id: WorkspaceId(fresh_id()),
        name: "Harbour".to_owned(),
        owner: NewOwner {
            id: AgentId(fresh_id()),
            name: "Olga".to_owned(),
            email: "Olga@Example.org".to_owned(),
            password_hash: "hash".to_owned(),
        },
        chatbot: NewChatbot {
            id: ChatbotId(fresh_id()),
            name: "Help".to_owned(),
            settings: patient(),
        },
    }
}

/// Requests wait here whether or not anybody is there.
fn patient() -> SettingsLayer {
    let queue = QueueSettings {
        nobody: WhenNobody::Wait,
        ..defaults().queue
    };
    SettingsLayer {
        queue: Some(queue),
        ..SettingsLayer::default()
    }
}

/// Ids of what a command may create.
pub(crate) fn fresh(handoff: HandoffId) -> Fresh {
    Fresh {
        handoff,
        lead: LeadId(fresh_id()),
    }
}

pub(crate) fn visit() -> VisitRow {
    VisitRow {
        session: SessionId(fresh_id()),
        ip: "192.0.2.1".to_owned(),
        user_agent: "Browser".to_owned(),
        page_url: "https://example.org/prices".to_owned(),
        page_title: "Prices".to_owned(),
        referrer: "https://example.net".to_owned(),
        locale: "en-GB".to_owned(),
        first_seen_at: Timestamp(BEGINNING),
        last_seen_at: Timestamp(BEGINNING),
    }
}

impl Guest {
    pub(crate) fn id(&self) -> ConversationId {
        self.opening.conversation
    }

    pub(crate) fn says(&self, text: &str) -> Command {
        self.says_again(text, write())
    }

    pub(crate) fn says_again(&self, text: &str, write: Write) -> Command {
        Command::VisitorSays {
            opening: self.opening.clone(),
            write,
            text: text.to_owned(),
            attachments: Vec::new(),
            run: RunId(fresh_id()),
            fresh: fresh(HandoffId(fresh_id())),
        }
    }

    pub(crate) fn asks_for_human(&self, handoff: HandoffId) -> Command {
        Command::AskForHuman {
            opening: self.opening.clone(),
            write: write(),
            fresh: fresh(handoff),
        }
    }

    pub(crate) fn is_claimed_by(&self, agent: AgentId, handoff: HandoffId) -> Command {
        Command::Claim {
            conversation: self.id(),
            agent,
            write: write(),
            handoff,
        }
    }

    pub(crate) fn is_released_by(&self, agent: AgentId, handoff: HandoffId) -> Command {
        Command::Release {
            conversation: self.id(),
            agent,
            write: write(),
            handoff,
            fresh: fresh(HandoffId(fresh_id())),
        }
    }

    pub(crate) fn is_resolved_by(
        &self,
        agent: AgentId,
        handoff: HandoffId,
        outcome: Outcome,
    ) -> Command {
        Command::Resolve {
            conversation: self.id(),
            agent,
            write: write(),
            handoff,
            outcome,
        }
    }

    pub(crate) fn is_told_by(&self, agent: AgentId, text: &str) -> Command {
        Command::AgentSays {
            conversation: self.id(),
            agent,
            write: write(),
            text: text.to_owned(),
            attachments: Vec::new(),
        }
    }
}
