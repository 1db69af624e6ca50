//! Whether the server lives and whether it takes traffic.

use axum::extract::State;
use axum::http::StatusCode;

use crate::desk::Desk;

/// `GET /healthz`: the process answers.
pub(crate) async fn live() -> &'static str {
    "ok"
}

/// `GET /readyz`: the database answers and the server is not stopping.
pub(crate) async fn ready(State(desk): State<Desk>) -> (StatusCode, &'static str) {
    if desk.closing.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    match desk.store.workspace_exists().await {
        Ok(_) => (StatusCode::OK, "ready"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "no database")
        }
    }
}
