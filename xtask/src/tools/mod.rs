//! What the tasks need beyond cargo: looked for first, installed when missing.

mod apt;
mod autobahn;
mod browser;
mod crates;
mod node;
mod postgres;
mod python;
mod rust;
mod versions;

use anyhow::{Result, anyhow};

use crate::place::Place;
use crate::shell::{self, Step};

pub(crate) use autobahn::find_autobahn;
pub(crate) use browser::{Browser, ensure_browser};
pub(crate) use crates::{Tool, pinned};
pub(crate) use postgres::ensure_postgres;
pub(crate) use python::ensure_python;

/// A tool that could not be had: what, why it is needed, and how to get it by hand.
fn missing(what: &str, why: &str, by_hand: &str) -> anyhow::Error {
    anyhow!("{what} is missing: {why}.\nTo install it by hand: {by_hand}")
}

/// Installs what a build of the browser parts needs.
pub(crate) fn ensure_build_tools(place: &Place) -> Result<()> {
    // What only a person can install is asked for before minutes of compiling.
    shell::step("Node", node::ensure_node)?;
    shell::step("Rust for the browser (wasm32)", |step| {
        rust::ensure_wasm_target(place, step)
    })?;
    for tool in &place.pinned {
        let title = format!("{} {}", tool.program, tool.version);
        shell::step(&title, |step| crates::ensure(place, step, tool))?;
    }
    crates::clear_build(place)?;
    shell::step("Node parts (esbuild, binaryen, Playwright)", |step| {
        node::ensure_parts(place, step)
    })
}

/// Says that nothing had to be done.
fn found(step: &mut Step) {
    step.remark("found");
}
