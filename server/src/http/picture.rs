//! Agents' pictures: up by whom they show, down for their colleagues.

use std::net::IpAddr;
use std::time::Duration;

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use domain::Uploader;
use futures::StreamExt as _;
use protocol::{AgentId, AttachmentId, Refusal};

use super::attachments::{drain, length, pieces, refuse, respond};
use crate::actions::picture::{LARGEST, set_picture};
use crate::actions::sign_in::{self, SignedIn};
use crate::auth::origin;
use crate::desk::Desk;

/// `POST /profile/picture`: the picture of whoever asks, in place of the one there is.
pub(crate) async fn post(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let patience = Duration::from_secs(desk.config.limits.request_seconds);
    let mut pieces = Box::pin(pieces(body.into_data_stream(), patience).fuse());
    let answer = match begin(&desk, from, &parts.headers).await {
        Ok(by) => set_picture(&desk, by, &mut pieces).await,
        Err(refusal) => Err(refusal),
    };
    if !matches!(answer, Ok(_) | Err(Refusal::FileTooLarge { .. })) {
        // Whoever is still sending would not read the answer otherwise.
        drain(pieces, patience).await;
    }
    respond(&desk, &parts.headers, answer)
}

/// `GET /agents/{agent}/{picture}`: the picture, for who is on the same team.
pub(crate) async fn get(
    State(desk): State<Desk>,
    Path((agent, picture)): Path<(AgentId, AttachmentId)>,
    headers: HeaderMap,
) -> Response {
    let Some(by) = sign_in::of_request(&desk, &headers).await else {
        return refuse(&desk, &Refusal::TokenUnknown);
    };
    let found = match desk.store.picture(by.workspace, agent).await {
        Ok(found) => found,
        Err(error) => {
            tracing::error!(%error, "an agent's picture could not be read");
            return refuse(&desk, &Refusal::Unavailable);
        }
    };
    // One that was replaced is gone: its address is another one's.
    let Some(found) = found.filter(|found| found.id == picture) else {
        return refuse(&desk, &Refusal::NotFound);
    };
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (CONTENT_TYPE, found.media_type.as_str()),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
        // What stands at this address never changes; who may read it does, so only browsers keep it.
        (CACHE_CONTROL, "private, max-age=604800, immutable"),
        (VARY, "cookie"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    let same_site = HeaderValue::from_static("same-origin");
    headers.insert("cross-origin-resource-policy", same_site);
    (headers, found.content).into_response()
}

/// Everything that is asked before the first byte is taken.
async fn begin(desk: &Desk, from: IpAddr, headers: &HeaderMap) -> Result<SignedIn, Refusal> {
    desk.limits.upload(from)?;
    let by = sign_in::of_request(desk, headers).await;
    let by = by.ok_or(Refusal::TokenUnknown)?;
    if !origin::is_same_origin(headers, &desk.config.server.public_url) {
        return Err(Refusal::NotAllowed);
    }
    desk.limits.upload_of(Uploader::Agent(by.agent))?;
    let too_large = length(headers).is_some_and(|bytes| bytes > u64::from(LARGEST) * 1024 * 1024);
    if too_large {
        return Err(Refusal::FileTooLarge { limit: LARGEST });
    }
    Ok(by)
}
