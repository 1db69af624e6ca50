//! The server's end of a visitor's connection, as `socket::visitor` has it, on the modelled database.

use std::sync::Arc;

use domain::conversation::{Controller, Line};
use domain::{Command, Entry, Opening};
use protocol::visitor::{Start, StateLine, VisitorCommand, VisitorEvent, Welcome};
use protocol::{ChatbotId, ConversationId, Key, PublicSeq, Seq, Timestamp, VisitorId, WorkspaceId};

use super::defect::Defect;
use super::ends::{Reacts, Server, Side};
use super::truth::{Decided, Truth};
use crate::hub::Connected;
use crate::hub::frame::{Encoding, Frame};
use crate::hub::queue::Queue;
use crate::hub::registry::{Loaded, VisitorConnection};
use crate::socket::visitor_writes;
use crate::wire::face::Faces;
use crate::wire::line::Wait;
use crate::wire::{entry, line};

/// Small, so that absences are long.
const PAGE: usize = 3;

pub(super) struct VisitorSide {
    visitor: u64,
    start: Option<Start>,
    place: Option<(Arc<Queue>, Connected)>,
    missed: Option<PublicSeq>,
    /// Read too early: a defect.
    early: Option<Vec<Entry>>,
}

impl VisitorSide {
    pub(super) fn new(visitor: u64) -> Self {
        Self {
            visitor,
            start: None,
            place: None,
            missed: None,
            early: None,
        }
    }

    fn takes_place(&mut self, start: &Start, server: &Server<'_>) {
        let queue = Arc::new(Queue::new(Encoding::Json));
        let connected = server.hub.connect_visitor(VisitorConnection {
            conversation: start.conversation,
            chatbot: start.chatbot,
            locale: start.locale.clone(),
            queue: queue.clone(),
        });
        self.place = Some((queue, connected));
    }

    fn opening(&self, start: &Start, workspace: WorkspaceId) -> Opening {
        opening(self.visitor, start.conversation, workspace, start.chatbot)
    }
}

fn opening(
    visitor: u64,
    conversation: ConversationId,
    workspace: WorkspaceId,
    chatbot: ChatbotId,
) -> Opening {
    let mut number = [9; 10];
    number[..8].copy_from_slice(&visitor.to_be_bytes());
    Opening {
        conversation,
        workspace,
        chatbot,
        visitor: VisitorId::new(Timestamp(1), &number),
        visitor_name: "Mira".to_owned(),
        locale: "en".to_owned(),
    }
}

fn frame(event: &VisitorEvent) -> Frame {
    Frame::new(event, Encoding::Json)
}

impl Side for VisitorSide {
    fn received(&mut self, bytes: &[u8], server: &mut Server<'_>) -> Vec<Reacts> {
        let command: VisitorCommand =
            serde_json::from_slice(bytes).expect("a link speaks the protocol");
        let (workspace, made) = (server.truth.workspace, (server.run(), server.fresh()));
        match (command, &self.start) {
            (VisitorCommand::Start(start), None) => {
                if server.defect == Some(Defect::LoadBeforePlace) {
                    let read =
                        server
                            .truth
                            .public_after(start.conversation, start.after, usize::MAX);
                    self.early = Some(read);
                } else {
                    self.takes_place(&start, server);
                }
                self.start = Some(start);
                vec![Reacts::Greets]
            }
            (VisitorCommand::Ping, _) => vec![Reacts::Says(frame(&VisitorEvent::Pong))],
            (VisitorCommand::Read { seq }, Some(start)) => {
                let conversation = start.conversation;
                vec![Reacts::Asks(
                    None,
                    Command::VisitorReads { conversation, seq },
                )]
            }
            (command, Some(start)) => {
                let opening = self.opening(start, workspace);
                let writes = visitor_writes::command(opening, made, command);
                writes
                    .map(|(key, command)| Reacts::Asks(Some(key), command))
                    .into_iter()
                    .collect()
            }
            (command, None) => panic!("{command:?} before the start"),
        }
    }

    fn greet(&mut self, server: &mut Server<'_>) -> Vec<Frame> {
        let start = self.start.clone().expect("greeted after the start");
        if self.place.is_none() {
            self.takes_place(&start, server);
        }
        let id = start.conversation;
        let found = server.truth.conversation(id);
        let controller = found.map_or(Controller::Ai, domain::Conversation::controller);
        let wait = (controller == Controller::Waiting).then_some(Wait {
            place: 1,
            minutes: None,
            form: false,
        });
        if let Some((_, connected)) = &self.place {
            let loaded = Loaded {
                of: (server.truth.workspace, start.chatbot),
                controller,
                participants: found.map_or_else(Vec::new, |found| found.participants().to_vec()),
                last: found.map_or(Seq(0), |found| found.last_seq),
                wait,
            };
            connected.learn(id, loaded);
        }
        let all = self
            .early
            .take()
            .unwrap_or_else(|| server.truth.public_after(id, start.after, usize::MAX));
        let new = start.after == PublicSeq(0);
        let page: Vec<_> = if new {
            all.iter().skip(all.len().saturating_sub(PAGE)).collect()
        } else {
            all.iter().take(PAGE).collect()
        };
        let entries: Vec<_> = page
            .iter()
            .filter_map(|one| entry::public_entry(one, server.faces))
            .collect();
        self.missed = entries.last().map(|last| last.seq).filter(|_| !new);
        if server.defect == Some(Defect::FirstPageOnly) {
            self.missed = None;
        }
        let stands = found.map_or(Line::Assistant, domain::Conversation::line);
        let welcome = Welcome {
            token: None,
            conversation: id,
            widget: server.truth.the_chatbot().widget_view("en"),
            line: line::line(stands, wait, server.faces).unwrap_or(StateLine::Assistant),
            more: new && all.len() > PAGE,
            entries,
            read_by_team: found.map_or(PublicSeq(0), |found| found.read_by_team),
            read: found.map_or(PublicSeq(0), |found| found.read_by_visitor),
            now: server.now,
        };
        vec![frame(&VisitorEvent::Welcome(welcome))]
    }

    fn missed(&mut self, truth: &Truth, faces: &Faces) -> Vec<Frame> {
        let (Some(after), Some(start)) = (self.missed.take(), &self.start) else {
            return Vec::new();
        };
        let page = truth.public_after(start.conversation, after, PAGE);
        self.missed = page.last().and_then(|last| last.public_seq);
        let entries = page
            .iter()
            .filter_map(|one| entry::public_entry(one, faces));
        entries
            .map(|one| frame(&VisitorEvent::EntryAdded(one)))
            .collect()
    }

    fn answer(&self, key: Key, decided: &Decided, now: Timestamp) -> Frame {
        frame(&match decided {
            Ok(done) => VisitorEvent::Done {
                key,
                seq: done.public_seq,
            },
            Err(refusal) => VisitorEvent::Refused {
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
