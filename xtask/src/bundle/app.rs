//! The agents' app: the crate `frontend` as WebAssembly, its glue, and the script that starts it.

use std::path::Path;

use anyhow::Result;

use crate::cargo::{WASM, cargo};
use crate::place::Place;
use crate::shell::Step;

use super::{Bundle, esbuild, wasm};

pub(super) const APP: Bundle = Bundle {
    name: "app",
    title: "App (WebAssembly)",
    inputs: &["protocol", "domain", "socket", "app", "frontend"],
    make,
};

fn make(place: &Place, step: &mut Step, staging: &Path) -> Result<()> {
    let build = ["build", "--package", "frontend", "--lib", "--target", WASM];
    step.run(cargo(
        place,
        &[&build[..], &["--profile", "wasm-release"]].concat(),
    ))?;

    let raw = place.staging().join("app-raw");
    let mut bind = place.command("wasm-bindgen");
    bind.args([
        "--target",
        "web",
        "--no-typescript",
        "--out-name",
        "app",
        "--out-dir",
    ]);
    bind.arg(&raw)
        .arg(place.target.join(WASM).join("wasm-release/frontend.wasm"));
    step.run(bind)?;

    let app = staging.join("app");
    wasm::optimise(
        place,
        step,
        &raw.join("app_bg.wasm"),
        &app.join("app_bg.wasm"),
    )?;
    wasm::shorten(place, step, &app.join("app_bg.wasm"), &raw.join("app.js"))?;
    // Bundling draws in the snippets that crates bring along, so that the glue is one file.
    esbuild::module(place, step, &raw.join("app.js"), &app.join("app.js"))?;
    esbuild::module(
        place,
        step,
        &place.root.join("frontend/boot.js"),
        &app.join("boot.js"),
    )
}
