//! The smallest HTTP client: one request, one answer.

use axum::body::Body;
use axum::http::{HeaderMap, Request};
use http_body_util::BodyExt as _;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    pub bytes: Vec<u8>,
}

pub(crate) async fn get(url: &str, headers: &[(&str, &str)]) -> Answer {
    send(Request::get(url), headers, Body::empty()).await
}

/// Posts a form, as a page's server function gets it.
pub(crate) async fn post(url: &str, headers: &[(&str, &str)], fields: &[(&str, &str)]) -> Answer {
    let form = serde_urlencoded::to_string(fields).unwrap();
    let request = Request::post(url).header("content-type", "application/x-www-form-urlencoded");
    send(request, headers, Body::from(form)).await
}

/// Posts JSON, as a page's server function gets it.
pub(crate) async fn post_json(
    url: &str,
    headers: &[(&str, &str)],
    body: &serde_json::Value,
) -> Answer {
    let request = Request::post(url).header("content-type", "application/json");
    send(request, headers, Body::from(body.to_string())).await
}

/// Asks with a method that pages have no use for.
pub(crate) async fn asks(method: &str, url: &str, headers: &[(&str, &str)]) -> Answer {
    let request = Request::builder().method(method).uri(url);
    send(request, headers, Body::empty()).await
}

/// Posts bytes as they are.
pub(crate) async fn post_bytes(url: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
    send(Request::post(url), headers, Body::from(body)).await
}

async fn send(
    mut request: axum::http::request::Builder,
    headers: &[(&str, &str)],
    body: Body,
) -> Answer {
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let client = Client::builder(TokioExecutor::new()).build_http();
    let response = client.request(request.body(body).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Answer {
        status: parts.status.as_u16(),
        headers: parts.headers,
        text,
        bytes: bytes.to_vec(),
    }
}
