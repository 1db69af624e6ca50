//! Reads what a request sends, all of it and within a time, before anything is done for it.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http_body_util::LengthLimitError;

use crate::desk::Desk;

/// The largest body a server function may get: a form, never a file.
const FORM: usize = 64 * 1024;

/// Takes in a form and passes it on whole.
pub(crate) async fn read(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let seconds = Duration::from_secs(desk.config.limits.request_seconds);
    let Ok(read) = tokio::time::timeout(seconds, to_bytes(body, FORM)).await else {
        return (StatusCode::REQUEST_TIMEOUT, "The request took too long.").into_response();
    };
    match read {
        Ok(form) => next.run(Request::from_parts(parts, Body::from(form))).await,
        Err(error) if is_too_long(&error) => {
            (StatusCode::PAYLOAD_TOO_LARGE, "The form is too long.").into_response()
        }
        Err(error) => {
            // Whoever sent it went away, and is not there to read this either.
            tracing::debug!(%error, "a form broke off");
            (StatusCode::BAD_REQUEST, "The form broke off.").into_response()
        }
    }
}

fn is_too_long(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(|error| error.is::<LengthLimitError>())
}
