//! The compiler's parts for the browser.

use std::path::Path;

use anyhow::{Context, Result};

use crate::cargo::WASM;
use crate::place::Place;
use crate::shell::{self, Step};

use super::{found, missing};

pub(super) fn ensure_wasm_target(place: &Place, step: &mut Step) -> Result<()> {
    if has_target() {
        found(step);
        return Ok(());
    }
    let mut add = place.command("rustup");
    add.args(["target", "add", WASM]);
    step.run(add).with_context(|| {
        let why = "the app and the widget run in the browser";
        missing(
            &format!("The Rust target {WASM}"),
            why,
            &format!("rustup target add {WASM}"),
        )
    })?;
    step.remark("installed");
    Ok(())
}

/// Asks the compiler itself, which also answers where there is no rustup.
fn has_target() -> bool {
    let library = |sysroot: String| Path::new(&sysroot).join("lib/rustlib").join(WASM);
    shell::answer("rustc", &["--print", "sysroot"])
        .map(library)
        .is_some_and(|path| path.is_dir())
}
