//! The agents' app: the programs of the crate `frontend` as WebAssembly, their glue, and the script that starts them.

use std::path::Path;

use anyhow::Result;

use crate::cargo::{WASM, cargo};
use crate::place::Place;
use crate::shell::Step;

use super::{Bundle, esbuild, wasm};

/// What a program of the app is made from.
const INPUTS: &[&str] = &["protocol", "domain", "socket", "app", "frontend"];

pub(super) const APP: Bundle = Bundle {
    name: "app",
    title: "App (WebAssembly)",
    inputs: INPUTS,
    make,
};

/// Every part in every state, for who works on the look and for the browser tests. No release has it.
pub(super) const GALLERY: Bundle = Bundle {
    name: "gallery",
    title: "Gallery of parts",
    inputs: &[
        "protocol",
        "domain",
        "socket",
        "app",
        "frontend",
        "style/gallery.css",
    ],
    make: make_gallery,
};

/// What an agent has open all day, and everything else.
const PROGRAMS: [&str; 2] = ["inbox", "pages"];

fn make(place: &Place, step: &mut Step, staging: &Path) -> Result<()> {
    compile(place, step, &PROGRAMS)?;
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

fn make_gallery(place: &Place, step: &mut Step, staging: &Path) -> Result<()> {
    const PROGRAM: &str = "gallery";
    compile(place, step, &[PROGRAM])?;
    let app = staging.join("app");
    bind(place, step, PROGRAM, &app)?;
    let style = place.root.join("style/gallery.css");
    esbuild::style(place, step, &style, &app.join("gallery.css"))
}

fn compile(place: &Place, step: &mut Step, programs: &[&str]) -> Result<()> {
    let mut build = vec!["build", "--package", "frontend", "--target", WASM];
    build.extend(["--profile", "wasm-release"]);
    build.extend(programs.iter().flat_map(|program| ["--bin", program]));
    step.run(cargo(place, &build))
}

/// Writes a program's glue beside it.
fn bind(place: &Place, step: &mut Step, program: &str, to: &Path) -> Result<()> {
    let built = place.target.join(WASM).join("wasm-release").join(program);
    let mut bind = place.command("wasm-bindgen");
    bind.args(["--target", "web", "--no-typescript", "--out-dir"]);
    bind.arg(to).arg("--out-name").arg(program);
    bind.arg(built.with_extension("wasm"));
    step.run(bind)
}

/// Gives a program its glue, and makes both small.
fn finish(place: &Place, step: &mut Step, program: &str, app: &Path) -> Result<()> {
    let raw = place.staging().join("app-raw");
    bind(place, step, program, &raw)?;
    let (wasm, glue) = (format!("{program}_bg.wasm"), format!("{program}.js"));
    wasm::optimise(place, step, &raw.join(&wasm), &app.join(&wasm))?;
    wasm::shorten(place, step, &app.join(&wasm), &raw.join(&glue))?;
    // Bundling draws in the snippets that crates bring along, so that the glue is one file.
    esbuild::module(place, step, &raw.join(&glue), &app.join(&glue))
}
