//! Headers that every answer carries, and the gate in front of everything that changes something.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::auth::origin;
use crate::desk::Desk;
use crate::faults::{self, Fault};

const HEADERS: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=()",
    ),
];

/// Adds the headers. What a route has set itself stays.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        let name = HeaderName::from_static(name);
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Lets only our own pages call what changes something (OWASP CSRF cheat sheet, Fetch Metadata).
pub(crate) async fn same_origin(
    State(desk): State<Desk>,
    request: Request,
    next: Next,
) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let lets_in = reads || faults::on(Fault::ForeignPage);
    if lets_in || origin::is_same_origin(request.headers(), &desk.config.server.public_url) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "This page may not ask for that.").into_response()
    }
}
