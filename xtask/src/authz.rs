//! `authz`: who may ask what and who is told what, tried in one matrix; and filters left out of the
//! server, each of which the matrix has to miss.

use std::ffi::OsStr;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::cargo::cargo;
use crate::place::Place;
use crate::postgres;
use crate::shell;
use crate::tally::Tally;
use crate::tools;

/// Every filter that can be left out; what each of them does is said in `server/src/faults/mod.rs`.
const FILTERS: [&str; 26] = [
    "any-thread",
    "told-unassigned",
    "told-elsewhere",
    "cards-of-all",
    "search-of-all",
    "search-unassigned",
    "team-of-all",
    "replies-of-all",
    "team-by-all",
    "settings-by-all",
    "secrets-by-all",
    "commands-by-all",
    "commands-unassigned",
    "note-told",
    "note-file",
    "any-file",
    "upload-anywhere",
    "address-shown",
    "panel-of-all",
    "drafts-of-all",
    "foreign-page",
    "foreign-socket",
    "role-whole",
    "token-scope",
    "open-stays",
    "gone-stays",
];

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Leave out one filter, chosen by the seed, or the one that is named; it has to be missed.
    #[arg(long, num_args = 0..=1, default_missing_value = "")]
    sabotage: Option<String>,
    /// What the choice is made from; printed with each run.
    #[arg(long)]
    seed: Option<u64>,
    /// Leave out each filter in turn; every one has to be missed.
    #[arg(long)]
    prove: bool,
    /// `sqlite` or `postgres`.
    #[arg(long, default_value = "sqlite")]
    database: String,
}

/// Runs the matrix; its report is the only line on standard output.
pub(crate) fn authz(place: &Place, args: &Args) -> Result<ExitCode> {
    let server = match args.database.as_str() {
        "sqlite" => None,
        "postgres" => {
            let programs = shell::step("PostgreSQL", |step| tools::ensure_postgres(place, step))?;
            Some(shell::step("Throw-away PostgreSQL", |step| {
                postgres::start(place, step, &programs)
            })?)
        }
        other => bail!("{other} is no database: sqlite or postgres"),
    };
    let url = server.as_ref().map(|server| server.url.as_str());
    if args.prove {
        let mut tally = Tally::default();
        for filter in FILTERS {
            let report = run(place, url, Some(filter));
            tally.check(
                &format!("The matrix misses {filter}"),
                report.and_then(|report| missed(&report)),
            );
        }
        tally.report();
        return Ok(tally.exit_code());
    }
    let filter = args.sabotage.as_deref();
    let filter = filter.map(|name| chosen(name, args.seed)).transpose()?;
    let report = run(place, url, filter)?;
    Ok(match report["passed"] == true {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

/// The filter of this name, or one by chance.
fn chosen(name: &str, seed: Option<u64>) -> Result<&'static str> {
    if !name.is_empty() {
        let found = FILTERS.iter().find(|filter| **filter == name);
        return found.copied().context("there is no filter of that name");
    }
    // The process's own number: another one each time, and printed, which is all that is asked of it.
    let seed = seed.unwrap_or_else(|| u64::from(std::process::id()));
    let at = usize::try_from(seed % FILTERS.len() as u64)?;
    eprintln!("seed {seed} leaves out {}", FILTERS[at]);
    Ok(FILTERS[at])
}

/// Runs the matrix on a server that can leave filters out, prints its report and returns it.
fn run(place: &Place, database: Option<&str>, filter: Option<&str>) -> Result<Value> {
    let mut command = cargo(
        place,
        &[
            "test",
            "--package",
            "server",
            "--features",
            "server/faults",
            "--test",
            "it",
            "--",
            "authz::nobody_asks",
        ],
    );
    command.env_remove("TEST_DATABASE_URL");
    command.envs(database.map(|url| ("TEST_DATABASE_URL", OsStr::new(url))));
    command.envs(filter.map(|filter| ("BATON_FAULT", OsStr::new(filter))));
    let mut report = None;
    let title = match filter {
        Some(filter) => format!("The matrix without {filter}"),
        None => "The matrix".to_owned(),
    };
    let ended = shell::live_step(&title, |step| {
        step.run_watching(command, &mut |line| {
            if let Some(read) = report_in(line) {
                println!("{line}");
                report = Some(read);
            }
        })
    });
    let Some(report) = report else {
        ended?;
        bail!("the matrix reported nothing");
    };
    Ok(report)
}

/// The report that a line is, if it is one.
pub(crate) fn report_in(line: &str) -> Option<Value> {
    let read: Value = serde_json::from_str(line).ok()?;
    (read["gate"] == "authz").then_some(read)
}

/// A run that broke off has reported nothing, so that it is not taken for one that missed something.
fn missed(report: &Value) -> Result<()> {
    ensure!(report["passed"] == false, "not missed, the matrix is void");
    Ok(())
}
