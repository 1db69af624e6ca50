//! The document that says what the API is, made of the endpoints themselves (OpenAPI 3.1).

use std::sync::LazyLock;

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, Ref, RefOr, Response as Answer, ResponseBuilder, path::Operation,
};

use super::denied::Problem;
use super::{
    claim, contact, conversation, conversations, entries, me, messages, notes, release, resolve,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Baton",
        description = "Programs act as a member of the team: they may what the member may, as far as their token allows it. Times are milliseconds since 1970. Whatever is refused changed nothing."
    ),
    paths(
        me::get,
        conversations::get,
        conversation::get,
        entries::get,
        contact::get,
        messages::post,
        notes::post,
        claim::post,
        release::post,
        resolve::post,
        get
    ),
    components(schemas(Problem)),
    tags(
        (name = "Agent", description = "Whom the token acts as."),
        (name = "Conversations", description = "What the agent's inbox shows."),
        (name = "Writing", description = "Messages and notes."),
        (name = "Handoffs", description = "Who answers.")
    )
)]
struct Endpoints;

/// What every endpoint with a token may answer.
const ALWAYS: [(&str, &str); 7] = [
    ("400", "The request cannot be read."),
    (
        "401",
        "There is no token, no such one, or it was revoked or has ended.",
    ),
    (
        "403",
        "The token or the role does not allow it, or the API is switched off.",
    ),
    ("414", "The address is too long."),
    (
        "429",
        "Too many requests; Retry-After says when to try again.",
    ),
    (
        "431",
        "There are too many header fields, or they are too long.",
    ),
    ("503", "Nothing was saved; try again."),
];

/// What those may answer besides that read a body.
const WITH_BODY: [(&str, &str); 3] = [
    ("408", "The body did not come in time."),
    ("413", "The body is too long."),
    ("422", "The body can be read and is not as it has to be."),
];

static DOCUMENT: LazyLock<utoipa::openapi::OpenApi> = LazyLock::new(document);

/// This document
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    tag = "Agent",
    responses((status = 200, description = "The document.")),
)]
pub(crate) async fn get() -> Response {
    Json(&*DOCUMENT).into_response()
}

/// The endpoints, with what holds for all of them.
fn document() -> utoipa::openapi::OpenApi {
    let mut document = Endpoints::openapi();
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    if let Some(components) = document.components.as_mut() {
        components.add_security_scheme("token", bearer);
    }
    for item in document.paths.paths.values_mut() {
        for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
            if operation.security.is_some() {
                refuses(operation, &ALWAYS);
                if operation.request_body.is_some() {
                    refuses(operation, &WITH_BODY);
                }
            }
        }
    }
    document
}

fn refuses(operation: &mut Operation, with: &[(&str, &str)]) {
    for (status, why) in with {
        let known = &mut operation.responses.responses;
        known
            .entry((*status).to_owned())
            .or_insert_with(|| RefOr::T(refusal(why)));
    }
}

fn refusal(why: &str) -> Answer {
    let problem = Ref::from_schema_name("Problem");
    let content = ContentBuilder::new().schema(Some(problem)).build();
    ResponseBuilder::new()
        .description(why)
        .content("application/json", content)
        .build()
}
