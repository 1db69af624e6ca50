//! What the world sees of the two ends of a connection.

use std::sync::Arc;

use domain::{Command, Fresh};
use protocol::{HandoffId, Key, LeadId, RunId, Timestamp};

use super::chance::Chance;
use super::defect::{Defect, Played};
use super::truth::{Decided, Truth};
use crate::hub::Hub;
use crate::hub::frame::Frame;
use crate::hub::queue::Queue;
use crate::wire::face::Faces;

/// What is done to a client's link.
pub(super) enum Input<'a> {
    Begin,
    Opened,
    Frame(&'a [u8]),
    Closed(u16),
    Tick,
    Wake,
    Act,
}

/// What a client's link wants done.
pub(super) enum Output {
    Open,
    Send(Vec<u8>),
    Close,
}

/// A client: a link and what is on its screen.
pub(super) trait Client {
    /// What comes of it, and when the link wants to be called again.
    fn feed(
        &mut self,
        input: &Input<'_>,
        now: u64,
        chance: &mut Chance,
        truth: &Truth,
    ) -> (Vec<Output>, Option<u64>);

    /// At the end of the day everything has to be here.
    fn judge(&self, truth: &Truth, played: &mut Played);
}

/// The server's end of a connection.
pub(super) trait Side {
    /// A command came in.
    fn received(&mut self, frame: &[u8], server: &mut Server<'_>) -> Vec<Reacts>;

    /// What was asked for at the start has been read.
    fn greet(&mut self, server: &mut Server<'_>) -> Vec<Frame>;

    /// More of what the client missed; none when that was all.
    fn missed(&mut self, truth: &Truth, faces: &Faces) -> Vec<Frame>;

    /// The answer to a command.
    fn answer(&self, key: Key, decided: &Decided, now: Timestamp) -> Frame;

    fn queue(&self) -> Option<&Arc<Queue>>;
}

/// What a command leads to.
pub(super) enum Reacts {
    Says(Frame),
    Asks(Option<Key>, Command),
    /// `Side::greet` when the database has answered.
    Greets,
}

/// What a connection's end may use.
pub(super) struct Server<'a> {
    pub(super) hub: &'a Hub,
    pub(super) faces: &'a Faces,
    pub(super) truth: &'a Truth,
    pub(super) now: Timestamp,
    pub(super) defect: Option<Defect>,
    pub(super) made: &'a mut u64,
}

impl Server<'_> {
    fn number(&mut self) -> [u8; 10] {
        *self.made += 1;
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.made.to_be_bytes());
        bytes
    }

    pub(super) fn run(&mut self) -> RunId {
        RunId::new(self.now, &self.number())
    }

    pub(super) fn fresh(&mut self) -> Fresh {
        Fresh {
            handoff: HandoffId::new(self.now, &self.number()),
            lead: LeadId::new(self.now, &self.number()),
        }
    }
}
