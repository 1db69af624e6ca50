//! A connection's frames on their way out: bounded in bytes, never silently short.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use protocol::{ConversationId, close};
use tokio::sync::Notify;

use super::frame::{Encoding, Frame};
use crate::faults::{self, Fault};

/// Bytes a connection may have waiting. Above it the reader is too slow: it is closed with the code
/// that says "resume", and gets the rest from the database.
pub(crate) const BOUND: usize = 256 * 1024;

/// The same while an agent is greeted: what they follow is read for them one by one, and until that
/// is done it is the server that is slow and not they. Closed for it, they would come back to the
/// same wait.
const GREETING: usize = 4 * BOUND;

/// The most bytes and frames handed out at once, to be written with one flush.
const BATCH_BYTES: usize = 16 * 1024;
const BATCH_FRAMES: usize = 64;

/// A connection with so many frames waiting is behind: of a card that changes again, it is told the newest
/// alone. Before that everybody sees every step.
const BEHIND: usize = 16;
/// So far back an older card is looked for.
const LOOKED_BACK: usize = 64;

/// What waits to be sent to one connection.
#[derive(Debug)]
pub(crate) struct Queue {
    pub(crate) encoding: Encoding,
    state: Mutex<State>,
    filled: Notify,
}

#[derive(Debug)]
enum State {
    Open {
        frames: VecDeque<Waiting>,
        bytes: usize,
        /// How many bytes may wait.
        bound: usize,
    },
    Closed {
        code: u16,
    },
}

/// A frame in the queue.
#[derive(Debug)]
struct Waiting {
    frame: Frame,
    /// Whose card it is, if it is one.
    card: Option<ConversationId>,
}

/// What a connection has to do next.
#[derive(Debug)]
pub(crate) enum Next {
    Send(Vec<Frame>),
    Close(u16),
}

impl Queue {
    pub(crate) fn new(encoding: Encoding) -> Self {
        Self::bounded(encoding, BOUND)
    }

    /// The queue of somebody who is yet to be greeted. Once all that waited meanwhile is handed out,
    /// it is like any other.
    pub(crate) fn greeting(encoding: Encoding) -> Self {
        Self::bounded(encoding, GREETING)
    }

    fn bounded(encoding: Encoding, bound: usize) -> Self {
        let state = State::Open {
            frames: VecDeque::new(),
            bytes: 0,
            bound,
        };
        Self {
            encoding,
            state: Mutex::new(state),
            filled: Notify::new(),
        }
    }

    /// Adds a frame, or closes the queue when it would hold too much.
    pub(crate) fn push(&self, frame: Frame) {
        self.add(Waiting { frame, card: None });
    }

    /// Adds the card of a conversation, or that it is gone. An older one may be left out: this one says all
    /// that it did.
    pub(crate) fn push_card(&self, conversation: ConversationId, frame: Frame) {
        let card = Some(conversation);
        self.add(Waiting { frame, card });
    }

    fn add(&self, waiting: Waiting) {
        let mut state = self.state();
        // Whoever takes frames looks for more before they wait, so the first alone has to wake them.
        let mut wakes = true;
        if let State::Open {
            frames,
            bytes,
            bound,
        } = &mut *state
        {
            wakes = frames.is_empty();
            if let Some(card) = waiting.card
                && let Some(older) = older_card(frames, card)
                && let Some(older) = frames.remove(older)
            {
                *bytes -= older.frame.len();
            }
            *bytes += waiting.frame.len();
            // Defect: who does not read holds ever more memory.
            if *bytes > *bound && !faults::on(Fault::EndlessQueue) {
                *state = State::Closed {
                    code: close::RESUME,
                };
                wakes = true;
            } else {
                frames.push_back(waiting);
            }
        }
        drop(state);
        if wakes {
            self.filled.notify_one();
        }
    }

    /// Closes the connection with a code. What was waiting is dropped; the client resumes.
    pub(crate) fn close(&self, code: u16) {
        let mut state = self.state();
        if let State::Open { .. } = &*state {
            *state = State::Closed { code };
        }
        drop(state);
        self.filled.notify_one();
    }

