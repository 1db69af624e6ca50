//! One client's link to the hub: when to connect, what to send again, when a connection is dead.

use alloc::vec::Vec;

use protocol::{Key, close};

use crate::outbox::Outbox;
use crate::pace::{self, Flow, Haste};
use crate::{Codec, CommandOf, EventOf, Meaning, Side};

/// The rules of a connection. Inputs take the time in milliseconds and, where chance decides, a random
/// number in 0..1; after each of them, carry out every [`Link::poll`] and set a timer to [`Link::deadline`].
pub struct Link<C: Codec> {
    phase: Phase,
    outbox: Outbox,
    /// Few at a time.
    effects: Vec<Effect<C>>,
    status: Status,
    /// Tries that failed since the last steady connection.
    tries: u32,
    /// The last time told, to notice that the clock jumped.
    now: u64,
}

/// What has to be done, in this order.
pub enum Effect<C: Codec> {
    /// Open a socket, then call [`Link::opened`].
    Open,
    /// Put a frame on the open socket.
    Send(Vec<u8>),
    /// Close the socket, if any, and listen to it no more.
    Close,
    /// Tell the user of the link.
    Tell(Told<EventOf<C>>),
}

/// What the user of a link is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told<E> {
    /// The hub said something.
    Event(E),
    /// The connection came, went, or is over.
    Status(Status),
}

/// How the connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The first tries.
    Connecting,
    /// Welcomed: what is said goes out at once.
    Live,
    /// Broken since then, and being mended.
    Lost { since: u64 },
    /// Over; only [`Link::restart`] begins again.
    Stopped(Stop),
}

/// Why a link does not come back by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The hub speaks a newer version: load the page anew.
    Reload,
    /// The sign-in or the token is no longer good.
    Revoked,
    /// The hub took what this client said for an offence.
    Refused,
    /// The user of the link ended it.
    Ended,
}

/// What became of a command that was given to a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It went out; if it has a key, it is kept until it is answered.
    Sent,
    /// It goes out as soon as there is a connection.
    Kept,
    /// There is no connection, and nothing without a key is kept; or the outbox is full.
    Dropped,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing to do: not begun, or stopped.
    Idle,
    /// The next try is at `until`.
    Waiting { until: u64 },
    /// A socket is being opened.
    Opening { until: u64 },
    /// The start is on its way, the welcome not here yet.
    Starting { until: u64 },
    Live {
        since: u64,
        next_ping: u64,
        /// Set while a heartbeat is unanswered.
        dead_at: Option<u64>,
        flow: Flow,
    },
}

impl<C: Codec> Default for Link<C> {
    fn default() -> Self {
        Self {
            phase: Phase::Idle,
            outbox: Outbox::default(),
            effects: Vec::new(),
            status: Status::Connecting,
            tries: 0,
            now: 0,
        }
    }
}

impl<C: Codec> Link<C> {
    /// Begins, or begins again with a new start. The first time a socket is opened at once; later ones
    /// count as tries, lest a hub that refuses every start is asked without a pause.
    pub fn restart(&mut self, now: u64, random: f64) {
        self.now = now;
        if self.phase == Phase::Idle && self.status == Status::Connecting {
            self.open(now);
            return;
        }
        self.effects.push(Effect::Close);
        if self.status != Status::Connecting {
            self.tell(Status::Connecting);
        }
        let wait = match self.tries {
            0 => 0,
            tries => pace::wait(Haste::BackOff, tries, random),
        };
        self.tries = self.tries.saturating_add(1);
        self.phase = Phase::Waiting { until: now + wait };
    }

    /// Ends it: the socket is closed, nothing is tried again.
    pub fn stop(&mut self) {
        self.over(Stop::Ended);
    }

    /// The socket is open. `start` is sent before anything else.
    pub fn opened(&mut self, now: u64, start: &CommandOf<C>) {
        self.now = now;
        if let Phase::Opening { until } = self.phase {
            self.phase = Phase::Starting { until };
            self.effects.push(Effect::Send(C::encode(start)));
        }
    }

