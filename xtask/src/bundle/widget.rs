//! The visitor's chat: bundled by Trunk, its scripts minified, and the loader beside it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::place::Place;
use crate::shell::Step;

use super::{Bundle, esbuild, wasm};

pub(super) const WIDGET: Bundle = Bundle {
    name: "widget",
    title: "Widget and loader (Trunk)",
    inputs: &[
        "protocol",
        "socket",
        "widget",
        "style/widget-icons.svg",
        "Trunk.toml",
    ],
    make,
};

fn make(place: &Place, step: &mut Step, staging: &Path) -> Result<()> {
    let widget = staging.join("widget");
    let mut trunk = place.command("trunk");
    // Trunk takes NO_COLOR for a flag of its own and wants `true` or `false` in it.
    trunk
        .env_remove("NO_COLOR")
        .args(["build", "--release", "--skip-version-check", "--dist"]);
    step.run({
        trunk.arg(&widget);
        trunk
    })?;

    for file in files(&widget)? {
        match file.extension().and_then(|name| name.to_str()) {
            // Trunk's own minifier cannot read the glue of this wasm-bindgen.
            Some("js") => esbuild::module(place, step, &file, &file)?,
            Some("wasm") => wasm::optimise(place, step, &file, &file)?,
            _ => {}
        }
    }
    let loader = place.root.join("widget/loader/loader.js");
    esbuild::script(place, step, &loader, &widget.join("loader.js"))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("list {}", folder.display()))?;
    entries.map(|entry| Ok(entry?.path())).collect()
}