    /// Whether the connection is to end.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed_with().is_some()
    }

    /// The code with which the connection is to end.
    pub(crate) fn closed_with(&self) -> Option<u16> {
        match &*self.state() {
            State::Open { .. } => None,
            State::Closed { code } => Some(*code),
        }
    }

    /// Waits until there is something to do. Cancelling it loses nothing.
    pub(crate) async fn next(&self) -> Next {
        loop {
            if let Some(next) = self.take() {
                return next;
            }
            self.filled.notified().await;
        }
    }

    fn take(&self) -> Option<Next> {
        match &mut *self.state() {
            State::Closed { code } => Some(Next::Close(*code)),
            State::Open { frames, .. } if frames.is_empty() => None,
            State::Open {
                frames,
                bytes,
                bound,
            } => {
                let mut batch = Vec::new();
                let mut taken = 0;
                while batch.len() < BATCH_FRAMES && taken < BATCH_BYTES {
                    let Some(Waiting { frame, .. }) = frames.pop_front() else {
                        break;
                    };
                    taken += frame.len();
                    batch.push(frame);
                }
                *bytes -= taken;
                if frames.is_empty() {
                    *bound = BOUND;
                }
                Some(Next::Send(batch))
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where an older card of a conversation waits for somebody who is behind.
fn older_card(frames: &VecDeque<Waiting>, card: ConversationId) -> Option<usize> {
    if frames.len() < BEHIND {
        return None;
    }
    let newest = frames.iter().enumerate().rev().take(LOOKED_BACK);
    let mut cards = newest.filter(|(_, waiting)| waiting.card == Some(card));
    cards.next().map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn frame(length: usize) -> Frame {
        Frame::Text("x".repeat(length).into())
    }

    #[tokio::test]
    async fn frames_come_out_in_order_and_in_batches() {
        let queue = Queue::new(Encoding::Json);
        for length in 1..=100 {
            queue.push(frame(length));
        }
        let mut lengths = Vec::new();
        while lengths.len() < 100 {
            let Next::Send(batch) = queue.next().await else {
                panic!("closed")
            };
            assert!(batch.len() <= BATCH_FRAMES);
            lengths.extend(batch.iter().map(Frame::len));
        }
        assert_eq!((1..=100).collect::<Vec<_>>(), lengths);
    }

    #[tokio::test]
    async fn a_reader_that_is_too_slow_is_told_to_resume_and_holds_no_memory() {
        let queue = Queue::new(Encoding::Json);
        for _ in 0..BOUND / 1024 + 1 {
            queue.push(frame(1024));
        }
        assert!(matches!(queue.next().await, Next::Close(close::RESUME)));
        queue.push(frame(1024));
        assert!(matches!(queue.next().await, Next::Close(close::RESUME)));
    }

    #[tokio::test]
    async fn who_is_behind_is_told_the_newest_of_a_card_alone() {
        let queue = Queue::new(Encoding::Json);
        let (one, other) = (ConversationId(Uuid::nil()), ConversationId(Uuid::max()));
        queue.push_card(one, frame(1));
        queue.push_card(one, frame(2));
        for _ in 2..BEHIND {
            queue.push(frame(100));
        }
        queue.push_card(other, frame(3));
        for length in 4..8 {
            queue.push(frame(100));
            queue.push_card(one, frame(length));
        }
        let Next::Send(batch) = queue.next().await else {
            panic!("closed")
        };
        let cards = batch.iter().map(Frame::len).filter(|length| *length < 100);
        assert_eq!(vec![1, 3, 7], cards.collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn who_is_greeted_may_have_more_waiting_until_they_have_read_it() {
        let queue = Queue::greeting(Encoding::Json);
        let pushed = BOUND / 1024 + 1;
        for _ in 0..pushed {
            queue.push(frame(1024));
        }
        let mut read = 0;
        while read < pushed {
            let Next::Send(batch) = queue.next().await else {
                panic!("closed")
            };
            read += batch.len();
        }
        for _ in 0..pushed {
            queue.push(frame(1024));
        }
        assert!(matches!(queue.next().await, Next::Close(close::RESUME)));
    }
}
