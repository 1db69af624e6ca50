//! The program `load`: puts a real server under load and faults, judges what it keeps, and measures what
//! that costs.

mod bare;
mod bench;
mod chance;
mod check;
mod client;
mod database;
mod gates;
mod history;
mod http;
mod linear;
mod proxy;
mod report;
mod server;
mod site;
mod splitmix;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, ValueEnum as _};
use nix::sys::resource::{Resource, getrlimit, setrlimit};

use crate::bare::fanout::Flush;
use crate::bench::cpu::Core;
use crate::chance::Chance;
use crate::database::Kind;
use crate::gates::{Gate, Run};
use crate::report::Report;

/// Puts a real server under load.
#[derive(Parser)]
enum Cli {
    /// Run one gate: it prints a line of JSON, and fails when a promise is broken.
    Gate(GateArgs),
    /// Measure: it prints a line of JSON with all figures.
    Bench(bench::Args),
    /// Serve a bare fan-out, to measure against.
    Bare(BareArgs),
}

#[derive(clap::Args)]
struct GateArgs {
    /// Which one.
    gate: Gate,
    /// The server, built with the feature `faults`.
    #[arg(long)]
    program: PathBuf,
    /// `sqlite`, or the URL of a PostgreSQL server on which databases may be made.
    #[arg(long, default_value = "sqlite")]
    database: Kind,
    /// The form for releases.
    #[arg(long)]
    long: bool,
    /// A known defect, which the gate has to catch.
    #[arg(long)]
    sabotage: Option<String>,
    /// What chance begins from; another one each time when none is named.
    #[arg(long)]
    seed: Option<u64>,
}

#[derive(clap::Args)]
struct BareArgs {
    #[arg(long)]
    flush: Flush,
    #[arg(long)]
    listen: SocketAddr,
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Err(error) = raise_file_limit() {
        eprintln!("  the limit of open files stays: {error}");
    }
    let done = match cli {
        Cli::Gate(args) => return gate(args).await,
        Cli::Bench(args) => bench::run(args).await,
        Cli::Bare(args) => bare::fanout::serve(args.listen, args.flush).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("  {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn gate(cli: GateArgs) -> ExitCode {
    let seed = cli.seed.unwrap_or_else(fresh_seed);
    let mut run = Run {
        program: cli.program,
        kind: cli.database,
        long: cli.long,
        sabotage: cli.sabotage,
        chance: Chance::seeded(seed),
        core: Core::Any,
    };
    let mut report = Report {
        gate: name(cli.gate),
        database: run.kind.name().to_owned(),
        sabotage: run.sabotage.clone(),
        long: run.long,
        seed,
        ..Report::default()
    };
    let began = Instant::now();
    if let Err(error) = cli.gate.run(&mut run, &mut report).await {
        report.broke("broke_off", format!("{error:#}"));
    }
    report.seconds = (began.elapsed().as_secs_f64() * 10.0).round() / 10.0;
    report.passed = report.broken.is_empty();
    match serde_json::to_string(&report) {
        Ok(line) => println!("{line}"),
        Err(error) => eprintln!("  the report cannot be written: {error}"),
    }
    if report.passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// As it is typed.
fn name(gate: Gate) -> String {
    let value = gate.to_possible_value();
    value.map_or_else(String::new, |value| value.get_name().to_owned())
}

/// Every socket is an open file, here and in the server, which inherits the limit.
fn raise_file_limit() -> nix::Result<()> {
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE)?;
    setrlimit(Resource::RLIMIT_NOFILE, most, most)
}

fn fresh_seed() -> u64 {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).expect("the operating system has randomness");
    u32::from_le_bytes(bytes).into()
}
