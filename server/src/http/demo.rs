//! The demo's customer site: a plain page with the widget on it. Served by `baton demo` alone.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use protocol::ChatbotId;
use rust_embed::RustEmbed;

use super::files::{File, Kept};
use super::guide;
use crate::router::Listed;

#[derive(RustEmbed)]
#[folder = "../demo/"]
struct Site;

/// A strict policy, such as a careful customer has: the widget needs no more than this.
const POLICY: &str = "default-src 'none'; script-src 'self'; frame-src 'self'; style-src 'self'; \
     img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The demo site, for one chatbot.
pub(crate) fn routes() -> Listed<ChatbotId> {
    Listed::new()
        .get("/demo", page)
        .get("/demo/", page)
        .get("/demo/guide/{name}", guide)
        .get("/demo/{*name}", file)
}

async fn page(State(chatbot): State<ChatbotId>, headers: HeaderMap) -> Response {
    let Some(page) = Site::get("index.html") else {
        return missing();
    };
    let html = String::from_utf8_lossy(&page.data).replace("CHATBOT_ID", &chatbot.to_string());
    html_page(html, &headers)
}

async fn guide(Path(name): Path<String>, headers: HeaderMap) -> Response {
    match guide::page(&name) {
        Some(html) => html_page(html, &headers),
        None => missing(),
    }
}

fn html_page(html: String, headers: &HeaderMap) -> Response {
    let page = File::new("index.html", Bytes::from(html), None);
    let mut response = page.response(headers, Kept::Checked);
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    match Site::get(&name) {
        Some(file) => File::new(&name, Bytes::from(file.data.into_owned()), None)
            .response(&headers, Kept::Checked),
        None => missing(),
    }
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, "There is no such file.").into_response()
}
