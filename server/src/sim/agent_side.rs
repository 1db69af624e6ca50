//! The server's end of an agent's connection, as `socket::agent` has it, on the modelled database.

use std::collections::HashSet;
use std::sync::Arc;

use domain::Command;
use domain::agent::Assigned;
use protocol::agent::{AgentCommand, AgentEvent, Thread, ThreadPosition, Welcome};
use protocol::card::{CardState, Counts, Tab};
use protocol::label::Labels;
use protocol::person::{Availability, Notices};
use protocol::{AgentId, ConversationId, Key, Seq, Timestamp};
use uuid::Uuid;

use super::defect::Defect;
use super::ends::{Reacts, Server, Side};
use super::truth::{Decided, Truth};
use crate::actions::agent_writes::{self, LookedUp};
use crate::auth::SignInId;
use crate::hub::Connected;
use crate::hub::frame::{Encoding, Frame};
use crate::hub::queue::Queue;
use crate::hub::registry::AgentConnection;
use crate::hub::registry::Loaded;
use crate::store::Given;
use crate::wire::face::Faces;
use crate::wire::{card, entry, visit};

/// Small, so that absences are long.
const PAGE: usize = 3;

pub(super) struct AgentSide {
    agent: AgentId,
    place: Option<(Arc<Queue>, Connected)>,
    threads: Vec<ThreadPosition>,
    missed: Vec<(ConversationId, Seq)>,
}

impl AgentSide {
    pub(super) fn new(agent: AgentId) -> Self {
        Self {
            agent,
            place: None,
            threads: Vec::new(),
            missed: Vec::new(),
        }
    }

    fn open_thread(&mut self, position: ThreadPosition, server: &Server<'_>) -> AgentEvent {
        let ThreadPosition {
            conversation,
            after,
        } = position;
        let (_, connected) = self
            .place
            .as_ref()
            .expect("threads are opened after the start");
        assert!(
            connected.watch(conversation),
            "a few threads are few enough"
        );
        let Some(found) = server.truth.conversation(conversation) else {
            connected.unwatch(conversation);
            return AgentEvent::CardGone { conversation };
        };
        let loaded = Loaded {
            of: (found.workspace, found.chatbot),
            controller: found.controller(),
            participants: found.participants().to_vec(),
            last: found.last_seq,
            wait: None,
        };
        connected.learn(conversation, loaded);
        let all = server.truth.entries_after(conversation, after, usize::MAX);
        let new = after == Seq(0);
        let page: Vec<_> = if new {
            all.iter().skip(all.len().saturating_sub(PAGE)).collect()
        } else {
            all.iter().take(PAGE).collect()
        };
        self.missed.retain(|(missed, _)| *missed != conversation);
        if let Some(last) = page.last().filter(|_| !new)
            && server.defect != Some(Defect::FirstPageOnly)
        {
            self.missed.push((conversation, last.seq));
        }
        AgentEvent::Thread(Thread {
            card: card::card(found),
            visitor: visit::view(found, None, Given::default(), true),
            entries: page.into_iter().map(entry::entry).collect(),
            more: new && all.len() > PAGE,
            read_by_visitor: found.read_by_visitor,
            drafts: Vec::new(),
        })
    }
}

fn frame(event: &AgentEvent) -> Frame {
    Frame::new(event, Encoding::Json)
}

impl Side for AgentSide {
    fn received(&mut self, bytes: &[u8], server: &mut Server<'_>) -> Vec<Reacts> {
        let command: AgentCommand =
            serde_json::from_slice(bytes).expect("a link speaks the protocol");
        match command {
            AgentCommand::Start { threads, .. } => {
                let queue = Arc::new(Queue::new(Encoding::Json));
                let connected = server.hub.connect_agent(AgentConnection {
                    agent: self.agent,
                    workspace: server.truth.workspace,
                    sign_in: SignInId(Uuid::nil()),
                    assigned: Assigned::All,
                    queue: queue.clone(),
                    watched: HashSet::new(),
                    viewed: None,
                    follows_assistant: false,
                    counts: None,
                });
                self.place = Some((queue, connected));
                self.threads = threads;
                vec![Reacts::Greets]
            }
            AgentCommand::Ping => vec![Reacts::Says(frame(&AgentEvent::Pong))],
            AgentCommand::OpenThread {
                conversation,
                after,
            } => {
                let opened = self.open_thread(
                    ThreadPosition {
                        conversation,
                        after,
                    },
                    server,
                );
                vec![Reacts::Says(frame(&opened))]
            }
            AgentCommand::Read { conversation, seq } => {
                let agent = self.agent;
                vec![Reacts::Asks(
                    None,
                    Command::AgentReads {
                        conversation,
                        agent,
                        seq,
                    },
                )]
            }
            write => {
                let looked_up = LookedUp {
                    mentions: Vec::new(),
                    knows_label: true,
                };
                let writes = agent_writes::command(self.agent, server.fresh(), looked_up, write);
                writes
                    .map(|(key, command)| Reacts::Asks(Some(key), command))
                    .into_iter()
                    .collect()
            }
        }
    }

    fn greet(&mut self, server: &mut Server<'_>) -> Vec<Frame> {
        let pending =
            |one: &&domain::Conversation| matches!(one.card_state(), CardState::Pending { .. });
        let conversations = server.truth.conversations().into_iter();
        let welcome = Welcome {
            me: self.agent,
            chosen: Availability::Online,
            notices: Notices::default(),
            groups: Vec::new(),
            team: Vec::new(),
            chatbots: Vec::new(),
            labels: Labels::default(),
            counts: Counts::default(),
            tab: Tab::Pending,
            cards: conversations.filter(pending).map(card::card).collect(),
            more: false,
            drafts: Vec::new(),
            mentions: Vec::new(),
            now: server.now,
        };
        let mut events = vec![frame(&AgentEvent::Welcome(welcome))];
        for position in std::mem::take(&mut self.threads) {
            events.push(frame(&self.open_thread(position, server)));
        }
        events
    }

    fn missed(&mut self, truth: &Truth, _: &Faces) -> Vec<Frame> {
        while let Some((conversation, after)) = self.missed.pop() {
            let page = truth.entries_after(conversation, after, PAGE);
            if let Some(last) = page.last() {
                self.missed.push((conversation, last.seq));
                let added = |one| AgentEvent::EntryAdded {
                    conversation,
                    entry: entry::entry(one),
                };
                return page.iter().map(|one| frame(&added(one))).collect();
            }
        }
        Vec::new()
    }

    fn answer(&self, key: Key, decided: &Decided, now: Timestamp) -> Frame {
        frame(&match decided {
            Ok(done) => AgentEvent::Done { key, seq: done.seq },
            Err(refusal) => AgentEvent::Refused {
                key: Some(key),
                sentence: refusal.sentence(now),
                refusal: refusal.clone(),
            },
        })
    }

    fn queue(&self) -> Option<&Arc<Queue>> {
        self.place.as_ref().map(|(queue, _)| queue)
    }
}
