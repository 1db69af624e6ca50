//! The widget's files, the loader in a chatbot's look, and the chat as a page by itself.

use std::io::Write as _;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use protocol::ChatbotId;

use super::assets::{self, Assets};
use super::files::{File, Kept};
use super::frame::{self, Frame};
use super::look;
use crate::desk::Desk;

/// `GET /c/{chatbot}`: the page by itself, under the chatbot's name. Nobody frames it.
pub(crate) async fn alone(
    State(desk): State<Desk>,
    State(assets): State<Assets>,
    Path(chatbot): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let found = match chatbot.parse::<ChatbotId>() {
        Ok(id) => desk.store.chatbot(id).await,
        Err(_) => Ok(None),
    };
    let found = match found {
        Ok(found) => found.filter(|chatbot| !chatbot.archived),
        Err(error) => {
            tracing::error!(%error, "a chatbot could not be read");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let frame = Frame {
        chatbot: found.as_deref(),
        titled: true,
        ancestors: "'none'".to_owned(),
    };
    let mut response = frame::document(&assets, &uri, &headers, &frame);
    // It says so itself, in the visitor's language.
    if found.is_none() && response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// `GET /widget/{*name}`: a file of the widget. The loader stands on other sites, which may load it
/// and what it goes on with.
pub(crate) async fn file(
    State(desk): State<Desk>,
    State(assets): State<Assets>,
    Path(name): Path<String>,
    request: Request<axum::body::Body>,
) -> Response {
    let chatbot = name
        .strip_suffix(".js")
        .and_then(|id| id.parse::<ChatbotId>().ok());
    let mut response = match chatbot {
        Some(chatbot) => loader(&desk, &assets, chatbot, request.headers()).await,
        // The page has its policy at its own address alone.
        None if name.ends_with(".html") => {
            (StatusCode::NOT_FOUND, "There is no such file.").into_response()
        }
        None => {
            let name = format!("widget/{name}");
            assets::serve(&assets, &name, request.uri().query(), request.headers())
        }
    };
    let headers = response.headers_mut();
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("cross-origin"),
    );
    headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
    response
}

/// `GET /widget/{chatbot}.js`: the loader, which paints the launcher in the chatbot's look at once. It
/// may be five minutes old.
async fn loader(desk: &Desk, assets: &Assets, chatbot: ChatbotId, headers: &HeaderMap) -> Response {
    let look = match desk.store.chatbot(chatbot).await {
        Ok(Some(chatbot)) => {
            let picture = look::picture_of(&chatbot);
            let look = &chatbot.settings.look;
            look::of_launcher(look, chatbot.archived, picture.as_deref())
        }
        // The chat itself says that it is not there.
        Ok(None) => String::new(),
        Err(error) => {
            tracing::error!(%error, "a chatbot could not be read");
            // A launcher in another look is better than none.
            String::new()
        }
    };
    match in_look(assets, &look) {
        Some(file) => file.response(headers, Kept::FiveMinutes),
        None => (StatusCode::NOT_FOUND, "There is no such file.").into_response(),
    }
}

/// The loader with a look in front.
pub(super) fn with_look(loader: &File, look: &str) -> String {
    format!("{look}{}", loader.text())
}

/// The same as a file, compressed, and kept for the next who asks.
fn in_look(assets: &Assets, look: &str) -> Option<File> {
    let loader = assets.get("widget/loader.js")?;
    if look.is_empty() {
        return Some(loader.clone());
    }
    if let Some(known) = assets.looks.recall(look) {
        return Some(known);
    }
    let script = Bytes::from(with_look(loader, look));
    let brotli = compressed(&script);
    let file = File::new("loader.js", script, brotli);
    assets.looks.keep(look, &file);
    Some(file)
}

fn compressed(script: &[u8]) -> Option<Bytes> {
    let mut packed = Vec::new();
    // Small texts fit into a small window; the highest quality takes some milliseconds for them.
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 9, 16);
    writer
        .write_all(script)
        .and_then(|()| writer.flush())
        .ok()?;
    drop(writer);
    Some(Bytes::from(packed))
}
