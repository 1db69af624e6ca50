//! A visitor with a browser: keeps a token and a conversation, and can lose the connection.

use protocol::entry::{PublicAuthor, PublicBody, PublicEntry, PublicEvent};
use protocol::visitor::{Page, Start, StateLine, VisitorCommand, VisitorEvent, Welcome};
use protocol::{ChatbotId, ConversationId, Key, PublicSeq, Refusal};

use super::client::{Client, Encoding};
use super::fresh_key;

/// A visitor's second connection.
pub(crate) type Tab = Client<VisitorCommand, VisitorEvent>;

/// Connects with this start, or says why it was refused.
pub(crate) async fn tab_of(url: &str, start: &Start) -> Result<Tab, Refusal> {
    let mut tab = open(url, Encoding::Json).await;
    tab.send(&VisitorCommand::Start(start.clone())).await;
    let answer = |event: &VisitorEvent| match event {
        VisitorEvent::Welcome(_) => Some(Ok(())),
        VisitorEvent::Refused { refusal, .. } => Some(Err(refusal.clone())),
        _ => None,
    };
    tab.hears("an answer to the start", answer).await?;
    Ok(tab)
}

/// A visitor.
pub(crate) struct VisitorActor {
    pub(crate) url: String,
    chatbot: ChatbotId,
    encoding: Encoding,
    pub token: Option<String>,
    pub conversation: ConversationId,
    pub client: Client<VisitorCommand, VisitorEvent>,
}

impl VisitorActor {
    pub(crate) async fn arrives(url: &str, chatbot: ChatbotId, encoding: Encoding) -> Self {
        Self::arrives_from(url, chatbot, encoding, None).await
    }

    /// Arrives by a proxy that says from which address.
    pub(crate) async fn arrives_from(
        url: &str,
        chatbot: ChatbotId,
        encoding: Encoding,
        address: Option<&str>,
    ) -> Self {
        let forwarded = address.map(|address| ("x-forwarded-for", address.to_owned()));
        let headers: Vec<_> = forwarded.into_iter().collect();
        Self::arrives_with(url, chatbot, encoding, headers).await
    }

