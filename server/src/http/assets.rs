//! The files of the app and the widget, embedded in the program and named by their hash.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use rust_embed::RustEmbed;

use super::files::{File, Kept};
use super::loaders::Loaders;

/// What `cargo xtask build` leaves in `dist/`. A dev build reads it from there when it starts.
#[derive(RustEmbed)]
#[folder = "../dist/"]
#[allow_missing = true]
struct Dist;

/// All embedded files, by their path below `dist/`.
#[derive(Debug, Clone)]
pub(crate) struct Assets {
    files: Arc<HashMap<String, File>>,
    /// The widget's loader in the looks of chatbots.
    pub(super) looks: Loaders,
}

impl Assets {
    /// Finds the embedded files.
    pub(crate) fn load() -> Self {
        let names = Dist::iter().filter(|name| !name.ends_with(".br"));
        let files = names.filter_map(|name| {
            let plain = Dist::get(&name)?;
            let brotli = Dist::get(&format!("{name}.br")).map(|file| bytes(file.data));
            // Known since it was built: whoever starts does not read through all files first.
            let hash = plain.metadata.sha256_hash();
            let file = File::hashed(&name, bytes(plain.data), brotli, hash);
            Some((name.into_owned(), file))
        });
        Self {
            files: Arc::new(files.collect()),
            looks: Loaders::default(),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&File> {
        self.files.get(name)
    }

    /// The files of a folder, with their names in it.
    pub(crate) fn in_folder(&self, folder: &'static str) -> impl Iterator<Item = (&str, &File)> {
        let files = self.files.iter();
        files.filter_map(move |(name, file)| Some((name.strip_prefix(folder)?, file)))
    }

    /// The address of one of the app's files.
    fn app(&self, name: &str) -> String {
        match self.get(&format!("app/{name}")) {
            Some(file) => format!("/assets/{name}?v={}", file.hash),
            None => format!("/assets/{name}"),
        }
    }

    /// The addresses of one of the app's programs.
    fn program(&self, name: &str) -> app::Program {
        app::Program {
            js: self.app(&format!("{name}.js")),
            wasm: self.app(&format!("{name}_bg.wasm")),
        }
    }

    /// Where the app's files are, for its pages.
    pub(crate) fn of_app(&self) -> app::Assets {
        app::Assets {
            css: self.app("app.css"),
            boot_js: self.app("boot.js"),
            inbox: self.program("inbox"),
            pages: self.program("pages"),
            icons: self.app("icons.svg"),
            icon: self.app("icon.svg"),
            icon_waits: self.app("icon-waits.svg"),
            icon_touch: self.app("icon-180.png"),
            manifest: self.app("app.webmanifest"),
        }
    }
}

/// A file where it lies in the program, without a copy.
fn bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => data.into(),
    }
}

/// `GET /assets/{*name}`: a file of the app.
pub(crate) async fn app(
    State(assets): State<Assets>,
    Path(name): Path<String>,
    request: axum::http::Request<axum::body::Body>,
) -> Response {
    serve(
        &assets,
        &format!("app/{name}"),
        request.uri().query(),
        request.headers(),
    )
}

/// `GET /favicon.ico`: the icon, which browsers ask for where a page names none.
pub(crate) async fn icon(State(assets): State<Assets>, headers: HeaderMap) -> Response {
    serve(&assets, "app/icon.svg", None, &headers)
}

/// A file, for ever if it was asked for by its hash.
pub(super) fn serve(
    assets: &Assets,
    name: &str,
    query: Option<&str>,
    headers: &HeaderMap,
) -> Response {
    match assets.get(name) {
        Some(file) => {
            let hashed = query.and_then(|query| query.strip_prefix("v=")) == Some(&*file.hash);
            file.response(
                headers,
                if hashed {
                    Kept::ForEver
                } else {
                    Kept::FiveMinutes
                },
            )
        }
        None => (StatusCode::NOT_FOUND, "There is no such file.").into_response(),
    }
}
