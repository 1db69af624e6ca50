//! Every address on one page.

use axum::Router;
use axum::extract::FromRef;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use protocol::ChatbotId;
use tower_http::trace::TraceLayer;

use crate::desk::Desk;
use crate::http::assets::Assets;
use crate::http::{
    address, assets, attachments, body, demo, frame, health, identity, pages, picture, preview,
    reply_files, security, visitors, widget,
};
use crate::socket;

/// What the routes need.
#[derive(Clone, FromRef)]
struct AppState {
    desk: Desk,
    assets: Assets,
}

/// All routes. `demo` names the chatbot on the demo's customer site, if there is one.
pub(crate) fn router(desk: Desk, demo: Option<ChatbotId>) -> Router {
    let state = AppState {
        desk: desk.clone(),
        assets: Assets::load(),
    };
    let functions = Router::new()
        .route("/pages/{*name}", post(pages::server_function))
        .layer(from_fn_with_state(desk.clone(), body::read))
        .layer(from_fn_with_state(desk.clone(), security::same_origin));
    let visitors = Router::new()
        .route("/visitors/identity", post(identity::post))
        .route(
            "/visitors/rating",
            get(visitors::rating::get).post(visitors::rating::post),
        )
        .route(
            "/visitors/before",
            get(visitors::before::get).post(visitors::before::post),
        )
        .route("/visitors/people", get(visitors::people::get))
        .route("/visitors/thumb", post(visitors::thumb::post))
        .route("/visitors/erase", post(visitors::erase::post))
        .route("/visitors/transcript", get(visitors::transcript::get))
        .layer(from_fn_with_state(desk.clone(), body::read));
    let mut router = Router::new()
        .route("/ws/agent", get(socket::connect_agent))
        .route("/ws/visitor", get(socket::connect_visitor))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .route("/assets/{*name}", get(assets::app))
        .route(
            "/attachments/{id}",
            get(attachments::get).post(attachments::post),
        )
        .route("/attachments/{id}/thumbnail", get(attachments::thumbnail))
        .route(
            "/attachments/{id}/reply-files/{file}",
            post(reply_files::attach),
        )
        .route("/reply-files", post(reply_files::post))
        .route("/reply-files/{id}", get(reply_files::get))
        .route("/profile/picture", post(picture::post))
        .route("/agents/{agent}/{picture}", get(picture::get))
        .route("/faces/{picture}", get(picture::face))
        .route("/pictures/{chatbot}", post(picture::post_of_chatbot))
        .route("/pictures/{chatbot}/{picture}", get(picture::of_chatbot))
        .route("/c/{chatbot}", get(widget::alone))
        .route("/widget/", get(frame::page))
        .route("/widget/{*name}", get(widget::file))
        .route("/preview", get(preview::page))
        .route("/preview.js", get(preview::launcher))
        .merge(visitors)
        .merge(functions);
    if cfg!(debug_assertions) {
        router = router.route("/gallery", get(pages::gallery));
    }
    for address in ["/inbox", "/inbox/{conversation}"] {
        router = router.route(address, get(pages::inbox));
    }
    for address in pages::addresses() {
        router = router.route(address, get(pages::page));
    }
    let mut router = router.fallback(get(pages::page)).with_state(state);
    #[cfg(feature = "faults")]
    {
        router = router.route("/ws/echo", get(socket::connect_echo));
    }
    if let Some(chatbot) = demo {
        router = router.merge(demo::routes(chatbot));
    }
    router
        .layer(from_fn(security::headers))
        .layer(from_fn_with_state(desk, address::find))
        .layer(TraceLayer::new_for_http())
}
