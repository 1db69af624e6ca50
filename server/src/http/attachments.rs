//! Files that go along with messages: up by whoever writes, down for whoever may read.
//!
//! An agent is known by the cookie, so what changes something has to come from our own pages. A
//! visitor is known by the token in `Authorization`, which no other site can send; it never stands
//! in an address.

use std::net::IpAddr;
use std::time::Duration;

use axum::Extension;
use axum::body::{Body, BodyDataStream};
use axum::extract::{Path, Request, State};
use axum::http::header::{
    ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use domain::permissions::Permission;
use domain::{Agent, Uploader};
use futures::{Stream, StreamExt as _};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use protocol::attachment::{Attachment, Upload as Answer};
use protocol::{AttachmentId, ConversationId, Refusal, WorkspaceId, schema};

use crate::actions::sign_in;
use crate::actions::upload::{Destination, Upload, upload};
use crate::auth::{origin, token};
use crate::desk::Desk;
use crate::faults::{self, Fault};
use crate::files::{FilesError, Object, thumbnail_type};
use crate::store::{AttachmentRow, StoreError, VisitorRow};

/// What a file is called, percent-encoded: it is no part of the address, which others write down.
const FILE_NAME: &str = "x-file-name";
/// A file that is opened by itself can do nothing, whatever is in it.
const POLICY: &str = "default-src 'none'; img-src 'self'; sandbox";

/// Who asks.
enum Asker {
    Agent(Agent),
    Visitor(VisitorRow),
}

/// `POST /attachments/{conversation}`: keeps a file until a message names it.
pub(crate) async fn post(
    State(desk): State<Desk>,
    Extension(from): Extension<IpAddr>,
    Path(conversation): Path<ConversationId>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let begun = begin(&desk, from, conversation, &parts.headers).await;
    receive(&desk, begun, &parts.headers, body).await
}

/// Takes in what was begun, or lets it run out, and answers.
pub(super) async fn receive(
    desk: &Desk,
    begun: Result<Upload, Refusal>,
    headers: &HeaderMap,
    body: Body,
) -> Response {
    let patience = Duration::from_secs(desk.config.limits.request_seconds);
    let mut pieces = Box::pin(pieces(body.into_data_stream(), patience).fuse());
    let answer = match begun {
        Err(refusal) => Err(refusal),
        Ok(begun) => match begun.announced(length(headers)) {
            Ok(()) => upload(desk, begun, &mut pieces).await,
            Err(refusal) => Err(refusal),
        },
    };
    if !matches!(answer, Ok(_) | Err(Refusal::FileTooLarge { .. })) {
        // Whoever is still sending would not read the answer otherwise.
        drain(pieces, patience).await;
    }
    respond(desk, headers, answer)
}

/// `GET /attachments/{id}`: the file.
pub(crate) async fn get(
    State(desk): State<Desk>,
    Path(id): Path<AttachmentId>,
    headers: HeaderMap,
) -> Response {
    give(&desk, id, Object::File, &headers).await
}

/// `GET /attachments/{id}/thumbnail`: a small picture of it.
pub(crate) async fn thumbnail(
    State(desk): State<Desk>,
    Path(id): Path<AttachmentId>,
    headers: HeaderMap,
) -> Response {
    give(&desk, id, Object::Thumbnail, &headers).await
}

/// Who asks, if anybody that is known.
async fn asker(desk: &Desk, headers: &HeaderMap) -> Result<Asker, Refusal> {
    let unreadable = |error: StoreError| {
        tracing::error!(%error, "who asks for a file could not be read");
        Refusal::Unavailable
    };
    if headers.contains_key(AUTHORIZATION) {
        let hash = token::hash(bearer(headers).ok_or(Refusal::TokenUnknown)?);
        let visitor = desk.store.visitor_by_token(&hash).await;
        let visitor = visitor.map_err(unreadable)?.ok_or(Refusal::TokenUnknown)?;
        return Ok(Asker::Visitor(visitor));
    }
    let signed_in = sign_in::of_request(desk, headers).await;
    let signed_in = signed_in.ok_or(Refusal::TokenUnknown)?;
    let agent = desk.store.agent(signed_in.agent).await;
    let agent = agent.map_err(unreadable)?.ok_or(Refusal::TokenUnknown)?;
    Ok(Asker::Agent(agent))
}

/// The token that was sent. The scheme's case does not matter (RFC 9110, 11.1).
pub(super) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then_some(token)
}

