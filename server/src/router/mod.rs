//! Every address on one page.

mod listed;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::handler::Handler as _;
use axum::middleware::{from_fn, from_fn_with_state};
use protocol::ChatbotId;
use protocol::data::FILE_BYTES;
use tower_http::trace::TraceLayer;

use crate::desk::Desk;
use crate::http::assets::Assets;
use crate::http::to_the_end::to_the_end;
use crate::http::{
    address, api, assets, attachments, audit, body, data, demo, frame, head, health, identity,
    pages, picture, playground, preview, reply_files, security, visitors, widget,
};
use crate::socket;

pub use listed::Address;
pub(crate) use listed::Listed;

/// What a form needs around its file.
const FORM_BYTES: usize = 4096;

/// What the routes need.
#[derive(Clone, FromRef)]
struct AppState {
    desk: Desk,
    assets: Assets,
}

/// What only our own pages may ask.
fn functions() -> Listed<AppState> {
    Listed::new().post("/pages/{*name}", pages::server_function)
}

/// What a visitor's chat asks for besides its socket.
fn visitors() -> Listed<AppState> {
    Listed::new()
        .post("/visitors/identity", identity::post)
        .get("/visitors/rating", visitors::rating::get)
        .post("/visitors/rating", visitors::rating::post)
        .get("/visitors/before", visitors::before::get)
        .post("/visitors/before", visitors::before::post)
        .post("/visitors/thumb", visitors::thumb::post)
        .post("/visitors/erase", visitors::erase::post)
        .get("/visitors/transcript", visitors::transcript::get)
        .get("/visitors/people", visitors::people::get)
}

/// What programs ask with a token.
fn api() -> Listed<AppState> {
    Listed::new()
        .get("/api/v1/openapi.json", api::openapi::get)
        .get("/api/v1/me", api::me::get)
        .get("/api/v1/conversations", api::conversations::get)
        .get("/api/v1/conversations/{id}", api::conversation::get)
        .get("/api/v1/conversations/{id}/entries", api::entries::get)
        .get("/api/v1/conversations/{id}/contact", api::contact::get)
        .post("/api/v1/conversations/{id}/messages", api::messages::post)
        .post("/api/v1/conversations/{id}/notes", api::notes::post)
        .post("/api/v1/conversations/{id}/claim", api::claim::post)
        .post("/api/v1/conversations/{id}/release", api::release::post)
        .post("/api/v1/conversations/{id}/resolve", api::resolve::post)
}

/// Everything else.
fn others() -> Listed<AppState> {
    let mut routes = Listed::new()
        .get("/ws/agent", socket::connect_agent)
        .get("/ws/visitor", socket::connect_visitor)
        .get("/healthz", health::live)
        .get("/readyz", health::ready)
        .get("/assets/{*name}", assets::app)
        .get("/favicon.ico", assets::icon)
        .get("/attachments/{id}", attachments::get)
        .post("/attachments/{id}", attachments::post)
        .get("/attachments/{id}/thumbnail", attachments::thumbnail)
        .post("/attachments/{id}/reply-files/{file}", reply_files::attach)
        .post("/reply-files", reply_files::post)
        .get("/reply-files/{id}", reply_files::get)
        .get("/data/settings.json", data::get)
        .post(
            "/data/import",
            data::post.layer(DefaultBodyLimit::max(FILE_BYTES + FORM_BYTES)),
        )
        .get("/audit/export.csv", audit::csv)
        .get("/audit/export.jsonl", audit::lines)
        .post("/profile/picture", picture::post)
        .get("/agents/{agent}/{picture}", picture::get)
        .get("/faces/{picture}", picture::face)
        .post("/pictures/{chatbot}", picture::post_of_chatbot)
        .get("/pictures/{chatbot}/{picture}", picture::of_chatbot)
        .get("/c/{chatbot}", widget::alone)
        .get("/widget/", frame::page)
        .get("/widget/{*name}", widget::file)
        .get("/preview", preview::page)
        .get("/preview.js", preview::launcher)
        .get("/playground/{id}/{actor}/{*rest}", playground::pass)
        .post("/playground/{id}/{actor}/{*rest}", playground::pass)
        .get("/inbox", pages::inbox)
        .get("/inbox/{conversation}", pages::inbox);
    if cfg!(debug_assertions) {
        routes = routes.get("/gallery", pages::gallery);
    }
    #[cfg(feature = "faults")]
    {
        routes = routes
            .get("/ws/echo", socket::connect_echo)
            .get("/ws/publish", socket::connect_publish);
    }
    for address in pages::addresses() {
        routes = routes.get(address.as_str(), pages::page);
    }
    routes.otherwise(pages::elsewhere)
}

/// All routes. `demo` names the chatbot on the demo's customer site, if there is one.
pub(crate) fn router(desk: Desk, demo: Option<ChatbotId>) -> Router {
    let state = AppState {
        desk: desk.clone(),
        assets: Assets::load(),
    };
    let functions = functions()
        .router()
        .layer(from_fn_with_state(desk.clone(), body::read))
        .layer(from_fn_with_state(desk.clone(), security::same_origin));
    let visitors = visitors()
        .router()
        .layer(from_fn_with_state(desk.clone(), body::read));
    let mut router = others()
        .router()
        .merge(visitors)
        .merge(functions)
        .merge(api().router().method_not_allowed_fallback(api::not_so))
        .with_state(state);
    if let Some(chatbot) = demo {
        router = router.merge(demo::routes().router().with_state(chatbot));
    }
    router
        .layer(from_fn_with_state(desk.clone(), to_the_end))
        .layer(from_fn_with_state(desk.clone(), head::bounded))
        .layer(from_fn(security::headers))
        .layer(from_fn_with_state(desk, address::find))
        .layer(TraceLayer::new_for_http())
}

/// Every address that is served, by `baton serve` or by `baton demo`: whoever adds one adds what may be
/// asked of it, and by whom, to `server/tests/it/authz`. The last one stands for all that is served
/// nowhere else.
pub fn addresses() -> Vec<Address> {
    let mut all = functions().addresses();
    all.extend(visitors().addresses());
    all.extend(api().addresses());
    all.extend(demo::routes().addresses());
    all.extend(others().addresses());
    all
}
