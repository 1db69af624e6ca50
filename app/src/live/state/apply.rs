//! What the hub tells, folded into the state.

use std::sync::Arc;

use protocol::agent::{AgentCommand, AgentEvent, Welcome};
use protocol::card::{Card, Tab};
use protocol::entry::{Author, Entry};
use protocol::view::Order;
use protocol::{ConversationId, Key, Refusal, Seq, Timestamp};

use super::{Act, Connection, List, LiveState, Progress, Stand};
use crate::words::{self, t};

impl LiveState {
    /// Takes in one event. `now` is this browser's time.
    pub(crate) fn apply(&mut self, event: AgentEvent, now: Timestamp) {
        match event {
            AgentEvent::Welcome(welcome) => self.welcomed(welcome, now),
            AgentEvent::Cards { tab, cards, more } => self.lists.add_page(tab.into(), cards, more),
            AgentEvent::CardsByDue { tab, cards, more } => {
                self.lists.add_page(List::of(tab, Order::Due), cards, more);
            }
            AgentEvent::CardChanged(card) => self.card_changed(card),
            AgentEvent::CardGone { conversation } => {
                self.lists.remove(conversation);
                self.threads.retain(|(open, _)| *open != conversation);
                self.visited.retain(|visited| *visited != conversation);
            }
            AgentEvent::CountsChanged(counts) => self.counts = counts,
            AgentEvent::LabelsChanged(labels) => self.labels = labels,
            AgentEvent::TeamChanged(team) => self.team = team,
            AgentEvent::Thread(thread) => {
                let conversation = thread.card.conversation;
                self.card_changed(thread.card.clone());
                if let Some(held) = self.thread_mut(conversation) {
                    held.opened(thread);
                    self.settle_entries(conversation);
                    self.seek_on(conversation);
                }
            }
            AgentEvent::Earlier {
                conversation,
                entries,
                more,
            } => {
                if let Some(thread) = self.thread_mut(conversation) {
                    thread.timeline.add_earlier(entries, more);
                    thread.loads_earlier = false;
                }
                self.seek_on(conversation);
            }
            AgentEvent::EntryAdded {
                conversation,
                entry,
            } => self.added(conversation, entry, now),
            AgentEvent::ReadByVisitor { conversation, seq } => {
                if let Some(thread) = self.thread_mut(conversation) {
                    thread.read_by_visitor = thread.read_by_visitor.max(seq);
                }
            }
            AgentEvent::TypingChanged {
                conversation,
                author,
                typing,
            } => {
                let mine = matches!(author, Author::Agent(agent) if Some(agent) == self.me);
                if let Some(thread) = self.thread_mut(conversation).filter(|_| !mine) {
                    thread.types(author, typing, now);
                }
            }
            AgentEvent::PresenceChanged {
                agent,
                availability,
                chosen,
                accepting,
            } => {
                if let Some(member) = self.team.iter_mut().find(|member| member.id == agent) {
                    member.availability = availability;
                    member.accepting = accepting;
                }
                if Some(agent) == self.me && chosen.is_some() {
                    self.chosen = chosen;
                }
            }
            AgentEvent::VisitorPresenceChanged {
                conversation,
                connected,
            } => {
                let thread = self.thread_mut(conversation);
                if let Some(visitor) = thread.and_then(|thread| thread.visitor.as_mut()) {
                    Arc::make_mut(visitor).connected = connected;
                }
            }
            AgentEvent::Done { key, seq } => self.done(key, seq, now),
            // Its sentence is English, for programs that have none of their own.
            AgentEvent::Refused { key, refusal, .. } => self.refused(key, &refusal, now),
            AgentEvent::Replies { from, replies, .. } => self.replies.add_page(from, replies),
            AgentEvent::RepliesChanged => self.replies_changed(),
            AgentEvent::Mentioned(mention) => self.mentioned(mention, now),
            AgentEvent::MentionsSeen { conversation } => self.mentions_seen(conversation),
            AgentEvent::PreviewChanged { conversation, text } => {
                if let Some(thread) = self.thread_mut(conversation) {
                    thread.preview = text;
                }
            }
            AgentEvent::ViewersChanged {
                conversation,
                agents,
            } => {
                if let Some(thread) = self.thread_mut(conversation) {
                    thread.viewers = agents;
                }
            }
            AgentEvent::Found { key, hits, next } => self.found(key, hits, next),
            AgentEvent::Views { views } => self.saved.all = views,
            AgentEvent::ViewsChanged => self.views_changed(),
            AgentEvent::Panel(_)
            | AgentEvent::Notes { .. }
            | AgentEvent::ContactChanged { .. }
            | AgentEvent::PanelChanged { .. }
            | AgentEvent::NoteText { .. } => self.beside(event),
            // What is typed has a signal of its own.
            AgentEvent::DraftChanged { .. } | AgentEvent::Pong => {}
        }
    }

    /// The connection came, went, or is over.
    pub(crate) fn connection_changed(&mut self, connection: Connection) {
        if !matches!(connection, Connection::Connecting | Connection::Live) {
            self.threads
                .iter_mut()
                .for_each(|(_, thread)| thread.lost());
            self.search_lost();
            self.views_lost();
        }
        self.connection = connection;
    }

