//! The document around the app, written by the server for every page.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;
use protocol::forms::Me;

use crate::api::ApiError;
use crate::parts::trouble::Trouble;
use crate::words::language::{LANGUAGES, Language};
use crate::{Pages, gallery, inbox, live};

/// Where the server serves the app's files. Their names hold hashes, so they may be cached for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    pub css: String,
    /// The script that loads a program and starts it.
    pub boot_js: String,
    pub inbox: Program,
    pub pages: Program,
    /// The sprite that holds every icon.
    pub icons: String,
    /// The page's own icon, and the one that says that a request waits.
    pub icon: String,
    pub icon_waits: String,
    /// The icon on the home screen of an iPhone, which reads no manifest for it.
    pub icon_touch: String,
    /// What a browser needs to install the inbox (W3C Web Application Manifest).
    pub manifest: String,
}

/// A program for the browser and its glue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    pub js: String,
    pub wasm: String,
}

/// The document of every page but the inbox.
pub fn pages_shell(assets: Assets) -> impl IntoView {
    let program = assets.pages.clone();
    document(assets, program, None, Pages)
}

/// The document of the inbox; without an agent it says why there is none.
pub fn inbox_shell(assets: Assets, me: Result<Me, ApiError>) -> impl IntoView {
    let program = assets.inbox.clone();
    let given = me.as_ref().ok().map(live::given::written);
    document(assets, program, given, move || match me {
        Ok(me) => inbox(me).into_any(),
        Err(error) => view! { <Trouble error/> }.into_any(),
    })
}

/// The document of the gallery of parts, which only builds for development serve.
pub fn gallery_shell(assets: Assets) -> impl IntoView {
    let program = Program {
        js: "/assets/gallery.js".to_owned(),
        wasm: "/assets/gallery_bg.wasm".to_owned(),
    };
    document(assets, program, None, gallery)
}

/// Nothing in it is an inline style or an inline script without a nonce.
fn document<V: IntoView>(
    assets: Assets,
    program: Program,
    given: Option<String>,
    body: impl FnOnce() -> V,
) -> impl IntoView {
    provide_context(assets.clone());
    let Assets {
        css,
        boot_js,
        icons,
        icon,
        icon_waits,
        icon_touch,
        manifest,
        ..
    } = assets;
    let Program { js, wasm } = program;
    let language = use_context::<Language>().unwrap_or_default();
    let choices = LANGUAGES
        .iter()
        .map(|language| format!("{} {}", language.tag, language.name));
    let choices = choices.collect::<Vec<_>>().join(",");
    view! {
        <!DOCTYPE html>
        <html lang=language.tag dir=language.direction>
            <head>
                <meta charset="utf-8"/>
                <meta
                    name="viewport"
                    content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
                />
                <meta name="color-scheme" content="light dark"/>
                // The colours of the frame behind everything, for the bar of the system above it.
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#edf1f2"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#090d0f"/>
                <link rel="manifest" href=manifest/>
                <link rel="apple-touch-icon" href=icon_touch/>
                <link rel="stylesheet" href=css/>
                <link
                    rel="icon"
                    id="icon"
                    r#type="image/svg+xml"
                    href=icon.clone()
                    data-calm=icon
                    data-waits=icon_waits
                />
                <link rel="modulepreload" href=js.clone()/>
                <link
                    rel="preload"
                    r#as="fetch"
                    r#type="application/wasm"
                    crossorigin="anonymous"
                    href=wasm.clone()
                />
                <script
                    r#type="module"
                    id="boot"
                    src=boot_js
                    nonce=use_nonce()
                    data-js=js
                    data-wasm=wasm
                    data-icons=icons
                    data-given=given
                    data-languages=choices
                ></script>
                // No program, so the policy has nothing to say to it; and `<` is in no text.
                <script r#type="text/plain" id="words">
                    {language.table()}
                </script>
                <MetaTags/>
            </head>
            <body>{body()}</body>
        </html>
    }
}