    /// A frame came in.
    pub fn received(&mut self, now: u64, frame: &[u8]) {
        self.now = now;
        if let Phase::Live { dead_at, .. } = &mut self.phase {
            *dead_at = None;
        }
        let Some(event) = C::decode(frame) else {
            return;
        };
        match C::Side::meaning(&event) {
            Meaning::Welcome => self.welcomed(now),
            Meaning::Settled(key) => self.settle(key),
            Meaning::Later(key, millis) => self.hold(now, key, millis),
            Meaning::Other => {}
        }
        self.effects.push(Effect::Tell(Told::Event(event)));
    }

    /// The socket was closed, by whomever, or could not be opened.
    pub fn closed(&mut self, now: u64, code: u16, random: f64) {
        self.now = now;
        if self.phase == Phase::Idle {
            return;
        }
        match code {
            close::RELOAD => self.over(Stop::Reload),
            close::REVOKED => self.over(Stop::Revoked),
            // A frame that was too big would be too big again.
            close::POLICY | close::TOO_BIG => self.over(Stop::Refused),
            close::RESUME => self.lost(now, Haste::AtOnce, random),
            _ => self.lost(now, Haste::BackOff, random),
        }
    }

    /// Something that speaks for a working network happened: the page is seen again, came back from
    /// the browser's cache, or the network is back. Waits end, and a connection has to prove itself.
    pub fn wake(&mut self, now: u64) {
        self.now = now;
        match &mut self.phase {
            Phase::Idle => {}
            Phase::Waiting { .. } => self.open(now),
            Phase::Opening { until } | Phase::Starting { until } => *until = now + pace::CONNECT,
            Phase::Live { .. } => self.ping(now, pace::DOUBT),
        }
    }

    /// The browser says that the network is gone. It may be wrong (a hub on the same machine), so the
    /// connection is given up and the tries go on.
    pub fn offline(&mut self, now: u64, random: f64) {
        self.now = now;
        if !matches!(self.phase, Phase::Idle | Phase::Waiting { .. }) {
            self.give_up(now, random);
        }
    }

    /// The timer fired.
    pub fn tick(&mut self, now: u64, random: f64) {
        // Backwards: the clock was set, and no deadline means anything now.
        let jumped = now < self.now || now - self.now > pace::JUMP;
        self.now = now;
        match self.phase {
            Phase::Idle => {}
            Phase::Waiting { until } if jumped || now >= until => self.open(now),
            Phase::Opening { until } | Phase::Starting { until } if now >= until => {
                self.give_up(now, random);
            }
            Phase::Live {
                dead_at: Some(at), ..
            } if now >= at => self.give_up(now, random),
            _ if jumped => self.wake(now),
            Phase::Live {
                next_ping, flow, ..
            } => {
                if now >= next_ping {
                    self.ping(now, pace::DEAD);
                }
                if matches!(flow, Flow::Held { until } if now >= until) {
                    self.step();
                }
            }
            Phase::Waiting { .. } | Phase::Opening { .. } | Phase::Starting { .. } => {}
        }
    }

    /// Says something. With a key it is kept until it is settled.
    pub fn send(&mut self, command: &CommandOf<C>) -> Fate {
        let frame = C::encode(command);
        let key = C::Side::key(command);
        if let Some(key) = key
            && !self.outbox.keep(key, &frame)
        {
            return Fate::Dropped;
        }
        match (self.phase, key) {
            (Phase::Live { flow, .. }, key) if flow == Flow::Free || key.is_none() => {
                self.effects.push(Effect::Send(frame));
                Fate::Sent
            }
            // Held back as well while the hub wants us to slow down: it would overtake those that are
            // to be sent again.
            (_, Some(_)) => Fate::Kept,
            (_, None) => Fate::Dropped,
        }
    }

    /// Takes a command back, as far as it has not gone out yet.
    pub fn forget(&mut self, key: Key) {
        self.settle(key);
    }

    /// How the connection stands.
    pub fn status(&self) -> Status {
        self.status
    }

