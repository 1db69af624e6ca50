//! How a connection ends: with a code of ours, with the answer to the client's, or without a word.

use std::time::Duration;

use axum::Error;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use protocol::close;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite;

/// The other side gets this long for its part of the goodbye.
const PATIENCE: Duration = Duration::from_secs(1);

/// So long a connection stays open of which nothing more can be read. Closed with something unread,
/// it is reset, and a reset takes from the other side what it has not looked at yet: the code. Both
/// travel the same way, so this is the time to look, however long the way is.
const LINGER: Duration = Duration::from_millis(250);

/// Why a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// We close it, with this code.
    Ours(u16),
    /// The client broke a rule that this code names, and what follows cannot be read.
    Broken(u16),
    /// The client closed it and waits for the same from us (RFC 6455 section 5.5.1).
    Theirs,
    /// There is nobody to say anything to.
    Gone,
}

impl End {
    /// The end of a connection that could not be read: what breaks the rules is told which
    /// (RFC 6455 sections 7.1.7 and 7.4.1).
    pub(super) fn of_failed_read(error: &Error) -> Self {
        use tungstenite::Error::{Capacity, Protocol, Utf8};
        use tungstenite::error::ProtocolError::ResetWithoutClosingHandshake;
        let source = std::error::Error::source(error);
        match source.and_then(|source| source.downcast_ref::<tungstenite::Error>()) {
            Some(Protocol(rule)) if *rule != ResetWithoutClosingHandshake => {
                Self::Broken(close::BROKEN)
            }
            Some(Utf8(_)) => Self::Broken(close::NOT_UTF8),
            Some(Capacity(_)) => Self::Broken(close::TOO_BIG),
            _ => Self::Gone,
        }
    }
}

/// Ends a connection as it has to end.
pub(super) async fn say(socket: &mut WebSocket, end: End) {
    match end {
        End::Ours(code) => close(socket, code).await,
        End::Broken(code) => {
            if tell(socket, code).await {
                sleep(LINGER).await;
            }
        }
        End::Theirs => listen(socket).await,
        End::Gone => {}
    }
}

/// Ends a connection with a code.
pub(super) async fn close(socket: &mut WebSocket, code: u16) {
    if tell(socket, code).await {
        // The other side's close frame, so that the code arrives before the connection goes.
        listen(socket).await;
    }
}

/// Whether a close frame with this code could be written.
async fn tell(socket: &mut WebSocket, code: u16) -> bool {
    let frame = CloseFrame {
        code,
        reason: "".into(),
    };
    let sending = socket.send(Message::Close(Some(frame)));
    matches!(timeout(PATIENCE, sending).await, Ok(Ok(())))
}

/// Reads to the end, for a moment. That also writes our part, which waits for the next reading.
async fn listen(socket: &mut WebSocket) {
    let listening = async { while let Some(Ok(_)) = socket.recv().await {} };
    // Whoever goes on talking is left alone in the end.
    let _ = timeout(PATIENCE, listening).await;
}
