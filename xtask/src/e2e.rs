//! `e2e`: browser tests, and the client in Python, against the dev-built server.

use std::ffi::OsString;
use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::build;
use crate::bundle;
use crate::client;
use crate::place::Place;
use crate::shell;
use crate::tally::{Counts, Tally};
use crate::tools::{self, Browser};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only tests whose file or title match.
    filter: Option<String>,
    /// Take the pictures of the gallery anew, to be looked at and committed.
    #[arg(long)]
    renew: bool,
}

pub(crate) fn e2e(place: &Place, args: &Args) -> Result<ExitCode> {
    build::everything(place)?;
    bundle::gallery(place)?;
    let browser = shell::step("Chromium", |step| tools::ensure_browser(place, step, false))?;
    let mut tally = Tally::default();
    if args.filter.is_none() {
        let python = shell::step("Python", |step| tools::ensure_python(place, step))?;
        client::suite(place, &mut tally, &python);
    }
    let mut words = Vec::new();
    if let Some(filter) = &args.filter {
        // Playwright's plain argument looks at file names only.
        words.extend(["--grep", filter]);
    }
    if args.renew {
        words.push("--update-snapshots");
    }
    suite(place, &mut tally, &browser, &words);
    tally.report();
    Ok(tally.exit_code())
}

/// Runs Playwright with these words more, and counts what its report says.
pub(crate) fn suite(place: &Place, tally: &mut Tally, browser: &Browser, words: &[&str]) {
    let report = place.staging().join("browser-tests.json");
    let result = shell::live_step("Browser tests", |step| {
        // A report of an earlier run must not be counted again.
        if report.exists() {
            fs::remove_file(&report).context("remove the last report")?;
        }
        let mut playwright = place.command("playwright");
        playwright.args(["test", "--config", "end2end"]).args(words);
        playwright
            .envs(environment(place, browser))
            .env("BATON_REPORT", &report);
        step.run(playwright)
    });
    let counts = fs::read_to_string(&report)
        .ok()
        .and_then(|text| serde_json::from_str(&text).ok())
        .map(|report| Counts::read_playwright(&report))
        .unwrap_or_default();
    tally.suite("Browser tests", counts, result);
}

/// What the tests need to know: which server to start and which browser to drive.
fn environment(place: &Place, browser: &Browser) -> [(&'static str, OsString); 2] {
    [
        ("BATON_BIN", place.server().into()),
        ("CHROME", browser.chromium.clone().into()),
    ]
}
