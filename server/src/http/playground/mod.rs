//! The panes of a playground: whatever they ask is asked of the playground's own server, in the name of
//! its visitor or one of its agents, and never in the name of the one who looks at them.

mod dress;
mod upgrade;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::header::{ACCEPT_ENCODING, COOKIE, IF_MODIFIED_SINCE, IF_NONE_MATCH, UPGRADE};
use axum::http::uri::{PathAndQuery, Uri};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum_extra::extract::CookieJar;
use hyper::upgrade::OnUpgrade;
use tower::ServiceExt as _;

use crate::actions::save_settings;
use crate::actions::sign_in;
use crate::auth::cookie;
use crate::auth::origin::{self, Origin};
use crate::desk::Desk;
use crate::playground::{Actor, Sandbox};

/// `/playground/{id}/{actor}/{*rest}`: the rest, asked of the playground.
pub(crate) async fn pass(
    State(desk): State<Desk>,
    Path((id, actor, rest)): Path<(String, String, String)>,
    request: Request<Body>,
) -> Response {
    let sandbox = match owned(&desk, &id, request.method(), request.headers()).await {
        Ok(sandbox) => sandbox,
        Err(status) => return status.into_response(),
    };
    let at = format!("/playground/{id}/{actor}");
    let Some(actor) = Actor::named(&actor) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match (actor, rest.as_str()) {
        (_, "within.js") => return dress::within(),
        (Actor::Visitor, "site") => return dress::site(sandbox.chatbot.id),
        (Actor::Visitor, "site.js") => return dress::site_script(),
        (Actor::Visitor, "site.css") => return dress::site_style(),
        _ => {}
    }
    sandbox.touch();
    let upgrades = request.headers().contains_key(UPGRADE);
    let Some(request) = own(&desk, &sandbox, actor, request) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if upgrades {
        return upgrade::upgrade(sandbox, actor, request).await;
    }
    if sandbox.network.is_down(actor) || sandbox.network.loses() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    sandbox.network.takes_its_time().await;
    let answer = sandbox.router.clone().oneshot(request).await;
    let Ok(answer) = answer;
    dress::dress(answer, &at).await
}

/// The playground of this address, for its owner's own pages: as for everything else that a cookie stands
/// behind, no other site changes something or opens a socket.
async fn owned(
    desk: &Desk,
    id: &str,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Arc<Sandbox>, StatusCode> {
    let signed_in = sign_in::of_request(desk, headers).await;
    let signed_in = signed_in.ok_or(StatusCode::UNAUTHORIZED)?;
    let public_url = &desk.config.server.public_url;
    let reads = matches!(*method, Method::GET | Method::HEAD);
    if !reads && !origin::is_same_origin(headers, public_url) {
        return Err(StatusCode::FORBIDDEN);
    }
    if headers.contains_key(UPGRADE) && origin::of(headers, public_url) != Origin::Own {
        return Err(StatusCode::FORBIDDEN);
    }
    let allowed = save_settings::allowed(desk, signed_in.agent).await;
    allowed.map_err(|_| StatusCode::FORBIDDEN)?;
    let sandbox = desk.playgrounds.of(signed_in.agent);
    let sandbox = sandbox.filter(|sandbox| sandbox.id == id);
    sandbox.ok_or(StatusCode::NOT_FOUND)
}

/// The request as the playground gets it: without what stands before its address, without what is known
/// of the one who looks, and with its own actor's sign-in.
fn own(
    desk: &Desk,
    sandbox: &Sandbox,
    actor: Actor,
    request: Request<Body>,
) -> Option<Request<Body>> {
    let (mut parts, body) = request.into_parts();
    // `/playground/{id}/{actor}` and the rest, as it was sent.
    let rest = parts.uri.path().splitn(5, '/').nth(4)?;
    let target = match parts.uri.query() {
        Some(query) => format!("/{rest}?{query}"),
        None => format!("/{rest}"),
    };
    let target: PathAndQuery = target.parse().ok()?;
    parts.uri = Uri::from(target);
    let headers = &mut parts.headers;
    let language = CookieJar::from_headers(headers)
        .get(app::LANGUAGE_COOKIE)
        .map(|kept| format!("{}={}", app::LANGUAGE_COOKIE, kept.value()));
    let token = sandbox.token(actor).map(|token| {
        let set = cookie::set(token, &desk.config.server.public_url);
        let set = set.to_str().unwrap_or_default();
        set.split(';').next().unwrap_or_default().to_owned()
    });
    let cookies: Vec<String> = language.into_iter().chain(token).collect();
    // What is said about an answer does not hold for what becomes of it here.
    for name in [COOKIE, ACCEPT_ENCODING, IF_NONE_MATCH, IF_MODIFIED_SINCE] {
        headers.remove(name);
    }
    if !cookies.is_empty() {
        let cookies = HeaderValue::from_str(&cookies.join("; ")).ok()?;
        headers.insert(COOKIE, cookies);
    }
    // The playground's router finds its own parameters in the address.
    let upgrade = parts.extensions.remove::<OnUpgrade>();
    let peer = parts.extensions.remove::<ConnectInfo<SocketAddr>>();
    parts.extensions.clear();
    if let Some(upgrade) = upgrade {
        parts.extensions.insert(upgrade);
    }
    parts.extensions.insert(peer?);
    Some(Request::from_parts(parts, body))
}
