//! A socket that says back what it is told, for tests of conformance; only where defects can be
//! switched on, never in a release.

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use protocol::limits;

use super::goodbye::{self, End};
use super::upgrade::{self, Sizes};

/// As for agents, whose frames are the larger ones.
const SIZES: Sizes = Sizes {
    frame: limits::AGENT_FRAME,
    read_buffer: 4 * 1024,
};

/// `GET /ws/echo`, for everybody and without a subprotocol.
pub(crate) async fn connect(socket: WebSocketUpgrade) -> Response {
    upgrade::limited(socket, SIZES).on_upgrade(run)
}

async fn run(mut socket: WebSocket) {
    let end = loop {
        match socket.recv().await {
            None => break End::Gone,
            Some(Ok(Message::Close(_))) => break End::Theirs,
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(Ok(message)) => {
                if socket.send(message).await.is_err() {
                    break End::Gone;
                }
            }
            Some(Err(error)) => break End::of_failed_read(&error),
        }
    };
    goodbye::say(&mut socket, end).await;
}
