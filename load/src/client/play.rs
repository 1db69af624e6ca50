//! Plays one client: its rules of connection, its socket, and what it does by itself.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures::future::BoxFuture;
use futures::{FutureExt as _, SinkExt as _, StreamExt as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use socket::{Effect, Link, Side, Status, Told};
use tokio::sync::watch;
use tokio_tungstenite::tungstenite::Message;

use super::wire::{self, Door, Json, Wire};
use crate::chance::Chance;
use crate::server::Address;

/// The code of a connection that ended without one (RFC 6455 section 7.1.5).
pub(crate) const NO_CODE: u16 = 1006;
/// A write that takes longer than this is given up.
const WRITE: Duration = Duration::from_secs(10);
/// For the answer to a close frame.
const GOODBYE: Duration = Duration::from_secs(1);

/// What all clients of a gate are to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Orders {
    /// How often each may say something by itself, from the beginning on.
    pub(crate) turns: u64,
    /// Raised to tell them that the network is back.
    pub(crate) wakes: u64,
    /// Raised to cut every connection at once.
    pub(crate) cuts: u64,
    /// Raised to make them come back without chance.
    pub(crate) in_step: bool,
    pub(crate) end: bool,
}

/// What can be seen of a client while it plays.
#[derive(Debug, Default)]
pub(crate) struct Pulse {
    pub(crate) live: AtomicBool,
    /// Commands that are not answered yet.
    pub(crate) unanswered: AtomicUsize,
    /// The last number held in all of its conversations, added up.
    pub(crate) held: AtomicU64,
    /// Entries that it was told although it held them.
    pub(crate) retold: AtomicU64,
    /// Connections it tried to open, and those that were welcomed.
    pub(crate) tries: AtomicU64,
    pub(crate) welcomes: AtomicU64,
    /// How connections that were open ended, by code.
    codes: Mutex<BTreeMap<u16, u64>>,
    /// When it tried to connect, and when it was welcomed.
    moments: Mutex<Vec<(Moment, Instant)>>,
    /// How long it meant to wait after it was cut the last time, in milliseconds.
    pub(crate) waits: AtomicU64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    Tries,
    Welcomed,
}

impl Pulse {
    pub(crate) fn is_live(&self) -> bool {
        self.live.load(Ordering::SeqCst)
    }

    pub(crate) fn codes(&self) -> BTreeMap<u16, u64> {
        let codes = self.codes.lock();
        codes.unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn moments(&self) -> Vec<(Moment, Instant)> {
        let moments = self.moments.lock();
        moments.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn ended(&self, code: u16) {
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        *codes.entry(code).or_default() += 1;
    }

    fn note(&self, moment: Moment) {
        let mut moments = self.moments.lock().unwrap_or_else(PoisonError::into_inner);
        moments.push((moment, Instant::now()));
    }
}

type CommandOf<P> = <<P as Player>::Side as Side>::Command;
type EventOf<P> = <<P as Player>::Side as Side>::Event;

/// Somebody at the other end of a link.
pub(crate) trait Player: Send + 'static {
    type Side: Side<Command: Serialize + Send, Event: DeserializeOwned + Send>;

    fn door(&self) -> Door;
    /// The first frame of each connection.
    fn start(&self) -> CommandOf<Self>;
    /// The hub said something; what is said in reply.
    fn told(&mut self, event: EventOf<Self>) -> Vec<CommandOf<Self>>;
    /// It is its turn to say something by itself.
    fn turn(&mut self) -> Vec<CommandOf<Self>>;
    /// What has to be said again although the link let go of it, whether it has a turn or not.
    fn again(&mut self) -> Vec<CommandOf<Self>>;
    /// Whether its connection breaks now.
    fn breaks(&mut self) -> bool {
        false
    }
    /// The time until its next turn.
    fn pause(&mut self) -> Duration;
    fn standing(&self) -> Standing;
}

/// How a client stands.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Standing {
    /// Commands not answered yet.
    pub(crate) unanswered: usize,
    /// The last numbers held, added up.
    pub(crate) held: u64,
    /// Entries that it was told although it held them.
    pub(crate) retold: u64,
}

