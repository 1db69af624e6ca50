//! The widget's files and the page in its frame.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;

use super::assets::{self, Assets};
use super::files::{File, Kept};

/// What the page in the frame may load, and who may frame it: any web site.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     connect-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; \
     frame-ancestors http: https:";

/// `GET /widget/`: the page in the frame. Each file it names gets its hash, so that a new version is
/// fetched at once and an old one never again.
pub(crate) async fn page(State(assets): State<Assets>, headers: HeaderMap) -> Response {
    let Some(page) = assets.get("widget/index.html") else {
        return (
            StatusCode::NOT_FOUND,
            "The widget is not built. Run `cargo xtask build`.",
        )
            .into_response();
    };
    let mut html = page.text();
    for (name, file) in assets.in_folder("widget/") {
        let hashed = format!("/widget/{name}?v={}\"", file.hash);
        html = html.replace(&format!("/widget/{name}\""), &hashed);
    }
    let page = File::new("index.html", Bytes::from(html), None);
    let mut response = page.response(&headers, Kept::Checked);
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

/// `GET /widget/{*name}`: a file of the widget. The loader stands on other sites, which may load it.
pub(crate) async fn file(
    State(assets): State<Assets>,
    Path(name): Path<String>,
    request: Request<axum::body::Body>,
) -> Response {
    let name = format!("widget/{name}");
    let mut response = assets::serve(&assets, &name, request.uri().query(), request.headers());
    response.headers_mut().insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("cross-origin"),
    );
    response
}
