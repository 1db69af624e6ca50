//! `bench`: what the hot paths cost, beside baselines of the same run.

use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::cargo::cargo;
use crate::gates::throw_away;
use crate::place::Place;
use crate::shell;

/// What can be measured, and whether the server has one core and the generator the other: the fewer share
/// a core, the more a figure says.
const BENCHES: [(&str, Cores); 9] = [
    ("start", Cores::All),
    ("fanout", Cores::Apart),
    ("durable", Cores::All),
    ("memory", Cores::Apart),
    ("reconnect", Cores::Apart),
    ("cuts", Cores::Apart),
    ("claims", Cores::All),
    ("slow", Cores::Apart),
    ("inbox", Cores::All),
];

/// The profile: a release that does not take the place of a real one, because it knows defects.
const PROFILE: &str = "measured";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cores {
    /// Server and generator share all.
    All,
    /// The server puts itself on the first, and the generator is put on the second.
    Apart,
}

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Which ones, such as `fanout`; all of them when none is named.
    names: Vec<String>,
    /// Fewer rounds and smaller crowds.
    #[arg(long)]
    short: bool,
    /// `sqlite` or `postgres`.
    #[arg(long, default_value = "sqlite")]
    database: String,
}

/// Runs benches one after the other, prints their tables, and leaves all figures in one file.
pub(crate) fn bench(place: &Place, args: &Args) -> Result<ExitCode> {
    for name in &args.names {
        ensure!(
            BENCHES.iter().any(|(known, _)| known == name),
            "there is no bench {name}"
        );
    }
    ensure!(
        place.program("taskset").is_some(),
        "taskset is missing: apt-get install util-linux"
    );
    shell::live_step("Server and generator, optimised", |step| {
        let build = [
            "build",
            "--profile",
            PROFILE,
            "--bin",
            "baton",
            "--bin",
            "load",
        ];
        let features = ["--features", "server/faults"];
        step.run(cargo(place, &[&build[..], &features].concat()))
    })?;
    let server = match args.database.as_str() {
        "sqlite" => None,
        "postgres" => Some(throw_away(place)?),
        other => bail!("{other} is no database: sqlite or postgres"),
    };
    let url = server.as_ref().map_or("sqlite", |server| &server.url);
    let mut runs = Vec::new();
    for (name, cores) in BENCHES {
        if args.names.is_empty() || args.names.iter().any(|asked| asked == name) {
            runs.push(run(place, (name, cores), url, args.short)?);
        }
    }
    let missed = runs.iter().map(missed).sum::<usize>();
    let file = place.target.join("bench.json");
    let text = serde_json::to_string_pretty(&json!(runs))?;
    fs::write(&file, text).context("write the figures down")?;
    shell::note(&format!(
        "{missed} goals missed; all figures: {}",
        file.display()
    ));
    // A goal that is missed is news, and no broken promise: the gates judge those.
    Ok(ExitCode::SUCCESS)
}

fn run(place: &Place, (name, cores): (&str, Cores), url: &str, short: bool) -> Result<Value> {
    let folder = place.target.join(PROFILE);
    let load = folder.join("load");
    let mut command = match cores {
        Cores::All => place.command(&load),
        Cores::Apart => {
            let mut command = place.command("taskset");
            command.args(["-c", "1"]).arg(&load);
            command
        }
    };
    command.args(["bench", name, "--database", url, "--program"]);
    command.arg(folder.join("baton"));
    if short {
        command.arg("--short");
    }
    let mut figures = None;
    shell::live_step(&format!("Bench {name}"), |step| {
        step.run_watching(command, &mut |line| {
            let read = serde_json::from_str::<Value>(line);
            figures = read
                .ok()
                .filter(|read| read["figures"].is_array())
                .or(figures.take());
        })
    })?;
    figures.with_context(|| format!("the bench {name} reported nothing"))
}

fn missed(run: &Value) -> usize {
    let figures = run["figures"].as_array().map(Vec::as_slice);
    let figures = figures.unwrap_or_default();
    figures
        .iter()
        .filter(|figure| figure["met"] == false)
        .count()
}
