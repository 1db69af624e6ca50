//! The world of one day: what happens when, and what it leads to.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use domain::{Change, Command};
use protocol::{Key, Timestamp};

use super::agent::Agent;
use super::chance::Chance;
use super::client::Linked;
use super::defect::{Defect, Played};
use super::ends::{Client, Input, Output, Side};
use super::judge;
use super::truth::{Decided, Truth};
use super::visitor::Visitor;
use crate::hub::Hub;
use crate::wire::face::Faces;

/// A command in its lane, and who waits for the answer.
pub(super) struct Queued {
    pub(super) command: Command,
    pub(super) answer: Option<(usize, Key)>,
}

pub(super) struct Connection {
    pub(super) client: usize,
    /// Until the client knows that it is over.
    pub(super) heard: bool,
    /// None once the server knows that it is over.
    pub(super) side: Option<Box<dyn Side>>,
    /// Whether frames still arrive.
    pub(super) cut: bool,
    pub(super) greeted: bool,
    /// When the newest frame of each way arrives: what is sent later does not arrive earlier.
    pub(super) to_server: u64,
    pub(super) to_client: u64,
}

pub(super) enum Happening {
    Begin(usize),
    Act(usize),
    Tick(usize),
    Opened(usize),
    ToServer(usize, Vec<u8>),
    ToClient(usize, Vec<u8>),
    /// The client learns that a connection is over.
    Closed(usize, u16),
    /// The server learns it.
    Gone(usize),
    Greet(usize, u64),
    Commit(usize, u64),
    Tell(u64, Vec<Change>, Vec<(usize, Key, Decided)>),
    Answer(u64, Command),
    Look,
    Trouble,
}

/// How long people act, and how long it may take until all is well again. In milliseconds.
pub(super) const DAY: u64 = 10_000;
pub(super) const EVENING: u64 = 120_000;
pub(super) const LANES: usize = 2;
pub(super) const VISITORS: usize = 3;

pub(super) struct World {
    pub(super) chance: Chance,
    pub(super) defect: Option<Defect>,
    pub(super) now: u64,
    pub(super) happenings: BTreeMap<(u64, u64), Happening>,
    pub(super) numbered: u64,
    pub(super) made: u64,
    pub(super) truth: Truth,
    pub(super) faces: Faces,
    pub(super) hub: Hub,
    pub(super) lanes: Vec<Vec<Queued>>,
    /// Raised by every crash: what was under way before it never happens.
    pub(super) epoch: u64,
    pub(super) down_until: u64,
    pub(super) clients: Vec<Box<dyn Client>>,
    pub(super) ticks: Vec<u64>,
    pub(super) connections: Vec<Connection>,
    pub(super) played: Played,
    pub(super) trace: DefaultHasher,
}

/// What the server's clock shows.
pub(super) fn clock(now: u64) -> Timestamp {
    Timestamp(1_000_000 + i64::try_from(now).expect("a day is short"))
}

pub(super) fn hub(faces: &Faces) -> Hub {
    Hub::new(faces.clone(), Arc::new(|_, _, _| {}))
}

impl World {
    pub(super) fn new(seed: u64, defect: Option<Defect>) -> Self {
        let mut chance = Chance::seeded(seed);
        let truth = Truth::new(&mut chance);
        let mut clients: Vec<Box<dyn Client>> = Vec::new();
        for number in 0..VISITORS {
            let visitor = Visitor::new(number as u64, truth.chatbot);
            clients.push(Box::new(Linked::new(number as u64, visitor)));
        }
        for (number, agent) in truth.team.iter().enumerate() {
            clients.push(Box::new(Linked::new(
                100 + number as u64,
                Agent::new(*agent),
            )));
        }
        let faces = Faces::default();
        let mut world = Self {
            chance,
            defect,
            now: 0,
            happenings: BTreeMap::new(),
            numbered: 0,
            made: 0,
            hub: hub(&faces),
            truth,
            faces,
            lanes: (0..LANES).map(|_| Vec::new()).collect(),
            epoch: 0,
            down_until: 0,
            ticks: vec![u64::MAX; clients.len()],
            clients,
            connections: Vec::new(),
            played: Played::default(),
            trace: DefaultHasher::new(),
        };
        for client in 0..world.clients.len() {
            world.later(500, Happening::Begin(client));
        }
        world.at(2_000, Happening::Look);
        world.later(1_500, Happening::Trouble);
        world
    }

