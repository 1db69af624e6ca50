//! From an HTTP request to a WebSocket: who may, in which encoding, and with which limits.

use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::http::header::SEC_WEBSOCKET_PROTOCOL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use protocol::{close, schema};

use super::connection;
use crate::desk::Desk;
use crate::hub::frame::Encoding;

/// Bytes that may wait in the WebSocket's own buffer before a write has to succeed.
const MAX_WRITE_BUFFER: usize = 512 * 1024;
const WRITE_BUFFER: usize = 16 * 1024;
/// The largest frame that can be sent: with its head it has to fit behind a buffer that is not
/// written yet. Pages are far below it.
pub(super) const MAX_FRAME: usize = MAX_WRITE_BUFFER - 2 * WRITE_BUFFER;

/// What the two kinds of connections differ in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    /// The largest frame and message.
    pub(super) frame: usize,
    /// Allocated for every connection.
    pub(super) read_buffer: usize,
}

/// Why a request does not become a WebSocket.
#[derive(Debug, Clone, Copy)]
pub(super) enum Denied {
    ForeignOrigin,
    SignInNeeded,
    ShuttingDown,
    TooMany,
}

impl Denied {
    pub(super) fn response(self) -> Response {
        let (status, sentence) = match self {
            Self::ForeignOrigin => (StatusCode::FORBIDDEN, "This page may not connect here."),
            Self::SignInNeeded => (StatusCode::UNAUTHORIZED, "Sign in first."),
            Self::ShuttingDown => (StatusCode::SERVICE_UNAVAILABLE, "The server restarts."),
            Self::TooMany => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Too many connections. Try again.",
            ),
        };
        (status, sentence).into_response()
    }
}

/// Takes a place among the connections, or says that there is none.
pub(super) fn check_room(desk: &Desk) -> Result<(), Denied> {
    if desk.closing.is_cancelled() {
        return Err(Denied::ShuttingDown);
    }
    if desk.hub.connections() >= desk.config.limits.connections {
        return Err(Denied::TooMany);
    }
    Ok(())
}

/// Agrees on an encoding and hands the socket over.
pub(super) fn upgrade<F>(
    desk: &Desk,
    upgrade: WebSocketUpgrade,
    headers: &HeaderMap,
    sizes: Sizes,
    run: impl FnOnce(WebSocket, Encoding) -> F + Send + 'static,
) -> Response
where
    F: Future<Output = ()> + Send + 'static,
{
    let upgrade = upgrade
        .read_buffer_size(sizes.read_buffer)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(MAX_WRITE_BUFFER)
        .max_message_size(sizes.frame)
        .max_frame_size(sizes.frame);
    match agree(headers) {
        Agreed::On(encoding, name) => {
            let connections = desk.connections.clone();
            upgrade
                .protocols([name])
                .on_upgrade(move |socket| connections.track_future(run(socket, encoding)))
        }
        // A browser gives up without a word unless its own subprotocol comes back, so an old tab
        // is let in under its name and told to load the page anew.
        Agreed::Outdated(name) => upgrade
            .protocols([name])
            .on_upgrade(|mut socket| async move {
                connection::close(&mut socket, close::RELOAD).await;
            }),
        Agreed::Nothing => (
            StatusCode::BAD_REQUEST,
            "Ask for the subprotocol baton.v1.json.",
        )
            .into_response(),
    }
}

enum Agreed {
    On(Encoding, String),
    Outdated(String),
    Nothing,
}

/// The first subprotocol offered that is spoken here.
fn agree(headers: &HeaderMap) -> Agreed {
    let offered = headers.get_all(SEC_WEBSOCKET_PROTOCOL).iter();
    let names = offered
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    let mut outdated = None;
    let postcard = schema::postcard();
    for name in names.map(str::trim) {
        if name == schema::JSON {
            return Agreed::On(Encoding::Json, name.to_owned());
        }
        if name == postcard {
            return Agreed::On(Encoding::Postcard, postcard);
        }
        if name.starts_with(schema::POSTCARD_PREFIX) && name.ends_with(schema::POSTCARD_SUFFIX) {
            outdated.get_or_insert_with(|| name.to_owned());
        }
    }
    outdated.map_or(Agreed::Nothing, Agreed::Outdated)
}