/// What a blocked visitor uploads could never be sent.
async fn refuse_blocked(desk: &Desk, visitor: &VisitorRow) -> Result<(), Refusal> {
    let found = desk
        .store
        .conversation(visitor.workspace, visitor.conversation);
    let found = found.await.map_err(|error| {
        tracing::error!(%error, "a conversation could not be read");
        Refusal::Unavailable
    })?;
    match found {
        Some(found) if found.blocked => Err(Refusal::Blocked),
        _ => Ok(()),
    }
}

/// Everything that is asked before the first byte is taken.
async fn begin(
    desk: &Desk,
    from: IpAddr,
    conversation: ConversationId,
    headers: &HeaderMap,
) -> Result<Upload, Refusal> {
    desk.limits.upload(from)?;
    let asker = asker(desk, headers).await?;
    let (workspace, by, chatbot) = match &asker {
        Asker::Visitor(visitor)
            if visitor.conversation != conversation && !faults::on(Fault::UploadAnywhere) =>
        {
            return Err(Refusal::NotFound);
        }
        Asker::Visitor(visitor) => {
            refuse_blocked(desk, visitor).await?;
            (
                visitor.workspace,
                Uploader::Visitor(visitor.visitor),
                visitor.chatbot,
            )
        }
        Asker::Agent(agent) => {
            if !origin::is_same_origin(headers, &desk.config.server.public_url) {
                return Err(Refusal::NotAllowed);
            }
            agent.may(Permission::WriteNotes)?;
            let found = seen(desk, agent, conversation).await?;
            (agent.workspace, Uploader::Agent(agent.id), found)
        }
    };
    desk.limits.upload_of(by)?;
    let chatbot = desk.store.chatbot(chatbot).await;
    let chatbot = chatbot.map_err(|error| {
        tracing::error!(%error, "a chatbot could not be read");
        Refusal::Unavailable
    })?;
    let files = chatbot.ok_or(Refusal::NotFound)?.settings.files;
    if matches!(asker, Asker::Visitor(_)) && !files.from_visitors {
        return Err(Refusal::FilesOff);
    }
    let name = file_name(headers);
    Ok(Upload {
        workspace,
        to: Destination::Conversation(conversation, by),
        name,
        limit: files.limit_mebibytes,
    })
}

/// What the sender calls it.
pub(super) fn file_name(headers: &HeaderMap) -> String {
    let name = headers.get(FILE_NAME).and_then(|name| name.to_str().ok());
    let name = percent_decode_str(name.unwrap_or_default()).decode_utf8_lossy();
    name.into_owned()
}

/// The chatbot of a conversation that this agent sees.
pub(super) async fn seen(
    desk: &Desk,
    agent: &Agent,
    conversation: ConversationId,
) -> Result<protocol::ChatbotId, Refusal> {
    agent.may(Permission::SeeConversations)?;
    let found = desk.store.conversation(agent.workspace, conversation).await;
    let found = found.map_err(|error| {
        tracing::error!(%error, "a conversation could not be read");
        Refusal::Unavailable
    })?;
    let found = found.filter(|found| agent.sees(found.workspace, found.chatbot));
    Ok(found.ok_or(Refusal::NotFound)?.chatbot)
}

/// A file that this asker may read: their own, or one that was sent where they may read. What went
/// along with a note is nothing that a visitor could name.
async fn readable(desk: &Desk, asker: &Asker, id: AttachmentId) -> Result<AttachmentRow, Refusal> {
    let row = desk.store.attachment(id).await.map_err(|error| {
        tracing::error!(%error, "a file could not be read");
        Refusal::Unavailable
    })?;
    let row = row.ok_or(Refusal::NotFound)?;
    match asker {
        Asker::Visitor(visitor) => {
            let own = row.by == Uploader::Visitor(visitor.visitor);
            let along =
                row.sent == Some(false) || (row.sent.is_some() && faults::on(Fault::NoteFile));
            let told = along && row.conversation == visitor.conversation;
            if row.workspace != visitor.workspace || !(own || told) {
                return Err(Refusal::NotFound);
            }
        }
        Asker::Agent(agent) => {
            let own = row.by == Uploader::Agent(agent.id);
            if row.workspace != agent.workspace || !(own || row.sent.is_some()) {
                return Err(Refusal::NotFound);
            }
            if !faults::on(Fault::AnyFile) {
                seen(desk, agent, row.conversation).await?;
            }
        }
    }
    Ok(row)
}

