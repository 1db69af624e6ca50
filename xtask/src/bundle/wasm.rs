//! WebAssembly made small, and proof that a browser still takes it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::place::Place;
use crate::shell::Step;

/// What every browser that Baton supports can run.
/// Never `--all-features`: the result would hold types that no browser knows.
const OPTIMISE: [&str; 12] = [
    "-Oz",
    "--converge",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--strip-debug",
    "--strip-producers",
];

const COMPILE: &str = "WebAssembly.compile(require('fs').readFileSync(process.argv[1]))";

/// Runs `wasm-opt`, then lets V8 compile the result.
pub(super) fn optimise(place: &Place, step: &mut Step, from: &Path, to: &Path) -> Result<()> {
    let folder = to.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder).context("make the staging folder")?;
    let mut command = place.command("wasm-opt");
    command.args(OPTIMISE).arg(from).arg("-o").arg(to);
    step.run(command)?;

    let mut compile = place.command("node");
    compile.args(["-e", COMPILE]).arg(to);
    step.run(compile)
        .context("the optimised WebAssembly is not valid")
}
