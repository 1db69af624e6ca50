//! `dev`: the server as a developer runs it, with a data folder in the checkout.

use std::os::unix::process::CommandExt;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::build;
use crate::bundle;
use crate::place::Place;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Given on to `baton serve`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub(crate) fn dev(place: &Place, args: &Args) -> Result<ExitCode> {
    build::everything(place)?;
    bundle::gallery(place)?;
    let error = place
        .command(place.server())
        .arg("serve")
        .args(&args.arguments)
        .exec();
    Err(error).context("start baton serve")
}
