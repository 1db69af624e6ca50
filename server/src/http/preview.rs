//! The chat in a look that is not saved yet: the widget's own style sheet and loader, without its
//! program, for whoever may change settings.

use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use domain::settings::check;
use protocol::look::LookSettings;
use protocol::settings::SettingsLayer;
use serde::Deserialize;

use super::assets::Assets;
use super::frame::escaped;
use super::{look, spoken, widget};
use crate::actions::save_settings;
use crate::actions::sign_in;
use crate::desk::Desk;

/// What is shown.
#[derive(Deserialize)]
pub(crate) struct Asked {
    /// The look as JSON.
    look: String,
    /// `light` or `dark`.
    #[serde(default)]
    theme: String,
    /// On a phone the chat covers the page, and the launcher is not seen.
    #[serde(default)]
    phone: bool,
    #[serde(default)]
    name: String,
    #[serde(default)]
    question: String,
    #[serde(default)]
    answer: String,
    /// What the assistant is called above its words.
    #[serde(default)]
    assistant: String,
    /// The chatbot and its picture, with a slash between; nothing where it has none.
    #[serde(default)]
    picture: String,
}

impl Asked {
    /// Where the picture is, out of two ids and nothing else.
    fn picture(&self) -> Option<String> {
        let (chatbot, picture) = self.picture.split_once('/')?;
        Some(look::picture(chatbot.parse().ok()?, picture.parse().ok()?))
    }
}

/// `GET /preview`: the chat, with its launcher in its corner.
pub(crate) async fn page(
    State(desk): State<Desk>,
    State(assets): State<Assets>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let (asked, shown) = match read(&desk, &uri, &headers).await {
        Ok(read) => read,
        Err(status) => return status.into_response(),
    };
    let (Some(page), Some(css)) = (
        assets.get("widget/index.html"),
        assets.get("widget/widget.css"),
    ) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let spoken = spoken::of_visitor(&assets, uri.query(), &headers);
    let theme = match asked.theme.as_str() {
        "dark" => "dark",
        _ => "light",
    };
    let place = match asked.phone {
        true => "inset:0".to_owned(),
        false => format!(
            "{};width:384px;overflow:hidden;box-shadow:0 12px 40px rgb(12 35 44/.22)",
            look::panel(&shown)
        ),
    };
    // What is fixed in it stays within it.
    let style = format!(
        "{}html{{background:var(--line-soft)}}.shown{{position:fixed;transform:translate(0);{place}}}",
        look::of_frame(&shown, asked.picture().as_deref())
    );
    let launcher = match asked.phone {
        true => String::new(),
        false => {
            let query = uri.query().unwrap_or_default();
            let theme = format!("data-theme=\"{theme}\" data-chatbot=\"preview\"");
            format!(
                "<script src=\"/preview.js?{}\" {theme}></script>",
                escaped(query)
            )
        }
    };
    let text = page.text();
    let html = format!(
        "<!doctype html>{}<head><meta charset=\"utf-8\"><title>Chat</title>\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <link rel=\"stylesheet\" href=\"/widget/widget.css?v={}\"><style>{style}</style></head>\
         <body inert>{}<div class=\"shown\">{}</div>{launcher}</body></html>",
        spoken.element(Some(theme)),
        css.hash,
        sprite(&text),
        panel(&asked)
    );
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self' {}; img-src 'self' data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
        look::allowed(&style)
    );
    answer(html, "text/html; charset=utf-8", &policy)
}

/// `GET /preview.js`: the loader in the look that the preview shows.
pub(crate) async fn launcher(
    State(desk): State<Desk>,
    State(assets): State<Assets>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let (asked, shown) = match read(&desk, &uri, &headers).await {
        Ok(read) => read,
        Err(status) => return status.into_response(),
    };
    let look = look::of_launcher(&shown, false, asked.picture().as_deref());
    match assets.get("widget/loader.js") {
        Some(loader) => answer(
            widget::with_look(loader, &look),
            "text/javascript; charset=utf-8",
            "default-src 'none'",
        ),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What is asked for, if it may be asked for and is a look.
async fn read(
    desk: &Desk,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<(Asked, LookSettings), StatusCode> {
    let signed_in = sign_in::of_request(desk, headers).await;
    let signed_in = signed_in.ok_or(StatusCode::UNAUTHORIZED)?;
    let allowed = save_settings::allowed(desk, signed_in.agent).await;
    allowed.map_err(|_| StatusCode::FORBIDDEN)?;
    let asked = Query::<Asked>::try_from_uri(uri);
    let Query(asked) = asked.map_err(|_| StatusCode::BAD_REQUEST)?;
    let look: LookSettings =
        serde_json::from_str(&asked.look).map_err(|_| StatusCode::BAD_REQUEST)?;
    let layer = SettingsLayer {
        look: Some(look.clone()),
        ..SettingsLayer::default()
    };
    check(&layer, &[]).map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)?;
    Ok((asked, look))
}

fn answer(body: String, mime: &'static str, policy: &str) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(mime));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(policy) = HeaderValue::from_str(policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The icons that the page in the frame draws from.
fn sprite(page: &str) -> &str {
    let Some(from) = page.find("<svg xmlns") else {
        return "";
    };
    let rest = &page[from..];
    rest.find("</svg>")
        .map_or("", |to| &rest[..to + "</svg>".len()])
}

/// A chat as the widget draws it.
fn panel(asked: &Asked) -> String {
    let icon = |name: &str| format!("<svg class=\"i\"><use href=\"#i-{name}\"/></svg>");
    let row = |from: &str, name: &str, words: &str| {
        format!(
            "<li class=\"m\" data-from=\"{from}\">{name}<div class=\"b\" dir=\"auto\"><p>{}</p></div></li>",
            escaped(words)
        )
    };
    let name = format!(
        "<span class=\"from\">{}{}</span>",
        icon("ai"),
        escaped(&asked.assistant)
    );
    format!(
        "<section class=\"w\" data-held=\"ai\"><header><span class=\"face\" data-who=\"ai\">{}</span>\
         <div><h2>{}</h2></div><button class=\"btn sq\" data-kind=\"quiet\">{}</button></header>\
         <div class=\"chat\"><ol>{}{}</ol></div>\
         <form class=\"say-box\"><div class=\"in\"><textarea rows=\"1\"></textarea>\
         <button class=\"btn sq\" data-kind=\"primary\">{}</button></div></form></section>",
        icon("ai"),
        escaped(&asked.name),
        icon("x"),
        row("me", "", &asked.question),
        row("ai", &name, &asked.answer),
        icon("send"),
    )
}
