//! What a visitor's commands lead to.

use std::sync::Arc;

use domain::{Command, Opening};
use protocol::visitor::{VisitorCommand, VisitorEvent};
use protocol::{Key, PublicSeq, Refusal, RunId, Timestamp, limits};

use super::connection::{Peer, Reaction};
use super::{pages, visitor_writes};
use crate::actions::begin_visit::Visitor;
use crate::actions::consent;
use crate::desk::Desk;
use crate::hub::Connected;
use crate::random::fresh;
use crate::wire::entry;

/// A visitor with an open connection.
pub(super) struct VisitorPeer {
    pub(super) desk: Arc<Desk>,
    pub(super) visitor: Arc<Visitor>,
    /// After which entry the rest of what this client missed begins, until it was told.
    pub(super) missed: Option<PublicSeq>,
    /// Whether they have begun to speak, or agreed to what is asked before.
    pub(super) agreed: bool,
    /// Leaves the hub when the connection ends.
    pub(super) _connected: Connected,
}

impl Peer for VisitorPeer {
    type Command = VisitorCommand;
    type Event = VisitorEvent;

    async fn react(&mut self, command: VisitorCommand) -> Reaction<VisitorEvent> {
        let conversation = self.visitor.conversation;
        match command {
            VisitorCommand::Ping => Reaction::Say(vec![VisitorEvent::Pong]),
            VisitorCommand::Start(_) => {
                let now = self.desk.now();
                Reaction::Say(vec![refused(None, Refusal::AlreadyStarted, now)])
            }
            VisitorCommand::Typing { typing } => {
                if self.desk.limits.visitor_sign(self.visitor.id).is_ok() {
                    self.desk.hub.visitor_types(conversation, typing);
                }
                Reaction::Nothing
            }
            VisitorCommand::Read { seq } => {
                self.quietly(Command::VisitorReads { conversation, seq })
                    .await
            }
            VisitorCommand::Preview { text } => {
                self.preview(&text).await;
                Reaction::Nothing
            }
            VisitorCommand::LoadEarlier { before } => self.earlier(before).await,
            write => {
                if let Err(refusal) = self.agrees(&write).await {
                    let key = visitor_writes::key(&write);
                    return Reaction::Say(vec![refused(key, refusal, self.desk.now())]);
                }
                self.write(write).await
            }
        }
    }

    fn is_behind(&self) -> bool {
        self.missed.is_some()
    }

    async fn missed(&mut self) -> Option<Vec<VisitorEvent>> {
        let after = self.missed.take()?;
        let (store, id) = (&self.desk.store, self.visitor.conversation);
        let page = store
            .public_entries_after(self.visitor.workspace, id, after, limits::ENTRIES_PAGE)
            .await
            .inspect_err(|error| tracing::error!(%error, "missed entries could not be read"));
        // What stays missing is noticed by its number, and asked for again.
        let page = page.ok()?;
        self.missed = page.last().and_then(|last| last.public_seq);
        let entries = page
            .iter()
            .filter_map(|one| entry::public_entry(one, &self.desk.faces));
        let events: Vec<_> = entries.map(VisitorEvent::EntryAdded).collect();
        (!events.is_empty()).then_some(events)
    }

    fn refused(refusal: Refusal, now: Timestamp) -> VisitorEvent {
        refused(None, refusal, now)
    }
}

impl VisitorPeer {
    /// Shows agents what the visitor is typing, where the chatbot does so now.
    async fn preview(&self, text: &str) {
        let shown = self.desk.store.chatbot(self.visitor.chatbot.id).await;
        let shown = shown.is_ok_and(|chatbot| {
            chatbot.is_some_and(|chatbot| chatbot.settings.handoff.typing_preview)
        });
        if shown && self.desk.limits.visitor_sign(self.visitor.id).is_ok() {
            let text = domain::text::ending(text, limits::PREVIEW);
            let conversation = self.visitor.conversation;
            self.desk.hub.visitor_previews(conversation, text);
        }
    }