    /// Arrives with these headers.
    pub(crate) async fn arrives_with(
        url: &str,
        chatbot: ChatbotId,
        encoding: Encoding,
        headers: Vec<(&'static str, String)>,
    ) -> Self {
        let conversation = ConversationId(fresh_key().0);
        let client = Client::connect(&format!("{url}/ws/visitor"), encoding, &headers)
            .await
            .expect("a connection");
        let mut visitor = Self {
            url: url.to_owned(),
            chatbot,
            encoding,
            token: None,
            conversation,
            client,
        };
        let welcome = visitor.starts(PublicSeq(0)).await;
        visitor.token = welcome.token;
        assert!(visitor.token.is_some(), "a new visitor gets a token");
        assert_eq!(conversation, welcome.conversation);
        visitor
    }

    /// Sends the first frame and waits for the welcome.
    pub(crate) async fn starts(&mut self, after: PublicSeq) -> Welcome {
        self.client
            .send(&VisitorCommand::Start(self.start(after)))
            .await;
        self.welcome().await
    }

    pub(crate) fn start(&self, after: PublicSeq) -> Start {
        Start {
            token: self.token.clone(),
            chatbot: self.chatbot,
            conversation: self.conversation,
            after,
            page: Page {
                url: "https://shop.example/tents".to_owned(),
                title: "Tents".to_owned(),
                referrer: String::new(),
            },
            locale: "en-GB".to_owned(),
        }
    }

    pub(crate) async fn welcome(&self) -> Welcome {
        self.client
            .hears("a welcome", |event| match event {
                VisitorEvent::Welcome(welcome) => Some(welcome.clone()),
                _ => None,
            })
            .await
    }

    /// Opens the chat in another tab, or says why it was refused.
    pub(crate) async fn another_tab(&self) -> Result<Tab, Refusal> {
        tab_of(&self.url, &self.start(PublicSeq(0))).await
    }

    /// Comes back on a new connection, with all that the browser kept.
    pub(crate) async fn comes_back(&mut self, after: PublicSeq) -> Welcome {
        self.client = open(&self.url, self.encoding).await;
        self.starts(after).await
    }

    pub(crate) async fn says(&mut self, text: &str) -> Result<PublicSeq, Refusal> {
        self.says_with(fresh_key(), text).await
    }

    pub(crate) async fn says_with(&mut self, key: Key, text: &str) -> Result<PublicSeq, Refusal> {
        self.client
            .send(&VisitorCommand::Say {
                key,
                text: text.to_owned(),
                attachments: Vec::new(),
            })
            .await;
        Ok(self
            .is_answered(key)
            .await?
            .expect("a message has a number"))
    }

    pub(crate) async fn asks_for_human(&mut self) -> Result<Option<PublicSeq>, Refusal> {
        let key = fresh_key();
        self.client.send(&VisitorCommand::AskForHuman { key }).await;
        self.is_answered(key).await
    }

    pub(crate) async fn cancels(&mut self) -> Result<Option<PublicSeq>, Refusal> {
        let key = fresh_key();
        self.client
            .send(&VisitorCommand::CancelHandoff { key })
            .await;
        self.is_answered(key).await
    }

    /// The answer to the command with this key.
    pub(crate) async fn is_answered(&self, key: Key) -> Result<Option<PublicSeq>, Refusal> {
        self.client
            .hears("an answer", |event| match event {
                VisitorEvent::Done { key: done, seq } if *done == key => Some(Ok(*seq)),
                VisitorEvent::Refused {
                    key: Some(refused),
                    refusal,
                    ..
                } if *refused == key => Some(Err(refusal.clone())),
                _ => None,
            })
            .await
    }

    /// Waits for a message with these words in it.
    pub(crate) async fn reads(&self, words: &str) -> PublicEntry {
        self.client
            .hears(words, |event| {
                find(event, |entry| text(entry).contains(words))
            })
            .await
    }

    /// Waits for an answer of the AI that comes after an entry.
    pub(crate) async fn hears_the_ai(&self, after: PublicSeq) -> PublicEntry {
        let by_ai = |entry: &PublicEntry| entry.author == PublicAuthor::Ai && entry.seq > after;
        self.client
            .hears("the AI", |event| find(event, by_ai))
            .await
    }

    /// Waits for something that happened.
    pub(crate) async fn is_told(
        &self,
        what: &str,
        is: impl Fn(&PublicEvent) -> bool,
    ) -> PublicEntry {
        let matches = |entry: &PublicEntry| match &entry.body {
            PublicBody::Event(event) => is(event),
            PublicBody::Message(_) => false,
        };
        self.client.hears(what, |event| find(event, matches)).await
    }

    /// Waits until the state line is this.
    pub(crate) async fn sees_line(&self, line: &StateLine) {
        let matches = |event: &VisitorEvent| match event {
            VisitorEvent::LineChanged(now) => (now == line).then_some(()),
            VisitorEvent::Welcome(welcome) => (&welcome.line == line).then_some(()),
            _ => None,
        };
        self.client.hears(&format!("{line:?}"), matches).await;
    }

    /// Every entry this client was told, by its number, each once.
    pub(crate) fn entries(&self) -> Vec<PublicEntry> {
        let mut entries = std::collections::BTreeMap::new();
        for event in self.client.heard() {
            match event {
                VisitorEvent::EntryAdded(entry) => {
                    entries.insert(entry.seq, entry);
                }
                VisitorEvent::Welcome(welcome) => {
                    entries.extend(welcome.entries.into_iter().map(|entry| (entry.seq, entry)));
                }
                _ => {}
            }
        }
        entries.into_values().collect()
    }
}

async fn open(url: &str, encoding: Encoding) -> Client<VisitorCommand, VisitorEvent> {
    Client::connect(&format!("{url}/ws/visitor"), encoding, &[])
        .await
        .expect("a connection")
}

fn find(event: &VisitorEvent, is: impl Fn(&PublicEntry) -> bool) -> Option<PublicEntry> {
    match event {
        VisitorEvent::EntryAdded(entry) => is(entry).then(|| entry.clone()),
        VisitorEvent::Welcome(welcome) => welcome.entries.iter().find(|entry| is(entry)).cloned(),
        _ => None,
    }
}

/// The plain words of an entry.
pub(super) fn text(entry: &PublicEntry) -> String {
    match &entry.body {
        PublicBody::Message(message) => message.text.plain(),
        PublicBody::Event(
            PublicEvent::Waiting { message }
            | PublicEvent::Restored { message, .. }
            | PublicEvent::Closed { message, .. },
        ) => message.clone(),
        PublicBody::Event(_) => String::new(),
    }
}