async fn give(desk: &Desk, id: AttachmentId, object: Object, headers: &HeaderMap) -> Response {
    let row = match asker(desk, headers).await {
        Ok(asker) => readable(desk, &asker, id).await,
        Err(refusal) => Err(refusal),
    };
    let row = match row {
        Ok(row) if object == Object::Thumbnail && row.view.picture.is_none() => {
            return refuse(desk, &Refusal::NotFound);
        }
        Ok(row) => row,
        Err(refusal) => return refuse(desk, &refusal),
    };
    match content(desk, row.workspace, &row.view, object).await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%error, "a file could not be given out");
            refuse(desk, &Refusal::Unavailable)
        }
    }
}

/// The answer that holds a file.
pub(super) async fn content(
    desk: &Desk,
    workspace: WorkspaceId,
    view: &Attachment,
    object: Object,
) -> Result<Response, FilesError> {
    let (length, mut pieces) = desk.files.read((workspace, view.id, object)).await?;
    let first = pieces.next().await.transpose()?.unwrap_or_default();
    let mut headers = HeaderMap::new();
    let media_type = match object {
        Object::Thumbnail => thumbnail_type(&first),
        Object::File => &view.media_type,
    };
    let shown = if view.picture.is_some() {
        "inline"
    } else {
        "attachment"
    };
    let name = utf8_percent_encode(&view.name, NON_ALPHANUMERIC);
    let disposition = format!("{shown}; filename*=UTF-8''{name}");
    for (name, value) in [
        (CONTENT_TYPE, media_type),
        (CONTENT_DISPOSITION, &disposition),
        (CONTENT_LENGTH, &length.to_string()),
        (CONTENT_SECURITY_POLICY, POLICY),
        // It never changes, but who may read it does.
        (CACHE_CONTROL, "private, max-age=86400"),
        (VARY, "authorization, cookie"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    let same_site = HeaderValue::from_static("same-origin");
    headers.insert("cross-origin-resource-policy", same_site);
    let pieces = futures::stream::once(async move { Ok(first) }).chain(pieces);
    Ok((headers, Body::from_stream(pieces)).into_response())
}

/// What comes of a body, as long as something keeps coming.
pub(super) fn pieces(
    body: BodyDataStream,
    patience: Duration,
) -> impl Stream<Item = Result<Bytes, axum::Error>> {
    futures::stream::unfold(body, move |mut body| async move {
        match tokio::time::timeout(patience, body.next()).await {
            Ok(piece) => piece.map(|piece| (piece, body)),
            Err(late) => Some((Err(axum::Error::new(late)), body)),
        }
    })
}

/// Reads what nobody wants, for a while.
pub(super) async fn drain(
    mut pieces: impl Stream<Item = Result<Bytes, axum::Error>> + Unpin,
    patience: Duration,
) {
    let reading = async { while let Some(Ok(_)) = pieces.next().await {} };
    // Whoever takes longer than this is cut off.
    let _read = tokio::time::timeout(patience, reading).await;
}

pub(super) fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The answer to an upload: in postcard for who asks for this version's, else in JSON.
pub(super) fn respond(
    desk: &Desk,
    headers: &HeaderMap,
    answer: Result<Attachment, Refusal>,
) -> Response {
    let (status, answer) = match answer {
        Ok(attachment) => (StatusCode::OK, Answer::Kept(attachment)),
        Err(refusal) => {
            let sentence = refusal.sentence(desk.now());
            (status(&refusal), Answer::Refused { refusal, sentence })
        }
    };
    let postcard = format!("application/{}", schema::postcard());
    let asked = headers.get(ACCEPT).and_then(|asked| asked.to_str().ok());
    let (media_type, body) = if asked == Some(postcard.as_str()) {
        let body = postcard::to_allocvec(&answer).expect("wire types always encode");
        (postcard.as_str(), body)
    } else {
        let body = serde_json::to_vec(&answer).expect("wire types always encode");
        ("application/json", body)
    };
    let headers = [(CONTENT_TYPE, media_type), (CACHE_CONTROL, "no-store")];
    (status, headers, body).into_response()
}

/// The answer to who may not read a file, or where there is none.
pub(super) fn refuse(desk: &Desk, refusal: &Refusal) -> Response {
    let headers = [(CACHE_CONTROL, "no-store")];
    (status(refusal), headers, refusal.sentence(desk.now())).into_response()
}

fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::TokenUnknown => StatusCode::UNAUTHORIZED,
        Refusal::NotAllowed | Refusal::FilesOff => StatusCode::FORBIDDEN,
        Refusal::NotFound => StatusCode::NOT_FOUND,
        Refusal::FileTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::FileNotAllowed | Refusal::PictureUnreadable => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Refusal::TooFast { .. } | Refusal::TooManyFiles { .. } => StatusCode::TOO_MANY_REQUESTS,
        Refusal::Malformed => StatusCode::BAD_REQUEST,
        Refusal::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}
