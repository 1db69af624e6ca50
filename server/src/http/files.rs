//! Embedded files as answers: with their type, their hash and how long they may be kept.

use axum::body::Body;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};

/// How long a browser may keep a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Its address holds its hash.
    ForEver,
    /// Its address stays while it changes.
    FiveMinutes,
    /// Asked for again each time; the answer may be "not modified".
    Checked,
}

/// A file in memory.
#[derive(Debug, Clone)]
pub(crate) struct File {
    plain: Bytes,
    /// The same, compressed with brotli when it was built.
    brotli: Option<Bytes>,
    mime: HeaderValue,
    pub(crate) hash: String,
}

impl File {
    pub(crate) fn new(name: &str, plain: Bytes, brotli: Option<Bytes>) -> Self {
        let hash = Sha256::digest(&plain).into();
        Self::hashed(name, plain, brotli, hash)
    }

    /// A file whose SHA-256 is known.
    pub(crate) fn hashed(name: &str, plain: Bytes, brotli: Option<Bytes>, hash: [u8; 32]) -> Self {
        Self {
            hash: written(hash),
            plain,
            brotli,
            mime: mime(name),
        }
    }

    /// The same, known by what it is sent with as well: with something else it is not the same file.
    pub(crate) fn under(mut self, sent_with: &[u8]) -> Self {
        let both = Sha256::new().chain_update(&self.plain);
        self.hash = written(both.chain_update(sent_with).finalize().into());
        self
    }

    /// Its text, for pages that are filled in.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.plain).into_owned()
    }

    /// The answer to a request for it.
    pub(crate) fn response(&self, request: &HeaderMap, kept: Kept) -> Response {
        let etag = format!("\"{}\"", self.hash);
        let mut headers = HeaderMap::new();
        let kept = match kept {
            Kept::ForEver => "public, max-age=31536000, immutable",
            Kept::FiveMinutes => "public, max-age=300, stale-while-revalidate=86400",
            Kept::Checked => "no-cache",
        };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        let known = request
            .get(IF_NONE_MATCH)
            .is_some_and(|known| known.as_bytes() == etag.as_bytes());
        if let Ok(etag) = HeaderValue::from_str(&etag) {
            headers.insert(ETAG, etag);
        }
        if known {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        headers.insert(CONTENT_TYPE, self.mime.clone());
        let body = match &self.brotli {
            Some(brotli) if takes_brotli(request) => {
                headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
                brotli.clone()
            }
            _ => self.plain.clone(),
        };
        (headers, Body::from(body)).into_response()
    }
}

/// As much of a hash as tells files apart.
fn written(hash: [u8; 32]) -> String {
    let bytes = hash.iter().take(8);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

fn takes_brotli(request: &HeaderMap) -> bool {
    let accepted = request
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("br") && !parts.any(|weight| matches!(weight, "q=0" | "q=0.0"))
    })
}

fn mime(name: &str) -> HeaderValue {
    HeaderValue::from_static(match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        // Types are read by people and by editors.
        Some("txt" | "ts") => "text/plain; charset=utf-8",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    })
}
