//! `dist`: the release server, one file with the browser parts inside.

use std::process::ExitCode;

use anyhow::Result;

use crate::bundle;
use crate::cargo::cargo;
use crate::place::Place;
use crate::shell;
use crate::size;
use crate::tools;

pub(crate) fn dist(place: &Place) -> Result<ExitCode> {
    tools::ensure_build_tools(place)?;
    bundle::bundle(place)?;
    bundle::without_gallery(place);
    size::within_budget(place)?;
    shell::step("Server (release)", |step| {
        step.run(cargo(place, &["build", "--release", "--bin", "baton"]))
    })?;
    shell::note(&format!(
        "ready: {}",
        place.target.join("release/baton").display()
    ));
    Ok(ExitCode::SUCCESS)
}
