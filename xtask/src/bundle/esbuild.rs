//! Scripts and styles bundled and minified for the browsers that Baton supports.

use std::path::Path;

use anyhow::Result;

use crate::place::Place;
use crate::shell::Step;

const BROWSERS: &str = "--target=chrome111,firefox114,safari16.4";

/// A module that other modules import or a page starts with `type="module"`.
pub(super) fn module(place: &Place, step: &mut Step, from: &Path, to: &Path) -> Result<()> {
    run(place, step, &["--format=esm"], from, to)
}

/// A module in which some names stand for values, as `LINE.close` for the place of that line.
pub(super) fn module_with(
    place: &Place,
    step: &mut Step,
    values: &[(String, String)],
    from: &Path,
    to: &Path,
) -> Result<()> {
    let define = |(name, value): &(String, String)| format!("--define:{name}={value}");
    let defines: Vec<String> = values.iter().map(define).collect();
    let mut args = vec!["--format=esm", "--charset=utf8"];
    args.extend(defines.iter().map(String::as_str));
    run(place, step, &args, from, to)
}

/// A plain script, with nothing of it visible to the page around it. `VERSION` in it becomes a word.
pub(super) fn script(
    place: &Place,
    step: &mut Step,
    version: &str,
    from: &Path,
    to: &Path,
) -> Result<()> {
    let version = format!("--define:VERSION=\"{version}\"");
    let args = ["--format=iife", "--charset=utf8", &version];
    run(place, step, &args, from, to)
}

pub(super) fn style(place: &Place, step: &mut Step, from: &Path, to: &Path) -> Result<()> {
    run(place, step, &["--loader:.svg=dataurl"], from, to)
}

fn run(place: &Place, step: &mut Step, args: &[&str], from: &Path, to: &Path) -> Result<()> {
    let mut command = place.command("esbuild");
    command
        .args(["--bundle", "--minify", "--log-level=warning", BROWSERS])
        .args(args);
    let mut outfile = std::ffi::OsString::from("--outfile=");
    outfile.push(to);
    command.arg(outfile).arg("--allow-overwrite").arg(from);
    step.run(command)
}
