//! One open WebSocket: reads commands, writes what the hub and the answers bring, notices the dead.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use futures::{SinkExt as _, StreamExt as _};
use protocol::{Refusal, Timestamp, close};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep_until, timeout};

use super::goodbye::{self, End};
use super::pulse::{Due, Pulse};
use super::upgrade::MAX_FRAME;
use crate::clock::Clock;
use crate::hub::frame::{self, Encoding, Frame};
use crate::hub::queue::{Next, Queue};

/// The first frame has to come within this time.
const FIRST_FRAME: Duration = Duration::from_secs(5);
/// A write that takes longer goes to somebody who does not read.
const WRITE: Duration = Duration::from_secs(10);
/// Answers under way get this long when the connection is closed.
const FINISH: Duration = Duration::from_secs(2);
/// Commands of one connection that may wait for their answer. Above it nothing more is read.
const IN_FLIGHT: usize = 64;
/// Frames that make no sense before the connection is closed.
const MALFORMED: u32 = 10;

/// An answer that is under way.
pub(super) type Answer<E> = BoxFuture<'static, E>;

/// What a command leads to.
pub(super) enum Reaction<E> {
    /// Nothing to say.
    Nothing,
    /// Said at once, in this order.
    Say(Vec<E>),
    /// Said when it is there.
    Later(Answer<E>),
}

/// One side of the wire: what a connection does with commands.
pub(super) trait Peer: Send {
    type Command: DeserializeOwned + Send;
    type Event: Serialize + Send + 'static;

    /// Does what a command asks.
    fn react(
        &mut self,
        command: Self::Command,
    ) -> impl Future<Output = Reaction<Self::Event>> + Send;

    /// Whether this client missed something that it was not told yet.
    fn is_behind(&self) -> bool;

    /// More of what this client missed, in order, before anything newer; none when that was all.
    /// A page at a time, so that a long absence needs no more memory than a short one.
    fn missed(&mut self) -> impl Future<Output = Option<Vec<Self::Event>>> + Send;

    /// The refusal of a frame or command, as an event.
    fn refused(refusal: Refusal, now: Timestamp) -> Self::Event;
}

/// Reads the first command, which has to come soon. To a connection that ended instead, or on which none
/// came in time, goodbye is said, and nothing more can be.
pub(super) async fn first<C: DeserializeOwned>(
    socket: &mut WebSocket,
    encoding: Encoding,
) -> Option<C> {
    let reading = async {
        loop {
            match socket.recv().await {
                None => break Err(End::Gone),
                Some(Ok(Message::Close(_))) => break Err(End::Theirs),
                // Whoever asks whether somebody is there has not begun yet.
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(message)) => break Ok(message),
                Some(Err(error)) => break Err(End::of_failed_read(&error)),
            }
        }
    };
    // Whoever is late is slow, or the machine is, which breaks no rule: they come back.
    let late = Err(End::Ours(close::RESTART));
    match timeout(FIRST_FRAME, reading).await.unwrap_or(late) {
        Ok(message) => frame::decode(&message, encoding),
        Err(end) => {
            goodbye::say(socket, end).await;
            None
        }
    }
}

/// Says an event outside of the queue.
pub(super) async fn say<E: Serialize>(
    socket: &mut WebSocket,
    event: &E,
    encoding: Encoding,
) -> Result<(), axum::Error> {
    send(socket, [Frame::new(event, encoding)]).await
}

