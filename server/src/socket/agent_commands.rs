//! What an agent's commands lead to.

use domain::{Command, Conversation};
use governor::DefaultDirectRateLimiter;
use protocol::agent::{AgentCommand, AgentEvent, Thread};
use protocol::card::{Cursor, Tab};
use protocol::entry::Entry;
use protocol::{ConversationId, Key, Refusal, Seq, Timestamp, limits};

use super::agent::{cards, check_rate};
use super::agent_composer::Typed;
use super::connection::{Peer, Reaction};
use super::pages;
use crate::actions::agent_writes::{self, LookedUp};
use crate::actions::end_draft::end_draft;
use crate::actions::see;
use crate::desk::Desk;
use crate::hub::Connected;
use crate::hub::registry::Loaded;
use crate::jobs::arrivals::Head;
use crate::store::{StoreError, TeamRow};
use crate::wire::{card, entry, visit};

/// An agent with an open connection.
pub(super) struct AgentPeer {
    pub(super) desk: Desk,
    /// As of the connection's start; the store decides on fresh facts.
    pub(super) agent: TeamRow,
    pub(super) connected: Connected,
    /// The open threads of which this client missed more than was told, and after which entry.
    pub(super) missed: Vec<(ConversationId, Seq)>,
    pub(super) limiter: DefaultDirectRateLimiter,
}

impl Peer for AgentPeer {
    type Command = AgentCommand;
    type Event = AgentEvent;

    async fn react(&mut self, command: AgentCommand) -> Reaction<AgentEvent> {
        if let Err(refusal) = check_rate(self) {
            return Reaction::Say(vec![refused(
                agent_writes::key_of(&command),
                refusal,
                self.desk.now(),
            )]);
        }
        match command {
            AgentCommand::Start { .. } => {
                let now = self.desk.now();
                Reaction::Say(vec![refused(None, Refusal::AlreadyStarted, now)])
            }
            AgentCommand::Ping => Reaction::Say(vec![AgentEvent::Pong]),
            AgentCommand::ListCards { tab, after } => self.said(self.list(tab, after).await),
            AgentCommand::ListByDue { tab, after } => self.said(self.by_due(tab, after).await),
            AgentCommand::FollowAssistant { follows } => {
                self.connected.follow_assistant(follows);
                Reaction::Nothing
            }
            AgentCommand::View { conversation } => {
                self.connected.view(conversation);
                Reaction::Nothing
            }
            AgentCommand::OpenThread {
                conversation,
                after,
            } => {
                let opened = self.open_thread(conversation, after).await;
                self.said(opened)
            }
            AgentCommand::CloseThread { conversation } => {
                self.connected.unwatch(conversation);
                self.missed.retain(|(missed, _)| *missed != conversation);
                Reaction::Nothing
            }
            AgentCommand::LoadEarlier {
                conversation,
                before,
            } => self.said(self.earlier(conversation, before).await),
            AgentCommand::Typing {
                conversation,
                typing,
            } => {
                self.desk
                    .hub
                    .agent_types(conversation, self.agent.id, typing);
                Reaction::Nothing
            }
            AgentCommand::SetAvailability { availability } => self.choose(availability).await,
            AgentCommand::SetAccepting { accepting } => self.accept(accepting).await,
            AgentCommand::Read { conversation, seq } => {
                let agent = self.agent.id;
                let command = Command::AgentReads {
                    conversation,
                    agent,
                    seq,
                };
                drop(self.desk.store.enqueue(command).await);
                Reaction::Nothing
            }
            AgentCommand::ListReplies => self.said(self.replies().await),
            AgentCommand::SaveDraft {
                conversation,
                key,
                mode,
                text,
            } => {
                let typed = Typed {
                    conversation,
                    key,
                    mode,
                    text,
                };
                self.save_draft(typed).await
            }
            AgentCommand::SeeMentions { conversation } => self.see_mentions(conversation).await,
            AgentCommand::Search { key, query, after } => self.search(key, &query, after),
            AgentCommand::ListViews => self.said(self.views().await),
            AgentCommand::SaveView { key, view } => self.save_view(key, view).await,
            AgentCommand::DeleteView { key, view, version } => {
                self.delete_view(key, view, version).await
            }
            AgentCommand::PlaceView { key, view, before } => {
                self.place_view(key, view, before).await
            }
            of_panel @ (AgentCommand::ShowPanel { .. }
            | AgentCommand::LoadNote { .. }
            | AgentCommand::EditContact { .. }
            | AgentCommand::MergeContacts { .. }
            | AgentCommand::SplitContact { .. }
            | AgentCommand::Erase { .. }) => self.beside(of_panel).await,
            write => self.write(write).await,
        }
    }

