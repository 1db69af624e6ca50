//! `demo`: from a fresh checkout to a seeded demo that waits for a click.

use std::os::unix::process::CommandExt;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::build;
use crate::place::Place;
use crate::shell;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Given on to `baton demo`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub(crate) fn demo(place: &Place, args: &Args) -> Result<ExitCode> {
    shell::note("Baton demo: the first time takes several minutes, later ones seconds");
    build::everything(place)?;
    // The server takes this process's place, so that Ctrl-C reaches it and nothing else is left.
    let error = place
        .command(place.server())
        .arg("demo")
        .args(&args.arguments)
        .exec();
    Err(error).context("start baton demo")
}
