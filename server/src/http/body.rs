//! Reads what a request sends, all of it and within a time, before anything is done for it.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http_body_util::LengthLimitError;
use protocol::limits;

use crate::desk::Desk;

/// The largest body a server function may get: a form, never a file.
pub(super) const FORM: usize = 64 * 1024;
/// The function that takes more: a text is taught whose characters may take four bytes each.
const TEACH: (&str, usize) = ("/pages/teach", FORM + 4 * limits::TAUGHT_TEXT);

/// Why a body is not there.
pub(super) enum Broken {
    TooSlow,
    TooLong,
    /// Whoever sent it went away.
    Off,
}

/// The whole of a body, of at most so many bytes.
pub(super) async fn taken(desk: &Desk, body: Body, limit: usize) -> Result<Bytes, Broken> {
    let seconds = Duration::from_secs(desk.config.limits.request_seconds);
    let read = tokio::time::timeout(seconds, to_bytes(body, limit)).await;
    let read = read.map_err(|_| Broken::TooSlow)?;
    read.map_err(|error| match is_too_long(&error) {
        true => Broken::TooLong,
        false => {
            tracing::debug!(%error, "a body broke off");
            Broken::Off
        }
    })
}

/// Takes in a form and passes it on whole.
pub(crate) async fn read(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let (teach, longer) = TEACH;
    let limit = if parts.uri.path() == teach {
        longer
    } else {
        FORM
    };
    match taken(&desk, body, limit).await {
        Ok(form) => next.run(Request::from_parts(parts, Body::from(form))).await,
        Err(Broken::TooSlow) => {
            (StatusCode::REQUEST_TIMEOUT, "The request took too long.").into_response()
        }
        Err(Broken::TooLong) => {
            (StatusCode::PAYLOAD_TOO_LARGE, "The form is too long.").into_response()
        }
        // Whoever sent it is not there to read this either.
        Err(Broken::Off) => (StatusCode::BAD_REQUEST, "The form broke off.").into_response(),
    }
}

fn is_too_long(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(|error| error.is::<LengthLimitError>())
}