    fn is_behind(&self) -> bool {
        !self.missed.is_empty()
    }

    async fn missed(&mut self) -> Option<Vec<AgentEvent>> {
        while let Some((conversation, after)) = self.missed.pop() {
            let (store, workspace) = (&self.desk.store, self.agent.workspace);
            let page = store
                .entries_after(workspace, conversation, after, limits::ENTRIES_PAGE)
                .await
                .inspect_err(|error| tracing::error!(%error, "missed entries could not be read"));
            // What stays missing is noticed by its number, and asked for again.
            let page = page.unwrap_or_default();
            if let Some(last) = page.last() {
                self.missed.push((conversation, last.seq));
                let added = |one| AgentEvent::EntryAdded {
                    conversation,
                    entry: entry::entry(one),
                };
                return Some(page.iter().map(added).collect());
            }
        }
        None
    }

    fn refused(refusal: Refusal, now: Timestamp) -> AgentEvent {
        refused(None, refusal, now)
    }
}

impl AgentPeer {
    /// Follows a conversation and tells what it holds after a place.
    pub(super) async fn open_thread(
        &mut self,
        conversation: ConversationId,
        after: Seq,
    ) -> Result<Vec<AgentEvent>, StoreError> {
        // First the place in the hub, then the load: what is committed in between comes after.
        if !self.connected.watch(conversation) {
            return Ok(vec![refused(
                None,
                Refusal::TooManyThreads {
                    limit: limits::THREADS as u32,
                },
                self.desk.now(),
            )]);
        }
        let head = match self.visible(conversation).await? {
            None => None,
            Some(conversation) => {
                let (workspace, visitor) = (conversation.workspace, conversation.visitor);
                let (store, id) = (&self.desk.store, conversation.id);
                Some(Head {
                    visit: store.visit(workspace, visitor).await?,
                    given: store
                        .given_in(&[id].into())
                        .await?
                        .remove(&id)
                        .unwrap_or_default(),
                    drafts: store.drafts(workspace, self.agent.id, id).await?,
                    conversation,
                })
            }
        };
        Ok(vec![self.show_thread(conversation, after, head).await?])
    }

    /// A thread that is followed, after a place; none is one that the agent may not see.
    pub(super) async fn show_thread(
        &mut self,
        conversation: ConversationId,
        after: Seq,
        head: Option<Head>,
    ) -> Result<AgentEvent, StoreError> {
        let Some(head) = head else {
            self.connected.unwatch(conversation);
            return Ok(AgentEvent::CardGone { conversation });
        };
        let Head {
            conversation: found,
            visit,
            given,
            drafts,
        } = head;
        let loaded = Loaded {
            of: (found.workspace, found.chatbot),
            controller: found.controller(),
            participants: found.participants().to_vec(),
            last: found.last_seq,
            wait: None,
        };
        self.connected.learn(conversation, loaded);
        let (entries, more) = if after < found.last_seq {
            self.entries(conversation, after).await?
        } else {
            (Vec::new(), false)
        };
        // The newest page is all for who has nothing; anybody else may have missed more than a page.
        self.missed.retain(|(missed, _)| *missed != conversation);
        let missed = |last: &&Entry| after > Seq(0) && last.seq < found.last_seq;
        if let Some(last) = entries.last().filter(missed) {
            self.missed.push((conversation, last.seq));
        }
        let connected = self.desk.hub.is_visitor_connected(found.id);
        Ok(AgentEvent::Thread(Thread {
            card: card::card(&found),
            visitor: self.shown(visit::view(&found, visit, given, connected)),
            entries,
            more,
            read_by_visitor: found.read_by_visitor,
            drafts,
        }))
    }

    /// A conversation of the agent's own workspace and chatbots; anything else does not exist.
    pub(super) async fn visible(
        &self,
        id: ConversationId,
    ) -> Result<Option<Conversation>, StoreError> {
        see::see(&self.desk, self.agent.id, id).await
    }