    /// A welcome is the whole truth: lists that were held are loaded anew.
    fn welcomed(&mut self, welcome: Welcome, now: Timestamp) {
        self.ahead_ms = welcome.now.millis() - now.millis();
        self.me = Some(welcome.me);
        self.chosen = Some(welcome.chosen);
        self.notices = welcome.notices;
        self.team = welcome.team;
        self.groups = welcome.groups;
        self.chatbots = welcome.chatbots;
        self.labels = welcome.labels;
        self.counts = welcome.counts;
        self.mentions = welcome.mentions;
        self.replies_changed();
        self.views_changed();
        self.lists.clear();
        self.lists
            .add_page(welcome.tab.into(), welcome.cards, welcome.more);
        if !self.lists.is_loaded(self.list()) {
            self.load_cards();
        }
        // Whatever tab is on screen: what is offered to me is among those that wait.
        if !self.lists.is_loaded(Tab::Pending) {
            self.load_tab(Tab::Pending);
        }
        // And what comes back in time rings only for who knows that it was put aside.
        if self.counts.snoozed > 0 && !self.lists.is_loaded(Tab::Snoozed) {
            self.load_tab(Tab::Snoozed);
        }
        // Opened while the start was on its way: what was asked then was lost.
        let late = self.threads.iter().map(|(open, _)| *open);
        let late = late.filter(|open| !self.started.contains(open));
        let late = late.map(|conversation| AgentCommand::OpenThread {
            conversation,
            after: Seq(0),
        });
        self.asks.extend(late);
        // The hub forgot it with the last connection.
        if self.views.is_some() {
            self.asks.push(AgentCommand::View {
                conversation: self.views,
            });
        }
    }

    /// A card that changes who has a conversation ends what went wrong before.
    fn card_changed(&mut self, card: Card) {
        let conversation = card.conversation;
        let before = self.stand(conversation);
        self.lists.put(card);
        if self.stand(conversation) != before {
            self.troubles.forget(conversation);
        }
    }

    fn added(&mut self, conversation: ConversationId, entry: Entry, now: Timestamp) {
        let Some(thread) = self.thread_mut(conversation) else {
            return;
        };
        thread.types(entry.author, false, now);
        thread.learn(&entry);
        let said = entry.clone();
        thread.timeline.add(entry);
        let last = thread.timeline.last();
        // Before the first page there is nothing to compare with: the page is on its way.
        let opened = thread.visitor.is_some();
        if opened && thread.timeline.has_gap() && thread.asked_after != Some(last) {
            thread.asked_after = Some(last);
            self.asks.push(AgentCommand::OpenThread {
                conversation,
                after: last,
            });
        }
        self.settle_entries(conversation);
        self.beside_learns(conversation, &said);
    }

    /// Texts whose entry is on screen have arrived, whether or not their answer has.
    fn settle_entries(&mut self, conversation: ConversationId) {
        let Some(thread) = self.thread(conversation) else {
            return;
        };
        let keys = thread
            .timeline
            .entries()
            .iter()
            .filter_map(|entry| entry.key);
        let keys: Vec<Key> = keys.collect();
        for key in keys {
            self.outbox.remove(key);
        }
    }

    fn done(&mut self, key: Key, seq: Option<Seq>, now: Timestamp) {
        if self.view_answered(key, None) || self.bulk_answered(key, None) {
            return;
        }
        if self.step_answered(key, None, now) {
            return;
        }
        if let Some((conversation, act)) = self.acted(key) {
            self.offer_undo(conversation, act, now);
        }
        let Some(outgoing) = self.outbox.find(key) else {
            return;
        };
        // The entry itself takes the bubble's place; without its thread there is nothing to wait for.
        let thread = self.thread(outgoing.conversation);
        let held = thread.is_none_or(|thread| seq.is_none_or(|seq| seq <= thread.timeline.last()));
        if held {
            self.outbox.remove(key);
        } else {
            self.outbox.set(key, Progress::Saved);
        }
    }

    fn refused(&mut self, key: Option<Key>, refusal: &Refusal, now: Timestamp) {
        let sentence = words::refusal(refusal);
        let of_view = key.is_some_and(|key| self.view_answered(key, Some(&sentence)));
        if of_view || self.search_refused(key, &sentence) {
            return;
        }
        // The connection says it again by itself when the time has come.
        if key.is_some() && matches!(refusal, Refusal::TooFast { .. }) {
            return;
        }
        if key.is_some_and(|key| self.bulk_answered(key, Some(&sentence))) {
            return;
        }
        if key.is_some_and(|key| self.step_answered(key, Some(&sentence), now)) {
            return;
        }
        let acted = key.and_then(|key| self.acted(key));
        let text = key.is_some_and(|key| self.outbox.set(key, Progress::Failed(sentence.clone())));
        match refusal {
            Refusal::TakenBy { agent, name, at } => {
                let ago = self.server_time(now).millis_since(*at);
                let title = t::taken_title(name, &words::ago(ago));
                let next = self.longest_waiting();
                let detail = t::nothing_sent().to_owned();
                self.toasts.tell(*agent, (title, detail), next, now);
            }
            _ if text => {}
            _ => match acted {
                Some((conversation, act)) if self.is_in_sight(conversation, act) => {
                    self.troubles.tell(conversation, act, sentence);
                }
                None if key.is_some() => {}
                _ => self.toasts.fail(sentence),
            },
        }
    }

    /// An answer came: the act is no longer awaited.
    fn acted(&mut self, key: Key) -> Option<(ConversationId, Act)> {
        let at = self.acts.iter().position(|(awaited, ..)| *awaited == key)?;
        let (_, conversation, act) = self.acts.swap_remove(at);
        Some((conversation, act))
    }

    /// The next in line that I would take.
    fn longest_waiting(&self) -> Option<ConversationId> {
        let pending = self.lists.shown(Tab::Pending);
        let mut ids = pending.iter().map(|card| card.conversation);
        ids.find(|id| self.stand(*id) == Stand::Nobody && !self.has_declined(*id))
    }
}
