//! The project's own commands, run as `cargo xtask <command>`.

mod authz;
mod autobahn;
mod bench;
mod build;
mod check;
mod client;
mod demo;
mod dev;
mod dist;
mod e2e;
mod gates;
mod size;
mod test;

mod bundle;
mod cargo;
mod lints;
mod place;
mod postgres;
mod shell;
mod stamp;
mod tally;
mod tools;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::place::Place;

/// Builds, runs and tests Baton; installs what is missing on the way.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing, build, and serve a seeded demo on SQLite.
    Demo(demo::Args),
    /// Build and run `baton serve` with a data folder in the checkout.
    Dev(dev::Args),
    /// Install what tests need and run everything; ends with `N passed, N failed`.
    Test,
    /// The quick half of the tests: format, lints, unit tests. No browser, no PostgreSQL.
    Check,
    /// Browser tests and the client in Python; a filter is given on to Playwright, alone.
    E2e(e2e::Args),
    /// Run one gate: a promise of the hub, on a real server under load and faults.
    Gate(gates::One),
    /// Run the short form of every gate on both databases.
    Gates(gates::All),
    /// Try who may ask what and who is told what, in one matrix of everything that is served.
    Authz(authz::Args),
    /// Measure what the hot paths cost, beside what the machine can do at best.
    Bench(bench::Args),
    /// Print the bytes a browser loads and fail over budget.
    Size,
    /// Build everything: app, widget, style and server.
    Build,
    /// Build the release server with the browser parts inside.
    Dist,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli.task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<ExitCode> {
    shell::listen_for_interrupts()?;
    let place = Place::here()?;
    match task {
        Task::Demo(args) => demo::demo(&place, &args),
        Task::Dev(args) => dev::dev(&place, &args),
        Task::Test => test::test(&place),
        Task::Check => check::check(&place),
        Task::E2e(args) => e2e::e2e(&place, &args),
        Task::Gate(args) => gates::gate(&place, &args),
        Task::Gates(args) => gates::gates(&place, &args),
        Task::Authz(args) => authz::authz(&place, &args),
        Task::Bench(args) => bench::bench(&place, &args),
        Task::Size => size::size(&place),
        Task::Build => build::build(&place),
        Task::Dist => dist::dist(&place),
    }
}