    pub(super) fn play(&mut self) {
        while let Some(((at, _), happening)) = self.happenings.pop_first() {
            if at > DAY + EVENING {
                break;
            }
            self.now = self.now.max(at);
            self.happens(happening);
            self.flush();
        }
    }

    pub(super) fn judged(mut self) -> Played {
        judge::truth(&self.truth, &mut self.played);
        for client in &self.clients {
            client.judge(&self.truth, &mut self.played);
        }
        self.played.trace = self.trace.finish();
        self.played
    }

    pub(super) fn at(&mut self, time: u64, happening: Happening) {
        self.numbered += 1;
        self.happenings.insert((time, self.numbered), happening);
    }

    /// Within so many milliseconds.
    pub(super) fn later(&mut self, within: u64, happening: Happening) {
        let time = self.now + self.chance.below(within);
        self.at(time, happening);
    }

    pub(super) fn time(&self) -> Timestamp {
        clock(self.now)
    }

    fn happens(&mut self, happening: Happening) {
        match happening {
            Happening::Begin(client) => {
                self.feed(client, &Input::Begin);
                self.later(1_000, Happening::Act(client));
            }
            Happening::Act(client) if self.now < DAY => {
                let input = if self.chance.percent(5) {
                    Input::Wake
                } else {
                    Input::Act
                };
                self.feed(client, &input);
                self.later(1_200, Happening::Act(client));
            }
            Happening::Tick(client) if self.ticks[client] <= self.now => {
                self.feed(client, &Input::Tick);
            }
            Happening::Act(_) | Happening::Tick(_) => {}
            Happening::Opened(connection) => self.opens(connection),
            Happening::ToServer(connection, frame) => self.hears(connection, &frame),
            Happening::ToClient(connection, frame) => {
                let found = &self.connections[connection];
                if found.heard && !found.cut {
                    frame.hash(&mut self.trace);
                    self.feed(found.client, &Input::Frame(&frame));
                }
            }
            Happening::Closed(connection, code) => {
                let found = &mut self.connections[connection];
                if std::mem::take(&mut found.heard) {
                    let client = found.client;
                    self.feed(client, &Input::Closed(code));
                }
            }
            Happening::Gone(connection) => self.gone(connection),
            Happening::Greet(connection, epoch) if epoch == self.epoch => self.greet(connection),
            Happening::Commit(lane, epoch) if epoch == self.epoch => self.commit(lane),
            Happening::Tell(epoch, changes, answers) if epoch == self.epoch => {
                self.tell(changes, answers);
            }
            Happening::Answer(epoch, command) if epoch == self.epoch => self.ask(command, None),
            // A server that was killed meanwhile.
            Happening::Greet(..)
            | Happening::Commit(..)
            | Happening::Tell(..)
            | Happening::Answer(..) => {}
            Happening::Look => self.look(),
            Happening::Trouble => self.trouble(),
        }
    }

    pub(super) fn feed(&mut self, client: usize, input: &Input<'_>) {
        let (outputs, deadline) =
            self.clients[client].feed(input, self.now, &mut self.chance, &self.truth);
        for output in outputs {
            match output {
                Output::Open => self.connect(client),
                Output::Send(frame) => {
                    if let Some(connection) = self.heard(client) {
                        let at = self.arrives(connection, true);
                        self.at(at, Happening::ToServer(connection, frame));
                    }
                }
                Output::Close => {
                    if let Some(connection) = self.heard(client) {
                        self.connections[connection].heard = false;
                        let at = self.arrives(connection, true);
                        self.at(at, Happening::Gone(connection));
                    }
                }
            }
        }
        if let Some(deadline) = deadline {
            let deadline = deadline.max(self.now + 1);
            if self.ticks[client] != deadline {
                self.ticks[client] = deadline;
                self.at(deadline, Happening::Tick(client));
            }
        }
    }

    /// A connection is cut, or the server killed.
    fn trouble(&mut self) {
        if self.now >= DAY {
            return;
        }
        if self.chance.percent(12) {
            self.kill();
        } else {
            let open: Vec<usize> = (0..self.connections.len())
                .filter(|one| self.connections[*one].heard && !self.connections[*one].cut)
                .collect();
            if let Some(connection) = self.chance.one_of(&open) {
                self.cut(connection);
            }
        }
        self.later(900, Happening::Trouble);
    }
}