    /// The newest page for who has nothing; for who has something, the first page of the rest.
    async fn entries(
        &self,
        id: ConversationId,
        after: Seq,
    ) -> Result<(Vec<Entry>, bool), StoreError> {
        let (store, limit) = (&self.desk.store, limits::ENTRIES_PAGE);
        let workspace = self.agent.workspace;
        if after == Seq(0) {
            let newest = store.newest_entries(workspace, id, limit).await?;
            let entries = pages::last(newest.iter().map(entry::entry).collect());
            let more = entries.first().is_some_and(|first| first.seq > Seq(1));
            return Ok((entries, more));
        }
        let rest = store.entries_after(workspace, id, after, limit).await?;
        let entries = pages::first(rest.iter().map(entry::entry).collect());
        Ok((entries, false))
    }

    async fn list(&self, tab: Tab, after: Option<Cursor>) -> Result<Vec<AgentEvent>, StoreError> {
        let Some(agent) = self.desk.store.agent(self.agent.id).await? else {
            return Ok(vec![refused(None, Refusal::NotFound, self.desk.now())]);
        };
        let (cards, more) = cards(&self.desk, &agent, tab, after).await?;
        Ok(vec![AgentEvent::Cards { tab, cards, more }])
    }

    async fn by_due(&self, tab: Tab, after: Option<Cursor>) -> Result<Vec<AgentEvent>, StoreError> {
        let Some(agent) = self.desk.store.agent(self.agent.id).await? else {
            return Ok(vec![refused(None, Refusal::NotFound, self.desk.now())]);
        };
        let (store, limit) = (&self.desk.store, limits::CARDS_PAGE);
        let found = store.cards_by_due(agent.workspace, &agent.assigned, tab, after, limit + 1);
        let found = found.await?;
        let more = found.len() > limit;
        let cards = found.iter().take(limit).map(card::card).collect();
        Ok(vec![AgentEvent::CardsByDue { tab, cards, more }])
    }

    async fn earlier(
        &self,
        conversation: ConversationId,
        before: Seq,
    ) -> Result<Vec<AgentEvent>, StoreError> {
        if self.visible(conversation).await?.is_none() {
            return Ok(vec![AgentEvent::CardGone { conversation }]);
        }
        let entries = self
            .desk
            .store
            .entries_before(
                self.agent.workspace,
                conversation,
                before,
                limits::ENTRIES_PAGE,
            )
            .await?;
        let entries = pages::last(entries.iter().map(entry::entry).collect());
        let more = entries.first().is_some_and(|first| first.seq > Seq(1));
        Ok(vec![AgentEvent::Earlier {
            conversation,
            entries,
            more,
        }])
    }

    /// Hands a command with a key to the store; its answer follows when it is committed.
    async fn write(&self, command: AgentCommand) -> Reaction<AgentEvent> {
        let fresh = self.desk.fresh();
        let (sent, came) = (self.sent(&command), self.desk.now());
        let known = match self.knows_label(&command).await {
            Ok(known) => known,
            Err(error) => {
                tracing::error!(%error, "labels could not be read");
                let key = agent_writes::key_of(&command);
                return Reaction::Say(vec![refused(key, Refusal::Unavailable, came)]);
            }
        };
        let looked_up = LookedUp {
            mentions: see::named(&self.desk, self.agent.id, &command).await,
            knows_label: known,
        };
        let made = agent_writes::command(self.agent.id, fresh, looked_up, command);
        let Some((key, command)) = made else {
            return Reaction::Nothing;
        };
        let desk = self.desk.clone();
        let clock = self.desk.clock.clone();
        let pending = self.desk.store.enqueue(command).await;
        Reaction::Later(Box::pin(async move {
            match pending.await {
                Ok(done) => {
                    if let Some(of) = sent {
                        // Beside the answer, which does not wait for it.
                        let tasks = desk.connections.clone();
                        tasks.spawn(async move { end_draft(&desk, of, came).await });
                    }
                    AgentEvent::Done { key, seq: done.seq }
                }
                Err(failed) => refused(Some(key), failed.into(), clock.now()),
            }
        }))
    }

    pub(super) fn said(&self, result: Result<Vec<AgentEvent>, StoreError>) -> Reaction<AgentEvent> {
        Reaction::Say(result.unwrap_or_else(|error| {
            tracing::error!(%error, agent.id = %self.agent.id, "a page could not be read");
            vec![refused(None, Refusal::Unavailable, self.desk.now())]
        }))
    }
}

pub(super) fn refused(key: Option<Key>, refusal: Refusal, now: Timestamp) -> AgentEvent {
    let sentence = refusal.sentence(now);
    AgentEvent::Refused {
        key,
        refusal,
        sentence,
    }
}
