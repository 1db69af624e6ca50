//! `POST /visitors/erase`: a visitor wants everything gone that is known of them.

use std::net::IpAddr;

use axum::Extension;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use protocol::Refusal;

use super::{done, visitor};
use crate::actions::erase::erase;
use crate::desk::Desk;
use crate::store::Erase;

/// Their conversation, files and visits, and their contact when nobody else is it. Who is unknown has
/// nothing left, which is what they wanted: the client takes that for done.
pub(crate) async fn post(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    headers: HeaderMap,
) -> Response {
    done(&desk, gone(&desk, from, &headers).await)
}

async fn gone(desk: &Desk, from: IpAddr, headers: &HeaderMap) -> Result<(), Refusal> {
    let visitor = visitor(desk, from, headers).await?;
    erase(desk, visitor.workspace, Erase::Visitor(visitor.visitor)).await?;
    Ok(())
}