    /// Refuses the first words of who did not agree to what the chatbot asks for before them, and keeps
    /// what is agreed to in the form for details.
    async fn agrees(&mut self, write: &VisitorCommand) -> Result<(), Refusal> {
        let (desk, visitor) = (&self.desk, &self.visitor);
        let at = (visitor.workspace, visitor.id, visitor.chatbot.id);
        self.agreed = self.agreed || consent::before(desk, at, visitor.conversation).await?;
        if !self.agreed {
            return Err(consent::MISSING);
        }
        match write {
            VisitorCommand::SendForm { key, details } if details.consent => {
                consent::to_details(desk, at, *key).await
            }
            _ => Ok(()),
        }
    }

    /// Hands a command that writes to the store.
    async fn write(&self, command: VisitorCommand) -> Reaction<VisitorEvent> {
        let desk = &self.desk;
        let made = (fresh!(RunId, desk.now()), desk.fresh());
        match visitor_writes::command(self.opening(), made, command) {
            Some((key, command)) => self.ask(key, command).await,
            None => Reaction::Nothing,
        }
    }

    /// Hands a command with a key to the store; its answer follows when it is committed.
    async fn ask(&self, key: Key, command: Command) -> Reaction<VisitorEvent> {
        if let Err(refusal) = self.may_write() {
            return Reaction::Say(vec![refused(Some(key), refusal, self.desk.now())]);
        }
        let clock = self.desk.clock.clone();
        let pending = self.desk.store.enqueue(command).await;
        Reaction::Later(Box::pin(async move {
            match pending.await {
                Ok(done) => VisitorEvent::Done {
                    key,
                    seq: done.public_seq,
                },
                Err(failed) => refused(Some(key), failed.into(), clock.now()),
            }
        }))
    }

    /// Within the rates of this visitor, and of where they come from while their chatbot is under attack.
    fn may_write(&self) -> Result<(), Refusal> {
        let (desk, visitor) = (&self.desk, &self.visitor);
        desk.limits.visitor_command(visitor.id)?;
        let writes = (visitor.chatbot.id, visitor.id);
        desk.limits
            .attacks
            .message(writes, visitor.from, desk.now())
    }

    /// Hands over a command that nobody waits for.
    async fn quietly(&self, command: Command) -> Reaction<VisitorEvent> {
        if self.desk.limits.visitor_sign(self.visitor.id).is_ok() {
            drop(self.desk.store.enqueue(command).await);
        }
        Reaction::Nothing
    }

    async fn earlier(&self, before: PublicSeq) -> Reaction<VisitorEvent> {
        if let Err(refusal) = self.desk.limits.visitor_command(self.visitor.id) {
            return Reaction::Say(vec![refused(None, refusal, self.desk.now())]);
        }
        let (id, page) = (self.visitor.conversation, limits::ENTRIES_PAGE);
        match self
            .desk
            .store
            .public_entries_before(self.visitor.workspace, id, before, page)
            .await
        {
            Ok(entries) => {
                let faces = &self.desk.faces;
                let entries = entries
                    .iter()
                    .filter_map(|one| entry::public_entry(one, faces));
                let entries = pages::last(entries.collect());
                let more = entries.first().map(|first| first.seq) > Some(PublicSeq(1));
                Reaction::Say(vec![VisitorEvent::Earlier { entries, more }])
            }
            Err(error) => {
                tracing::error!(%error, "earlier entries could not be read");
                Reaction::Say(vec![refused(None, Refusal::Unavailable, self.desk.now())])
            }
        }
    }

    /// What the visitor is called now: the page may have said who they are since they came.
    fn name(&self) -> String {
        let known = self.desk.store.visitor_name(&self.visitor.token_hash);
        known.unwrap_or_else(|| self.visitor.name.clone())
    }

    fn opening(&self) -> Opening {
        Opening {
            conversation: self.visitor.conversation,
            workspace: self.visitor.workspace,
            chatbot: self.visitor.chatbot.id,
            visitor: self.visitor.id,
            visitor_name: self.name(),
            locale: self.visitor.locale.clone(),
        }
    }
}

fn refused(key: Option<Key>, refusal: Refusal, now: Timestamp) -> VisitorEvent {
    let sentence = refusal.sentence(now);
    VisitorEvent::Refused {
        key,
        refusal,
        sentence,
    }
}
