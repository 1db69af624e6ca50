//! The smallest HTTP client: one request, one answer.

use std::time::Duration;

use anyhow::{Context as _, Result};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tokio_tungstenite::tungstenite::http::{HeaderMap, Method, Request};

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The cookie that it sets.
    pub(crate) fn cookie(&self) -> Result<String> {
        let set = self.headers.get("set-cookie");
        let set = set.with_context(|| format!("no cookie: {} {}", self.status, self.text))?;
        let whole = set.to_str().context("a cookie is text")?;
        Ok(whole.split(';').next().unwrap_or_default().to_owned())
    }
}

/// Posts a form, as a page's server function gets it.
pub(crate) async fn post_form(
    url: &str,
    headers: &[(&str, &str)],
    fields: &[(&str, &str)],
) -> Result<Answer> {
    let form = serde_urlencoded::to_string(fields)?;
    let kind = ("content-type", "application/x-www-form-urlencoded");
    send(Method::POST, url, &[headers, &[kind]].concat(), form).await
}

/// Posts JSON, as a page's server function gets it.
pub(crate) async fn post_json(
    url: &str,
    headers: &[(&str, &str)],
    body: &serde_json::Value,
) -> Result<Answer> {
    let kind = ("content-type", "application/json");
    let headers = [headers, &[kind]].concat();
    send(Method::POST, url, &headers, body.to_string()).await
}

async fn send(method: Method, url: &str, headers: &[(&str, &str)], body: String) -> Result<Answer> {
    let mut request = Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Full::new(body.into_bytes().into()))?;
    let client: Client<_, Full<tokio_tungstenite::tungstenite::Bytes>> =
        Client::builder(TokioExecutor::new()).build_http();
    let asking = async {
        let response = client.request(request).await?;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await?.to_bytes();
        anyhow::Ok(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        })
    };
    let answer = tokio::time::timeout(Duration::from_secs(20), asking).await;
    answer.with_context(|| format!("no answer from {url}"))?
}
