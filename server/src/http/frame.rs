//! The page in the frame: in the visitor's language, in the chatbot's look, framed by its sites alone.

use axum::extract::{Query, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use domain::{Chatbot, sites};
use protocol::ChatbotId;

use super::assets::Assets;
use super::files::{File, Kept};
use super::{look, spoken};
use crate::desk::Desk;

/// What the page is: which chatbot's, and who may frame it.
pub(super) struct Frame<'a> {
    /// None where there is no such chatbot, or not any more; the page says so itself.
    pub(super) chatbot: Option<&'a Chatbot>,
    /// Whether it is named after the chatbot, as a page by itself.
    pub(super) titled: bool,
    pub(super) ancestors: String,
}

/// `GET /widget/`: the page in the frame.
pub(crate) async fn page(
    State(desk): State<Desk>,
    State(assets): State<Assets>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    // As the page itself reads its address: the first of this name, with its escapes undone.
    let query = Query::<Vec<(String, String)>>::try_from_uri(&uri);
    let query = query.map(|Query(query)| query).unwrap_or_default();
    let named = query.iter().find(|(name, _)| name == "chatbot");
    let named = named.map(|(_, id)| id.as_str()).unwrap_or_default();
    let chatbot = match id(named) {
        Some(id) => desk.store.chatbot(id).await,
        None => Ok(None),
    };
    let chatbot = match chatbot {
        Ok(chatbot) => chatbot.filter(|chatbot| !chatbot.archived),
        Err(error) => {
            tracing::error!(%error, "a chatbot could not be read");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let allowed = chatbot
        .as_ref()
        .map(|chatbot| &chatbot.settings.sites.allowed);
    let frame = Frame {
        ancestors: sites::frame_ancestors(allowed.map(Vec::as_slice).unwrap_or_default()),
        chatbot: chatbot.as_deref(),
        titled: false,
    };
    document(&assets, &uri, &headers, &frame)
}

/// The id in 32 digits, with hyphens anywhere: whatever the page takes for one.
pub(super) fn id(text: &str) -> Option<ChatbotId> {
    text.replace('-', "").parse().ok()
}

/// The page in the visitor's language. Each file it names gets its hash, so that a new version is
/// fetched at once and an old one never again.
pub(super) fn document(
    assets: &Assets,
    uri: &Uri,
    headers: &HeaderMap,
    frame: &Frame<'_>,
) -> Response {
    let Some(page) = assets.get("widget/index.html") else {
        return (
            StatusCode::NOT_FOUND,
            "The widget is not built. Run `cargo xtask build`.",
        )
            .into_response();
    };
    let spoken = spoken::of_visitor(assets, uri.query(), headers);
    let settings = frame.chatbot.map(|chatbot| &chatbot.settings);
    let theme = settings.and_then(|settings| look::theme(settings.look.theme));
    let mut html = page
        .text()
        .replace("<html lang=\"en\">", &spoken.element(theme))
        .replace("words/en.txt\"", &format!("words/{}.txt\"", spoken.tag));
    if let Some(chatbot) = frame.chatbot.filter(|_| frame.titled) {
        let title = format!("<title>{}</title>", escaped(chatbot.shown_name()));
        html = html.replace("<title>Chat</title>", &title);
    }
    if let Some(chatbot) = frame.chatbot {
        html = html.replace("<body>", &format!("<body>{}", before_the_program(chatbot)));
    }
    for (name, file) in assets.in_folder("widget/") {
        let hashed = format!("/widget/{name}?v={}\"", file.hash);
        html = html.replace(&format!("/widget/{name}\""), &hashed);
    }
    let picture = frame.chatbot.and_then(look::picture_of);
    let mut style = settings.map(|settings| look::of_frame(&settings.look, picture.as_deref()));
    let page = settings.and_then(|settings| settings.privacy.page.as_deref());
    if let Some(page) = page {
        style.get_or_insert_default().push_str(PRIVACY);
        let link = format!(
            "<a class=\"privacy\" href=\"{}\" target=\"_blank\" rel=\"noopener noreferrer\">{}</a></body>",
            escaped(page),
            spoken::privacy(&spoken.tag)
        );
        html = html.replace("</body>", &link);
    }
    let mut styles = "'self'".to_owned();
    if let Some(style) = style.filter(|style| !style.is_empty()) {
        styles = format!("{styles} {}", look::allowed(&style));
        html = html.replace("</head>", &format!("<style>{style}</style></head>"));
    }
    let policy = policy(&styles, &frame.ancestors);
    // Some browsers and caches go on with the policy that they kept when the page is not modified (RFC
    // 9111, section 3.2), so the page counts as another one when its policy is.
    let page = File::new("index.html", Bytes::from(html), None).under(policy.as_bytes());
    let mut response = page.response(headers, Kept::Checked);
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    headers.insert(
        VARY,
        HeaderValue::from_static("accept-encoding, accept-language"),
    );
    response
}

/// The head of the chat, painted until the program is there and draws its own in its place. Nobody can do
/// anything with it, and who does not see it is not told of it.
fn before_the_program(chatbot: &Chatbot) -> String {
    format!(
        "<section class=\"w\" inert><header><span class=\"face\" data-who=\"ai\"><svg class=\"i\">\
         <use href=\"#i-ai\"/></svg></span><div><h2>{}</h2><p class=\"state-line\">&nbsp;</p></div>\
         </header></section>",
        escaped(chatbot.shown_name())
    )
}

/// The link below the chat.
const PRIVACY: &str = ".w{inset:0 0 28px}.privacy{position:fixed;inset:auto 0 0;height:28px;display:grid;place-items:center;font-size:var(--text-12);color:var(--text-faint);background:var(--surface)}@media(pointer:coarse){.w{inset:0 0 44px}.privacy{height:44px}}";

/// What the page may load, and who may frame it.
fn policy(styles: &str, ancestors: &str) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src {styles}; \
         connect-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; \
         frame-ancestors {ancestors}"
    );
    // Whoever cannot be named is not let in.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(
        "default-src 'none'; frame-ancestors 'none'",
    ))
}

pub(super) fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_id_is_what_the_page_takes_for_one() {
        let id = super::id("0192f8c4-7d3a-7000-8000-000000000001");
        assert!(id.is_some());
        assert_eq!(id, super::id("0192f8c47d3a70008000000000000001"));
        assert_eq!(id, super::id("0192F8C4-7-D3A70008000-000000000001-"));
        assert_eq!(None, super::id("0192f8c4"));
        assert_eq!(None, super::id(""));
    }
}
