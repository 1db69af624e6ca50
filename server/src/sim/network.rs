//! Connections: frames that take their time, arrive in order or not at all, and ends that learn of it
//! late.

use futures::FutureExt as _;

use super::agent_side::AgentSide;
use super::ends::{Input, Reacts, Server, Side};
use super::visitor_side::VisitorSide;
use super::world::{Connection, Happening, VISITORS, World, clock};
use crate::hub::frame::Frame;
use crate::hub::queue::Next;

impl World {
    /// The connection that a client believes in.
    pub(super) fn heard(&self, client: usize) -> Option<usize> {
        let mine = |one: &Connection| one.client == client && one.heard;
        self.connections.iter().rposition(mine)
    }

    pub(super) fn arrives(&mut self, connection: usize, to_server: bool) -> u64 {
        let latency = 1 + self.chance.below(60);
        let found = &mut self.connections[connection];
        let last = if to_server {
            &mut found.to_server
        } else {
            &mut found.to_client
        };
        *last = (*last).max(self.now + latency);
        *last
    }

    pub(super) fn connect(&mut self, client: usize) {
        self.connections.push(Connection {
            client,
            heard: true,
            side: None,
            cut: false,
            greeted: false,
            to_server: 0,
            to_client: 0,
        });
        let connection = self.connections.len() - 1;
        let at = self.arrives(connection, false);
        if self.now < self.down_until {
            self.at(at, Happening::Closed(connection, 1006));
        } else {
            self.at(at, Happening::Opened(connection));
        }
    }

    pub(super) fn opens(&mut self, connection: usize) {
        let client = self.connections[connection].client;
        if self.now < self.down_until {
            return self.at(self.now, Happening::Closed(connection, 1006));
        }
        let visitor = client < VISITORS;
        let side: Box<dyn Side> = if visitor {
            Box::new(VisitorSide::new(client as u64))
        } else {
            Box::new(AgentSide::new(self.truth.team[client - VISITORS]))
        };
        self.connections[connection].side = Some(side);
        if self.connections[connection].heard {
            self.feed(client, &Input::Opened);
        }
    }

    /// The connection's end and what it may use.
    pub(super) fn side(&mut self, connection: usize) -> Option<(&mut Box<dyn Side>, Server<'_>)> {
        let side = self.connections[connection].side.as_mut()?;
        let server = Server {
            hub: &self.hub,
            faces: &self.faces,
            truth: &self.truth,
            now: clock(self.now),
            defect: self.defect,
            made: &mut self.made,
        };
        Some((side, server))
    }

    pub(super) fn hears(&mut self, connection: usize, frame: &[u8]) {
        if self.connections[connection].cut {
            return;
        }
        let Some((side, mut server)) = self.side(connection) else {
            return;
        };
        for reacts in side.received(frame, &mut server) {
            match reacts {
                Reacts::Says(frame) => self.say(connection, &frame),
                Reacts::Asks(key, command) => self.ask(command, key.map(|key| (connection, key))),
                Reacts::Greets => {
                    let epoch = self.epoch;
                    self.later(40, Happening::Greet(connection, epoch));
                }
            }
        }
        self.presence();
    }

    pub(super) fn greet(&mut self, connection: usize) {
        let Some((side, mut server)) = self.side(connection) else {
            return;
        };
        for frame in side.greet(&mut server) {
            self.say(connection, &frame);
        }
        self.connections[connection].greeted = true;
    }

    pub(super) fn say(&mut self, connection: usize, frame: &Frame) {
        let Frame::Text(text) = frame else {
            panic!("the day is played in JSON")
        };
        let bytes = text.as_bytes().to_vec();
        let at = self.arrives(connection, false);
        self.at(at, Happening::ToClient(connection, bytes));
    }

    /// Everything that waits in a queue is put on its way.
    pub(super) fn flush(&mut self) {
        for connection in 0..self.connections.len() {
            let found = &self.connections[connection];
            if found.greeted && found.side.is_some() {
                while let Some(frames) = self.next_frames(connection) {
                    for frame in frames {
                        self.say(connection, &frame);
                    }
                }
            }
        }
    }

    /// First what the client missed, then what the hub queued; none when there is no more.
    fn next_frames(&mut self, connection: usize) -> Option<Vec<Frame>> {
        let side = self.connections[connection].side.as_mut()?;
        let missed = side.missed(&self.truth, &self.faces);
        if !missed.is_empty() {
            return Some(missed);
        }
        match side.queue()?.next().now_or_never()? {
            Next::Send(frames) => Some(frames),
            Next::Close(code) => {
                self.connections[connection].side = None;
                let at = self.arrives(connection, false);
                self.at(at, Happening::Closed(connection, code));
                None
            }
        }
    }

    /// Nothing more arrives. Each side learns of it at a time of its own, or by its heartbeat.
    pub(super) fn cut(&mut self, connection: usize) {
        self.played.cuts += 1;
        self.connections[connection].cut = true;
        if self.chance.percent(60) {
            self.later(200, Happening::Closed(connection, 1006));
        }
        let within = if self.chance.percent(50) { 100 } else { 28_000 };
        self.later(within, Happening::Gone(connection));
    }

    pub(super) fn gone(&mut self, connection: usize) {
        self.connections[connection].side = None;
        self.presence();
    }
}
