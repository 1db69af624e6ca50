//! What was begun is done to its end, whether or not who asked for it is still there.

use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tracing::Instrument as _;

use crate::desk::Desk;

/// Answers whatever may change something in a task of its own. A request whose client goes away is dropped
/// wherever it stands, and what follows a commit, such as ending somebody's connections, would never be
/// done.
pub(crate) async fn to_the_end(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let answering = next.run(request).in_current_span();
    match desk.connections.spawn(answering).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "a request ended in a panic");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
