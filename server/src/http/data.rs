//! `GET /data/settings.json` and `POST /data/import`: the settings of a workspace as one file, out and in.
//! What comes in is kept to be looked at on the page; nothing is changed by sending it.

use std::net::IpAddr;
use std::time::Duration;

use axum::Extension;
use axum::extract::{Multipart, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use protocol::Refusal;
use protocol::data::FILE_BYTES;

use super::attachments::refuse;
use crate::actions::begin_visit::user_agent;
use crate::actions::export_settings::export_settings;
use crate::actions::import_settings::stage;
use crate::actions::sign_in::{self, SignedIn};
use crate::auth::origin;
use crate::desk::Desk;
use crate::store::Doer;

/// The file.
pub(crate) async fn get(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    headers: HeaderMap,
) -> Response {
    match export(&desk, from, &headers).await {
        Ok(file) => (
            [
                (CONTENT_TYPE, "application/json"),
                (CACHE_CONTROL, "no-store"),
                (
                    CONTENT_DISPOSITION,
                    "attachment; filename=\"baton-settings.json\"",
                ),
            ],
            file,
        )
            .into_response(),
        Err(refusal) => refuse(&desk, &refusal),
    }
}

async fn export(desk: &Desk, from: IpAddr, headers: &HeaderMap) -> Result<String, Refusal> {
    // A link on another site is not one of ours (Fetch Metadata); typed by hand it says "none".
    let site = headers.get("sec-fetch-site").map(|site| site.as_bytes());
    if !matches!(site, None | Some(b"same-origin" | b"none")) {
        return Err(Refusal::NotAllowed);
    }
    let by = signed_in(desk, headers).await?;
    desk.limits.search(by.agent)?;
    let desk = desk.clone().on_behalf(Doer {
        agent: Some(by.agent),
        ip: from,
        user_agent: user_agent(headers),
    });
    let file = export_settings(&desk, by.agent).await?;
    serde_json::to_string_pretty(&file).map_err(|error| {
        tracing::error!(%error, "settings could not be written");
        Refusal::Unavailable
    })
}

/// Takes a file in and leads back to the page, which says what it comes to.
pub(crate) async fn post(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    if !origin::is_same_origin(&headers, &desk.config.server.public_url) {
        return (StatusCode::FORBIDDEN, "This page may not ask for that.").into_response();
    }
    match import(&desk, from, &headers, form).await {
        Ok(()) => Redirect::to("/data").into_response(),
        // The page says so, with the way on.
        Err(Refusal::FileTooLarge { .. }) => Redirect::to("/data?too-large").into_response(),
        Err(refusal) => refuse(&desk, &refusal),
    }
}

async fn import(
    desk: &Desk,
    from: IpAddr,
    headers: &HeaderMap,
    mut form: Multipart,
) -> Result<(), Refusal> {
    desk.limits.upload(from)?;
    let by = signed_in(desk, headers).await?;
    let seconds = Duration::from_secs(desk.config.limits.request_seconds);
    let reading = async {
        let field = form.next_field().await.ok()??;
        field.bytes().await.ok()
    };
    let bytes = tokio::time::timeout(seconds, reading).await;
    let too_large = Refusal::FileTooLarge {
        limit: u32::try_from(FILE_BYTES / 1024 / 1024).unwrap_or(u32::MAX),
    };
    let bytes = bytes.map_err(|_| Refusal::Malformed)?.ok_or(too_large)?;
    stage(desk, by.agent, String::from_utf8_lossy(&bytes).into_owned()).await
}

async fn signed_in(desk: &Desk, headers: &HeaderMap) -> Result<SignedIn, Refusal> {
    let signed_in = sign_in::of_request(desk, headers).await;
    signed_in.ok_or(Refusal::TokenUnknown)
}
