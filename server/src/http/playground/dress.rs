//! What a pane gets: the playground's answers, made to be framed by our own page alone, and the site that
//! its visitor is on.

use axum::body::{Body, to_bytes};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LOCATION,
    SET_COOKIE,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use protocol::ChatbotId;

/// The largest page.
const PAGE: usize = 4 * 1024 * 1024;
/// Stands first in every page: it finds the way back to the playground.
const WITHIN: &str = include_str!("within.js");
const SITE: &str = include_str!("site.html");
const SITE_SCRIPT: &str = include_str!("site.js");
const SITE_STYLE: &str = include_str!("site.css");
const SITE_POLICY: &str = "default-src 'none'; script-src 'self'; frame-src 'self'; style-src 'self'; \
     img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// The script that every page of a pane begins with.
pub(super) fn within() -> Response {
    file(WITHIN, "text/javascript; charset=utf-8", None)
}

/// The site that the visitor is on, with the chat in it.
pub(super) fn site(chatbot: ChatbotId) -> Response {
    let page = SITE.replace("CHATBOT_ID", &chatbot.to_string());
    file(&page, "text/html; charset=utf-8", Some(SITE_POLICY))
}

pub(super) fn site_script() -> Response {
    file(SITE_SCRIPT, "text/javascript; charset=utf-8", None)
}

pub(super) fn site_style() -> Response {
    file(SITE_STYLE, "text/css; charset=utf-8", None)
}

fn file(text: &str, mime: &'static str, policy: Option<&'static str>) -> Response {
    let mut response = text.to_owned().into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(mime));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Some(policy) = policy {
        let policy = HeaderValue::from_static(policy);
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// An answer of the playground. Whoever looks keeps their own sign-in, whatever is signed in or out there.
/// `at` is the pane's address.
pub(super) async fn dress(mut answer: Response, at: &str) -> Response {
    let headers = answer.headers_mut();
    headers.remove(SET_COOKIE);
    headers.remove(ETAG);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if headers.contains_key(LOCATION) {
        // It would lead out of the pane.
        return StatusCode::NOT_FOUND.into_response();
    }
    if let Some(policy) = headers.get(CONTENT_SECURITY_POLICY) {
        let policy = framed_by_us(policy.to_str().unwrap_or_default());
        let policy = HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(
            "default-src 'none'; frame-ancestors 'none'",
        ));
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    let is_page = headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_page {
        return answer;
    }
    headers.remove(CONTENT_LENGTH);
    let (parts, body) = answer.into_parts();
    let Ok(page) = to_bytes(body, PAGE).await else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    let page = String::from_utf8_lossy(&page);
    let begin = format!("<head><script src=\"{at}/within.js\"></script>");
    let page = page.replacen("<head>", &begin, 1);
    Response::from_parts(parts, Body::from(page))
}

/// A policy that lets our own pages frame what it is for, and nobody else.
fn framed_by_us(policy: &str) -> String {
    let others = policy
        .split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty() && !part.starts_with("frame-ancestors"));
    let mut parts: Vec<&str> = others.collect();
    parts.push("frame-ancestors 'self'");
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_but_our_own_pages_frames_a_pane() {
        assert_eq!(
            "default-src 'none'; img-src 'self'; frame-ancestors 'self'",
            framed_by_us(
                "default-src 'none'; frame-ancestors https://shop.example; img-src 'self';"
            )
        );
        assert_eq!("frame-ancestors 'self'", framed_by_us(""));
    }
}