    /// When [`Link::tick`] wants to be called; never when there is nothing to wait for.
    pub fn deadline(&self) -> Option<u64> {
        let next = match self.phase {
            Phase::Idle => return None,
            Phase::Waiting { until } | Phase::Opening { until } | Phase::Starting { until } => {
                until
            }
            Phase::Live {
                next_ping,
                dead_at,
                flow,
                ..
            } => {
                let next = dead_at.unwrap_or(next_ping);
                match flow {
                    Flow::Held { until } => until.min(next),
                    Flow::Free | Flow::Step { .. } => next,
                }
            }
        };
        Some(next.min(self.now + pace::LOOK))
    }

    /// The next thing to do; none when all is done.
    pub fn poll(&mut self) -> Option<Effect<C>> {
        (!self.effects.is_empty()).then(|| self.effects.remove(0))
    }

    fn open(&mut self, now: u64) {
        self.phase = Phase::Opening {
            until: now + pace::CONNECT,
        };
        self.effects.push(Effect::Open);
    }

    fn welcomed(&mut self, now: u64) {
        self.phase = Phase::Live {
            since: now,
            next_ping: now + pace::PING,
            dead_at: None,
            flow: Flow::Free,
        };
        // Before anybody is told: what they say in answer must not overtake what was said before.
        for frame in self.outbox.frames() {
            self.effects.push(Effect::Send(frame.to_vec()));
        }
        self.tell(Status::Live);
    }

    /// A command is answered or given up; what waited for it goes on.
    fn settle(&mut self, key: Key) {
        self.outbox.settle(key);
        if let Phase::Live {
            flow: Flow::Step { waits_for },
            ..
        } = self.phase
            && waits_for == key
        {
            self.step();
        }
    }

    /// Sends the oldest again; with nothing left, all is as before the hub wanted us to slow down.
    fn step(&mut self) {
        let oldest = self.outbox.oldest();
        if let Phase::Live { flow, .. } = &mut self.phase {
            *flow = match oldest {
                None => Flow::Free,
                Some((waits_for, frame)) => {
                    self.effects.push(Effect::Send(frame.to_vec()));
                    Flow::Step { waits_for }
                }
            };
        }
    }

    fn hold(&mut self, now: u64, key: Key, millis: u32) {
        let kept = self.outbox.holds(key);
        if let Phase::Live { flow, .. } = &mut self.phase
            && kept
        {
            let at = now + u64::from(millis);
            *flow = match *flow {
                Flow::Held { until } => Flow::Held {
                    until: until.max(at),
                },
                Flow::Free | Flow::Step { .. } => Flow::Held { until: at },
            };
        }
    }

    fn ping(&mut self, now: u64, patience: u64) {
        if let Phase::Live {
            next_ping, dead_at, ..
        } = &mut self.phase
        {
            *next_ping = now + pace::PING;
            // An older doubt stays, or a page that is looked at often would never find out.
            *dead_at = Some(dead_at.map_or(now + patience, |at| at.min(now + patience)));
            let ping = C::encode(&C::Side::ping());
            self.effects.push(Effect::Send(ping));
        }
    }

    /// Our side lets go of the socket.
    fn give_up(&mut self, now: u64, random: f64) {
        self.effects.push(Effect::Close);
        self.lost(now, Haste::BackOff, random);
    }

    fn lost(&mut self, now: u64, haste: Haste, random: f64) {
        if let Phase::Live { since, .. } = self.phase
            && now.saturating_sub(since) >= pace::STEADY
        {
            self.tries = 0;
        }
        let until = now + pace::wait(haste, self.tries, random);
        self.tries = self.tries.saturating_add(1);
        self.phase = Phase::Waiting { until };
        if !matches!(self.status, Status::Lost { .. }) {
            self.tell(Status::Lost { since: now });
        }
    }

    fn over(&mut self, stop: Stop) {
        self.phase = Phase::Idle;
        self.effects.push(Effect::Close);
        self.tell(Status::Stopped(stop));
    }

    fn tell(&mut self, status: Status) {
        self.status = status;
        self.effects.push(Effect::Tell(Told::Status(status)));
    }
}
