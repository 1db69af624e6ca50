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
    /// Only tests whose file or title match; `settings` stands for all that an admin sets up.
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
        words.extend(["--grep", stands_for(filter)]);
    }
    if args.renew {
        words.push("--update-snapshots");
    }
    suite(place, &mut tally, &browser, &words);
    tally.report();
    Ok(tally.exit_code())
}

/// A filter as Playwright is given it. What one name stands for lies in several files: `settings` is the
/// way from an empty folder to the first answered chat, the team from an invitation to being let go,
/// everything that is set for all chatbots and for one, and every page of settings.
fn stands_for(filter: &str) -> &str {
    match filter {
        "settings" => r"first_run\.spec|settings:|chatbots:|inherited",
        other => other,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// The files and titles that Playwright is asked to match.
    fn stories() -> String {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../end2end");
        let files = fs::read_dir(folder).expect("the stories are there");
        let files = files.flatten().filter(|file| file.path().is_file());
        let files = files.map(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            let text = fs::read_to_string(file.path()).unwrap_or_default();
            format!("{name}\n{text}")
        });
        files.collect()
    }

    #[test]
    fn every_part_of_what_settings_stand_for_is_there() {
        let stories = stories();
        let parts = stands_for("settings").replace('\\', "");
        for part in parts.split('|') {
            assert!(stories.contains(part), "{part}");
        }
        assert_eq!("gallery", stands_for("gallery"));
    }
}
