//! The document around the app, written by the server for every page.

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::App;

/// Where the server serves the app's files. Their names hold hashes, so they may be cached for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    pub css: String,
    /// The script that loads the other two and starts the app.
    pub boot_js: String,
    pub app_js: String,
    pub app_wasm: String,
    /// The sprite that holds every icon.
    pub icons: String,
}

/// The whole page. Nothing in it is an inline style or an inline script without a nonce.
pub fn shell(assets: Assets) -> impl IntoView {
    provide_context(assets.clone());
    let Assets {
        css,
        boot_js,
        app_js,
        app_wasm,
        ..
    } = assets;
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8"/>
                <meta
                    name="viewport"
                    content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
                />
                <meta name="color-scheme" content="light dark"/>
                <link rel="stylesheet" href=css/>
                <link rel="modulepreload" href=app_js.clone()/>
                <link
                    rel="preload"
                    r#as="fetch"
                    r#type="application/wasm"
                    crossorigin="anonymous"
                    href=app_wasm.clone()
                />
                <script
                    r#type="module"
                    src=boot_js
                    nonce=use_nonce()
                    data-js=app_js
                    data-wasm=app_wasm
                ></script>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