/// Plays until it is told to end, and returns with all that was noted.
pub(crate) async fn play<P: Player>(
    mut player: P,
    address: Address,
    mut orders: watch::Receiver<Orders>,
    pulse: &Pulse,
    mut chance: Chance,
) -> P {
    let began = Instant::now();
    let now = move || 1_000_000 + u64::try_from(began.elapsed().as_millis()).unwrap_or(0);
    let mut link = Link::<Json<P::Side>>::default();
    let mut line = Line::None;
    let mut current = *orders.borrow();
    let mut turns = 0;
    let mut breaking = false;
    let mut next_turn = tokio::time::Instant::now() + player.pause();
    link.restart(now(), chance.part());
    loop {
        while let Some(effect) = link.poll() {
            match effect {
                Effect::Open => {
                    pulse.tries.fetch_add(1, Ordering::SeqCst);
                    pulse.note(Moment::Tries);
                    line = Line::Opening(wire::open(address, player.door()).boxed());
                }
                Effect::Send(frame) => line.send(frame).await,
                Effect::Close => line = Line::None,
                Effect::Tell(Told::Event(event)) => {
                    for command in player.told(event) {
                        link.send(&command);
                    }
                }
                Effect::Tell(Told::Status(status)) => {
                    let live = status == Status::Live;
                    pulse.live.store(live, Ordering::SeqCst);
                    if live {
                        pulse.welcomes.fetch_add(1, Ordering::SeqCst);
                        pulse.note(Moment::Welcomed);
                    }
                    if matches!(status, Status::Stopped(_)) {
                        return player;
                    }
                }
            }
        }
        line.flush().await;
        if std::mem::take(&mut breaking) && matches!(line, Line::Open(_)) {
            line = Line::None;
            link.closed(now(), NO_CODE, 0.0);
            // Somebody who is in a hurry loads the page anew.
            link.wake(now());
            continue;
        }
        let standing = player.standing();
        pulse
            .unanswered
            .store(standing.unanswered, Ordering::SeqCst);
        pulse.held.store(standing.held, Ordering::SeqCst);
        pulse.retold.store(standing.retold, Ordering::SeqCst);

        let deadline = link.deadline().map_or(1_000, |at| at.saturating_sub(now()));
        tokio::select! {
            biased;
            changed = orders.changed() => {
                let new = *orders.borrow_and_update();
                if changed.is_err() || new.end {
                    return player;
                }
                if new.cuts != current.cuts && !matches!(line, Line::None) {
                    line = Line::None;
                    link.closed(now(), NO_CODE, random(new, &mut chance));
                    let waits = link.deadline().map_or(0, |at| at.saturating_sub(now()));
                    pulse.waits.store(waits, Ordering::SeqCst);
                }
                if new.wakes != current.wakes {
                    link.wake(now());
                }
                current = new;
            }
            heard = line.next() => match heard {
                Heard::Open => link.opened(now(), &player.start()),
                Heard::Frame(frame) => link.received(now(), &frame),
                Heard::Nothing => {}
                Heard::Failed => link.closed(now(), NO_CODE, random(current, &mut chance)),
                Heard::End(code) => {
                    pulse.ended(code);
                    link.closed(now(), code, random(current, &mut chance));
                }
            },
            () = tokio::time::sleep_until(next_turn) => {
                next_turn = tokio::time::Instant::now() + player.pause();
                if pulse.is_live() {
                    let mut commands = player.again();
                    let has_turn = turns < current.turns;
                    if has_turn {
                        turns += 1;
                        commands.extend(player.turn());
                    }
                    for command in commands {
                        link.send(&command);
                    }
                    if has_turn && player.breaks() {
                        // What was just said may or may not be on its way.
                        breaking = true;
                    }
                }
            }
            () = tokio::time::sleep(Duration::from_millis(deadline)) => {
                link.tick(now(), random(current, &mut chance));
            }
        }
    }
}

/// What the wait before the next try is drawn from.
fn random(orders: Orders, chance: &mut Chance) -> f64 {
    if orders.in_step { 0.5 } else { chance.part() }
}

/// The way to the server.
enum Line {
    None,
    Opening(BoxFuture<'static, anyhow::Result<Wire>>),
    Open(Box<Wire>),
    /// It could not be written to.
    Broken,
}

enum Heard {
    Open,
    Frame(Vec<u8>),
    Nothing,
    /// It was never open.
    Failed,
    End(u16),
}

impl Line {
    async fn send(&mut self, frame: Vec<u8>) {
        let Self::Open(wire) = self else { return };
        let Ok(text) = String::from_utf8(frame) else {
            return;
        };
        let sent = tokio::time::timeout(WRITE, wire.feed(Message::text(text))).await;
        if !matches!(sent, Ok(Ok(()))) {
            *self = Self::Broken;
        }
    }

    async fn flush(&mut self) {
        let Self::Open(wire) = self else { return };
        let flushed = tokio::time::timeout(WRITE, wire.flush()).await;
        // What the other side said before it went is still to be read.
        if flushed.is_err() {
            *self = Self::Broken;
        }
    }

    /// What happens next on this line. Cancelling it loses nothing.
    async fn next(&mut self) -> Heard {
        match self {
            Self::None => std::future::pending().await,
            Self::Broken => {
                *self = Self::None;
                Heard::End(NO_CODE)
            }
            Self::Opening(opening) => {
                let opened = opening.await;
                match opened {
                    Ok(wire) => {
                        *self = Self::Open(Box::new(wire));
                        Heard::Open
                    }
                    Err(_) => {
                        *self = Self::None;
                        Heard::Failed
                    }
                }
            }
            Self::Open(wire) => match wire.next().await {
                Some(Ok(Message::Text(text))) => Heard::Frame(text.as_bytes().to_vec()),
                Some(Ok(Message::Close(frame))) => {
                    // The answer to a close frame is sent by the next read.
                    if let Self::Open(mut wire) = std::mem::replace(self, Self::None) {
                        tokio::spawn(async move {
                            let _ = tokio::time::timeout(GOODBYE, wire.next()).await;
                        });
                    }
                    Heard::End(frame.map_or(NO_CODE, |frame| frame.code.into()))
                }
                Some(Ok(_)) => Heard::Nothing,
                Some(Err(_)) | None => {
                    *self = Self::None;
                    Heard::End(NO_CODE)
                }
            },
        }
    }
}
