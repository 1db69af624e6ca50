//! An agent with a browser: signed in, connected, and able to lose the connection.

use protocol::agent::{AgentCommand, AgentEvent, Thread, ThreadPosition, Welcome};
use protocol::card::{Card, CardState, Tab};
use protocol::entry::{Body, Entry, Outcome};
use protocol::{AgentId, ConversationId, HandoffId, Key, Refusal, Seq};

use super::client::{Client, Encoding};
use super::fresh_key;

/// An agent.
pub(crate) struct AgentActor {
    pub id: AgentId,
    pub name: String,
    pub(super) url: String,
    pub cookie: String,
    pub client: Client<AgentCommand, AgentEvent>,
}

impl AgentActor {
    /// Connects with a cookie from signing in.
    pub(crate) async fn connects(url: &str, name: &str, cookie: String) -> Self {
        let client = open(url, &cookie).await.expect("a connection");
        let mut agent = Self {
            id: AgentId(fresh_key().0),
            name: name.to_owned(),
            url: url.to_owned(),
            cookie,
            client,
        };
        agent.id = agent.starts(Vec::new()).await.me;
        agent
    }

    pub(crate) async fn starts(&mut self, threads: Vec<ThreadPosition>) -> Welcome {
        self.client
            .send(&AgentCommand::Start {
                tab: Tab::Pending,
                threads,
            })
            .await;
        self.client
            .hears("a welcome", |event| match event {
                AgentEvent::Welcome(welcome) => Some(welcome.clone()),
                _ => None,
            })
            .await
    }

    /// Comes back on a new connection, with these threads open.
    pub(crate) async fn comes_back(&mut self, threads: Vec<ThreadPosition>) -> Welcome {
        self.client = open(&self.url, &self.cookie).await.expect("a connection");
        self.starts(threads).await
    }

    /// Waits for a card of this conversation that is as it should be.
    pub(crate) async fn sees_card(
        &self,
        conversation: ConversationId,
        is: impl Fn(&Card) -> bool,
    ) -> Card {
        let fits = |card: &Card| card.conversation == conversation && is(card);
        self.client
            .hears("a card", |event| match event {
                AgentEvent::CardChanged(card) => fits(card).then(|| card.clone()),
                AgentEvent::Welcome(welcome) => {
                    welcome.cards.iter().find(|card| fits(card)).cloned()
                }
                _ => None,
            })
            .await
    }

    /// Waits until the conversation is pending, and returns its handoff.
    pub(crate) async fn sees_pending(&self, conversation: ConversationId) -> HandoffId {
        let pending = |card: &Card| matches!(card.state, CardState::Pending { .. });
        match self.sees_card(conversation, pending).await.state {
            CardState::Pending { handoff, .. } => handoff,
            state => panic!("{state:?} is not pending"),
        }
    }

    pub(crate) async fn opens(&mut self, conversation: ConversationId) -> Thread {
        let after = Seq(0);
        self.client
            .send(&AgentCommand::OpenThread {
                conversation,
                after,
            })
            .await;
        self.client
            .hears("a thread", |event| match event {
                AgentEvent::Thread(thread) if thread.card.conversation == conversation => {
                    Some(thread.clone())
                }
                _ => None,
            })
            .await
    }

    pub(crate) async fn claims(
        &mut self,
        conversation: ConversationId,
        handoff: HandoffId,
    ) -> Result<Option<Seq>, Refusal> {
        self.asks(|key| AgentCommand::Claim {
            conversation,
            handoff,
            key,
        })
        .await
    }

    pub(crate) async fn releases(
        &mut self,
        conversation: ConversationId,
        handoff: HandoffId,
    ) -> Result<Option<Seq>, Refusal> {
        self.asks(|key| AgentCommand::Release {
            conversation,
            handoff,
            key,
        })
        .await
    }

    pub(crate) async fn resolves(
        &mut self,
        conversation: ConversationId,
        handoff: HandoffId,
        outcome: Outcome,
    ) -> Result<Option<Seq>, Refusal> {
        self.asks(|key| AgentCommand::Resolve {
            conversation,
            handoff,
            key,
            outcome,
        })
        .await
    }

    pub(crate) async fn says(
        &mut self,
        conversation: ConversationId,
        text: &str,
    ) -> Result<Option<Seq>, Refusal> {
        let text = text.to_owned();
        self.asks(|key| AgentCommand::Say {
            conversation,
            key,
            text,
            attachments: Vec::new(),
        })
        .await
    }

    pub(crate) async fn notes(
        &mut self,
        conversation: ConversationId,
        text: &str,
    ) -> Result<Option<Seq>, Refusal> {
        let text = text.to_owned();
        self.asks(|key| AgentCommand::AddNote {
            conversation,
            key,
            text,
            attachments: Vec::new(),
        })
        .await
    }

    /// Sends a command with a fresh key and waits for its answer.
    pub(crate) async fn asks(
        &mut self,
        command: impl FnOnce(Key) -> AgentCommand,
    ) -> Result<Option<Seq>, Refusal> {
        let key = fresh_key();
        self.client.send(&command(key)).await;
        self.is_answered(key).await
    }

    /// The answer to the command with this key.
    pub(crate) async fn is_answered(&self, key: Key) -> Result<Option<Seq>, Refusal> {
        self.client
            .hears("an answer", |event| match event {
                AgentEvent::Done { key: done, seq } if *done == key => Some(Ok(*seq)),
                AgentEvent::Refused {
                    key: Some(refused),
                    refusal,
                    ..
                } if *refused == key => Some(Err(refusal.clone())),
                _ => None,
            })
            .await
    }

    /// Waits for an entry in an open thread.
    pub(crate) async fn sees_entry(&self, what: &str, is: impl Fn(&Entry) -> bool) -> Entry {
        self.client
            .hears(what, |event| match event {
                AgentEvent::EntryAdded { entry, .. } => is(entry).then(|| entry.clone()),
                AgentEvent::Thread(thread) => {
                    thread.entries.iter().find(|entry| is(entry)).cloned()
                }
                _ => None,
            })
            .await
    }

    /// Waits for words in an open thread.
    pub(crate) async fn reads(&self, words: &str) -> Entry {
        self.sees_entry(words, |entry| match &entry.body {
            Body::Message(message) => message.text.plain().contains(words),
            Body::Note(note) => note.text.plain().contains(words),
            Body::Event(_) | Body::NoteEdited(_) => false,
        })
        .await
    }
}

async fn open(url: &str, cookie: &str) -> Result<Client<AgentCommand, AgentEvent>, u16> {
    let headers = [("cookie", cookie.to_owned()), ("origin", url.to_owned())];
    Client::connect(&format!("{url}/ws/agent"), Encoding::Json, &headers).await
}
