//! The app's pages, painted on the server, and the server functions they call.

use std::sync::{Arc, LazyLock};

use app::api::ApiError;
use app::api::sign_in::SignIn as _;
use app::{Language, Nothing, Pages};
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{ACCEPT_LANGUAGE, ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use leptos::nonce::use_nonce;
use leptos::prelude::{IntoView, provide_context, use_context};
use leptos_axum::ResponseOptions;

use super::asked_for;
use super::assets::Assets;
use crate::backend::RequestBackend;
use crate::desk::Desk;
use crate::http::api;

/// The largest answer that says why not.
const ERROR: usize = 64 * 1024;

/// A page of the app other than the inbox.
pub(crate) async fn page(
    State(desk): State<Desk>,
    State(assets): State<Assets>,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let asked = parts.uri.clone();
    let backend = Arc::new(RequestBackend::of(desk, &parts).await);
    let urls = assets.of_app();
    let painted = paint(Request::from_parts(parts, body), backend, move || {
        app::pages_shell(urls.clone())
    });
    asked_for::lead(&asked, painted.await)
}

/// Whatever is served at no address: a page says so to who reads, and JSON to programs. A page that was
/// asked for with a slash behind its name is found without.
pub(crate) async fn elsewhere(
    State(desk): State<Desk>,
    State(assets): State<Assets>,
    request: Request<Body>,
) -> Response {
    if api::is_meant(request.uri().path()) {
        return api::nothing(desk.now());
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET,HEAD")]).into_response();
    }
    let without = request.uri().path().strip_suffix('/');
    if let Some(path) = without.filter(|path| is_page(path)) {
        let query = request.uri().query();
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        return Redirect::to(&format!("{path}{query}")).into_response();
    }
    let mut response = page(State(desk), State(assets), request).await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// The inbox, for who is signed in; everybody else is led to the door.
pub(crate) async fn inbox(
    State(desk): State<Desk>,
    State(assets): State<Assets>,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let backend = Arc::new(RequestBackend::of(desk, &parts).await);
    let me = match backend.me().await {
        Ok(Some(me)) => Ok(me),
        Ok(None) => return Redirect::to(&asked_for::door(&parts.uri)).into_response(),
        Err(error) => Err(error),
    };
    let urls = assets.of_app();
    paint(Request::from_parts(parts, body), backend, move || {
        app::inbox_shell(urls.clone(), me.clone())
    })
    .await
}

/// Every part of the app in every state. Only served by builds for development, which alone have its
/// program.
pub(crate) async fn gallery(
    State(desk): State<Desk>,
    State(assets): State<Assets>,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let backend = Arc::new(RequestBackend::of(desk, &parts).await);
    let urls = assets.of_app();
    paint(Request::from_parts(parts, body), backend, move || {
        app::gallery_shell(urls.clone())
    })
    .await
}

/// Writes a document.
async fn paint<V: IntoView + 'static>(
    request: Request<Body>,
    backend: Arc<RequestBackend>,
    shell: impl Fn() -> V + Clone + Send + Sync + 'static,
) -> Response {
    let language = language(request.headers());
    let nothing = Nothing::default();
    let said = nothing.clone();
    let render = leptos_axum::render_app_async_with_context(
        move || {
            backend.clone().provide();
            provide_context(language);
            provide_context(nothing.clone());
        },
        // The nonce is this page's from here on; before, it is not.
        move || {
            set_policy();
            shell()
        },
    );
    let mut response = render(request).await.into_response();
    // Who is led to the door may find something behind it.
    if said.is_said() && !response.status().is_redirection() {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The language that the reader chose in this browser, else the one that the browser asks for.
pub(crate) fn language(headers: &HeaderMap) -> Language {
    let jar = CookieJar::from_headers(headers);
    let chosen = jar.get(app::LANGUAGE_COOKIE).map(Cookie::value);
    let accepted = headers.get(ACCEPT_LANGUAGE);
    let accepted = accepted.and_then(|accepted| accepted.to_str().ok());
    Language::of_reader(chosen, accepted.unwrap_or_default())
}

/// A server function.
pub(crate) async fn server_function(State(desk): State<Desk>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let backend = Arc::new(RequestBackend::of(desk, &parts).await);
    let request = Request::from_parts(parts, body);
    let provide = move || backend.clone().provide();
    let mut response = leptos_axum::handle_server_fns_with_context(provide, request)
        .await
        .into_response();
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    with_honest_status(response).await
}

/// Server functions answer every error with 500; what a rule refused is not the server's failure.
async fn with_honest_status(response: Response) -> Response {
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = axum::body::to_bytes(body, ERROR).await else {
        return parts.status.into_response();
    };
    match serde_json::from_slice(&body) {
        Ok(ApiError::Refused { .. } | ApiError::SwitchedOff(_)) => {
            parts.status = StatusCode::UNPROCESSABLE_ENTITY
        }
        Ok(ApiError::SignInNeeded) => parts.status = StatusCode::UNAUTHORIZED,
        Ok(ApiError::Malformed) => parts.status = StatusCode::BAD_REQUEST,
        Ok(ApiError::Unavailable) => parts.status = StatusCode::SERVICE_UNAVAILABLE,
        Err(_) => {}
    }
    Response::from_parts(parts, Body::from(body))
}

/// The page's policy holds the nonce that leptos gave its own scripts.
fn set_policy() {
    let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce()) else {
        return;
    };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(CONTENT_SECURITY_POLICY, policy);
    }
}

/// The addresses of the app's pages other than the inbox. Found once: meanwhile leptos loads nothing
/// for any page of the process, so a second server must not look while the first one answers.
pub(crate) fn addresses() -> &'static [String] {
    static ADDRESSES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let routes = leptos_axum::generate_route_list(Pages);
        routes.iter().map(|route| route.path().to_owned()).collect()
    });
    &ADDRESSES
}

/// Whether a page of the app is served at a path.
pub(crate) fn is_page(path: &str) -> bool {
    let inbox = ["/inbox", "/inbox/{conversation}"].into_iter();
    let pages = addresses().iter().map(String::as_str);
    inbox.chain(pages).any(|address| is_at(address, path))
}

/// Whether a path is at an address, as the router writes it: `{}` stands for one part of it.
fn is_at(address: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    let fits = address.split('/').all(|one| match parts.next() {
        Some(part) => one == part || (one.starts_with('{') && !part.is_empty()),
        None => false,
    });
    fits && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_path_is_at_an_address_or_not() {
        for (address, path, is) in [
            ("/", "/", true),
            ("/team", "/team", true),
            ("/team", "/team/", false),
            ("/team", "//team", false),
            ("/chatbots/{id}", "/chatbots/all", true),
            ("/chatbots/{id}", "/chatbots/", false),
            ("/chatbots/{id}", "/chatbots", false),
            ("/chatbots/{id}", "/chatbots/all/look", false),
            ("/chatbots/{id}/{section}", "/chatbots//look", false),
        ] {
            assert_eq!(is, is_at(address, path), "{address} {path}");
        }
        assert!(is_page("/inbox/1") && !is_page("/nothing"));
    }
}
