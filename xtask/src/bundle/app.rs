//! The agents' app: the programs of the crate `frontend` as WebAssembly, their glue, and the script that starts them.

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

/// What an agent has open all day, and everything else.
const PROGRAMS: [&str; 2] = ["inbox", "pages"];

fn make(place: &Place, step: &mut Step, staging: &Path) -> Result<()> {
    let build = ["build", "--package", "frontend", "--bins", "--target", WASM];
    step.run(cargo(
        place,
        &[&build[..], &["--profile", "wasm-release"]].concat(),
    ))?;

    let app = staging.join("app");
    for program in PROGRAMS {
        finish(place, step, program, &app)?;
    }
    esbuild::module(
        place,
        step,
        &place.root.join("frontend/boot.js"),
        &app.join("boot.js"),
    )
}

/// Gives a program its glue, and makes both small.
fn finish(place: &Place, step: &mut Step, program: &str, app: &Path) -> Result<()> {
    let raw = place.staging().join("app-raw");
    let built = place.target.join(WASM).join("wasm-release").join(program);
    let mut bind = place.command("wasm-bindgen");
    bind.args(["--target", "web", "--no-typescript", "--out-dir"]);
    bind.arg(&raw).arg("--out-name").arg(program);
    bind.arg(built.with_extension("wasm"));
    step.run(bind)?;

    let (wasm, glue) = (format!("{program}_bg.wasm"), format!("{program}.js"));
    wasm::optimise(place, step, &raw.join(&wasm), &app.join(&wasm))?;
    wasm::shorten(place, step, &app.join(&wasm), &raw.join(&glue))?;
    // Bundling draws in the snippets that crates bring along, so that the glue is one file.
    esbuild::module(place, step, &raw.join(&glue), &app.join(&glue))
}
