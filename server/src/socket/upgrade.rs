//! From an HTTP request to a WebSocket: who may, in which encoding, and with which limits.

use std::net::IpAddr;

use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::http::header::{RETRY_AFTER, SEC_WEBSOCKET_PROTOCOL};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use protocol::{close, schema};

use super::goodbye;
use crate::desk::Desk;
use crate::hub::frame::Encoding;
use crate::places::{Full, Place};

/// Bytes that may wait in the WebSocket's own buffer before a write has to succeed.
const MAX_WRITE_BUFFER: usize = 512 * 1024;
const WRITE_BUFFER: usize = 16 * 1024;
/// The largest frame that can be sent: with its head it has to fit behind a buffer that is not
/// written yet. Pages are far below it.
pub(super) const MAX_FRAME: usize = MAX_WRITE_BUFFER - 2 * WRITE_BUFFER;

/// Seconds after which somebody who found no place may try again.
const COME_BACK: HeaderValue = HeaderValue::from_static("10");

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
    TooMany(Full),
}

impl Denied {
    pub(super) fn response(self) -> Response {
        let (status, sentence) = match self {
            Self::ForeignOrigin => (StatusCode::FORBIDDEN, "This page may not connect here."),
            Self::SignInNeeded => (StatusCode::UNAUTHORIZED, "Sign in first."),
            Self::ShuttingDown => (StatusCode::SERVICE_UNAVAILABLE, "The server restarts."),
            Self::TooMany(Full::All) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Too many connections. Try again.",
            ),
            Self::TooMany(Full::Address) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Too many connections from your address. Try again.",
            ),
        };
        let mut response = (status, sentence).into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, COME_BACK);
        }
        response
    }
}

/// Takes a place among the WebSockets, or says that there is none. It is held from here on: a
/// connection that has not said its first word costs as much as any other.
pub(super) fn take_place(desk: &Desk, from: IpAddr) -> Result<Place, Denied> {
    if desk.closing.is_cancelled() {
        return Err(Denied::ShuttingDown);
    }
    desk.places.take(from).map_err(|full| {
        if desk.limits.complains_of_full() {
            tracing::warn!(%from, ?full, "there is no place for another connection; if this is the \
                address of your proxy, name it in server.trusted_proxies");
        }
        Denied::TooMany(full)
    })
}

/// Agrees on an encoding and hands the socket over.
pub(super) fn upgrade<F>(
    desk: &Desk,
    place: Place,
    upgrade: WebSocketUpgrade,
    headers: &HeaderMap,
    sizes: Sizes,
    run: impl FnOnce(WebSocket, Encoding) -> F + Send + 'static,
) -> Response
where
    F: Future<Output = ()> + Send + 'static,
{
    let upgrade = limited(upgrade, sizes);
    match agree(headers) {
        Agreed::On(encoding, name) => {
            let connections = desk.connections.clone();
            upgrade.protocols([name]).on_upgrade(move |socket| {
                // Boxed once: every layer around it would hold room for it twice.
                let running = Box::pin(run(socket, encoding));
                connections.track_future(async move {
                    running.await;
                    drop(place);
                })
            })
        }
        // A browser gives up without a word unless its own subprotocol comes back, so an old tab
        // is let in under its name and told to load the page anew.
        Agreed::Outdated(name) => upgrade
            .protocols([name])
            .on_upgrade(|mut socket| async move {
                goodbye::close(&mut socket, close::RELOAD).await;
                drop(place);
            }),
        Agreed::Nothing => (
            StatusCode::BAD_REQUEST,
            "Ask for the subprotocol baton.v1.json.",
        )
            .into_response(),
    }
}

/// Sets how much one connection may hold.
pub(super) fn limited(upgrade: WebSocketUpgrade, sizes: Sizes) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(sizes.read_buffer)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(MAX_WRITE_BUFFER)
        .max_message_size(sizes.frame)
        .max_frame_size(sizes.frame)
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