/// Serves a connection until it ends, or whoever is connected may be no more. Boxes, because whatever is moved into a task lies in it twice.
pub(super) async fn serve<P: Peer>(
    mut socket: Box<WebSocket>,
    queue: Arc<Queue>,
    mut peer: Box<P>,
    clock: Clock,
    ends: Option<Instant>,
) {
    let encoding = queue.encoding;
    let mut answers = FuturesUnordered::<Answer<P::Event>>::new();
    let mut pulse = Pulse::new(Instant::now(), ends);
    let mut timer = std::pin::pin!(sleep_until(pulse.next()));
    let mut malformed = 0;
    let end = loop {
        // Boxed as everything here is that seldom waits: an open connection mostly does nothing, and
        // its task is as large as the largest thing that it may ever do.
        if peer.is_behind()
            && !queue.is_closed()
            && let Some(events) = Box::pin(peer.missed()).await
        {
            let frames = encoded(&events, encoding);
            if send(&mut socket, frames).await.is_err() {
                break End::Gone;
            }
            if pulse.heard() {
                timer.as_mut().reset(pulse.next());
            }
            continue;
        }
        let event = tokio::select! {
            biased;
            next = queue.next() => match next {
                Next::Close(code) => break End::Ours(code),
                Next::Send(frames) => {
                    if send(&mut socket, frames).await.is_err() { break End::Gone }
                    continue;
                }
            },
            // Asked only when there are some: even none costs a look at each wake.
            Some(event) = answers.next(), if !answers.is_empty() => vec![event],
            message = socket.recv(), if answers.len() < IN_FLIGHT => {
                if pulse.heard() {
                    timer.as_mut().reset(pulse.next());
                }
                match message {
                    None => break End::Gone,
                    Some(Ok(Message::Close(_))) => break End::Theirs,
                    Some(Err(error)) => break End::of_failed_read(&error),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                    Some(Ok(message)) => match frame::decode::<P::Command>(&message, encoding) {
                        None => {
                            malformed += 1;
                            if malformed > MALFORMED { break End::Ours(close::POLICY) }
                            vec![P::refused(Refusal::Malformed, clock.now())]
                        }
                        Some(command) => match Box::pin(peer.react(command)).await {
                            Reaction::Nothing => continue,
                            Reaction::Say(events) => events,
                            Reaction::Later(answer) => {
                                answers.push(answer);
                                continue;
                            }
                        },
                    },
                }
            },
            () = &mut timer => {
                match pulse.due(Instant::now()) {
                    Due::Nothing => {}
                    Due::Gone => break End::Gone,
                    Due::Over => break End::Ours(close::REVOKED),
                    Due::Ping => {
                        let ping = socket.send(Message::Ping(Vec::new().into()));
                        let sent = timeout(WRITE, ping).await;
                        if !matches!(sent, Ok(Ok(()))) { break End::Gone }
                    }
                }
                timer.as_mut().reset(pulse.next());
                continue;
            }
        };
        let frames = encoded(&event, encoding);
        if send(&mut socket, frames).await.is_err() {
            break End::Gone;
        }
    };
    drop(peer);
    if matches!(end, End::Ours(_) | End::Broken(_)) {
        Box::pin(finish(&mut socket, &mut answers, encoding)).await;
    }
    Box::pin(goodbye::say(&mut socket, end)).await;
}

/// Commands that were taken are answered before the connection is closed.
async fn finish<E: Serialize>(
    socket: &mut WebSocket,
    answers: &mut FuturesUnordered<Answer<E>>,
    encoding: Encoding,
) {
    let finishing = async {
        while let Some(event) = answers.next().await {
            send(socket, [Frame::new(&event, encoding)]).await?;
        }
        Ok::<_, axum::Error>(())
    };
    let _ = timeout(FINISH, finishing).await;
}

fn encoded<E: Serialize>(events: &[E], encoding: Encoding) -> Vec<Frame> {
    let frames = events.iter().map(|event| Frame::new(event, encoding));
    frames.collect()
}

/// Feeds many frames and flushes once. A frame that is too big to be sent would be too big again:
/// the connection ends with the code that says so.
async fn send(
    socket: &mut WebSocket,
    frames: impl IntoIterator<Item = Frame>,
) -> Result<(), axum::Error> {
    let mut too_big = None;
    // One clock for all of them: setting one for each frame costs as much as the frame.
    written(async {
        for frame in frames {
            let bytes = frame.len();
            if bytes > MAX_FRAME {
                too_big = Some(bytes);
                return Ok(());
            }
            socket.feed(frame.into()).await?;
        }
        socket.flush().await
    })
    .await?;
    let Some(bytes) = too_big else {
        return Ok(());
    };
    tracing::error!(bytes, limit = MAX_FRAME, "a frame is too big to be sent");
    goodbye::close(socket, close::TOO_BIG).await;
    let too_large = std::io::Error::from(std::io::ErrorKind::FileTooLarge);
    Err(axum::Error::new(too_large))
}

/// Waits for a write, but not for ever.
async fn written(
    writing: impl Future<Output = Result<(), axum::Error>>,
) -> Result<(), axum::Error> {
    let written = timeout(WRITE, writing).await.map_err(axum::Error::new);
    written
        .flatten()
        .inspect_err(|error| tracing::debug!(%error, "a connection could not be written to"))
}
