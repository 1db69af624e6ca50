//! `build`: everything, for the browser and the host.

use std::process::ExitCode;

use anyhow::Result;

use crate::bundle;
use crate::cargo::cargo;
use crate::place::Place;
use crate::shell;
use crate::tools;

pub(crate) fn build(place: &Place) -> Result<ExitCode> {
    everything(place)?;
    shell::note(&format!("dist/ and {} are ready", place.server().display()));
    Ok(ExitCode::SUCCESS)
}

/// Installs what is missing and builds app, widget, style and the dev server.
pub(super) fn everything(place: &Place) -> Result<()> {
    tools::ensure_build_tools(place)?;
    bundle::bundle(place)?;
    shell::step("Server", |step| {
        step.run(cargo(place, &["build", "--bin", "baton"]))
    })
}
