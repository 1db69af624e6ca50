//! `test`: everything that CI runs, from one build, ending with `N passed, N failed`.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::authz;
use crate::bundle;
use crate::cargo::{WASM, cargo};
use crate::client;
use crate::e2e;
use crate::gates;
use crate::lints;
use crate::place::Place;
use crate::postgres;
use crate::shell;
use crate::size;
use crate::stamp;
use crate::tally::{Counts, Tally};
use crate::tools::{self, Browser};

type Variables<'a> = &'a [(&'a str, &'a OsStr)];

pub(crate) fn test(place: &Place) -> Result<ExitCode> {
    let mut tally = Tally::default();
    let result = run(place, &mut tally);
    if let Err(error) = result {
        tally.check("The tests broke off", Err(error));
    }
    tally.report();
    Ok(tally.exit_code())
}

fn run(place: &Place, tally: &mut Tally) -> Result<()> {
    // What may be missing for good comes first, before minutes of compiling.
    let driver = wasm_tests_want_a_browser(place)?;
    let browser = shell::step("Chromium", |step| {
        tools::ensure_browser(place, step, driver)
    })?;
    let python = shell::step("Python", |step| tools::ensure_python(place, step))?;
    let programs = shell::step("PostgreSQL", |step| tools::ensure_postgres(place, step))?;
    tools::ensure_build_tools(place)?;

    bundle::bundle(place)?;
    bundle::gallery(place)?;
    // One build of the host's crates; the test build also makes the server that browsers visit.
    shell::live_step("Build of the server and all tests", |step| {
        step.run(cargo(place, &["test", "--no-run"]))
    })?;

    lints::lint(place, tally);
    cargo_suite(
        place,
        tally,
        "Unit tests and stories on SQLite",
        &["test", "--no-fail-fast"],
        &[],
    );
    widget_rules(place, tally);
    stories_on_postgres(place, tally, &programs)?;
    wasm_tests(place, tally, &browser);
    tally.check(
        "Size budgets",
        shell::live_step("Size budgets", |_| size::within_budget(place)),
    );
    client::suite(place, tally, &python);
    e2e::suite(place, tally, &browser, &[]);
    gates::suite(place, tally, false)
}

/// Runs one cargo test command and counts what its test binaries report.
pub(crate) fn cargo_suite(
    place: &Place,
    tally: &mut Tally,
    name: &str,
    args: &[&str],
    variables: Variables,
) {
    let mut counts = Counts::default();
    let mut command = cargo(place, args);
    // Only the suite that is meant for PostgreSQL sees one.
    command
        .env_remove("TEST_DATABASE_URL")
        .envs(variables.iter().copied());
    let result = shell::live_step(name, |step| {
        step.run_watching(command, &mut |line| {
            counts.read_cargo_line(line);
            // The matrix of rights says what it came to.
            if authz::report_in(line).is_some() {
                println!("{line}");
            }
        })
    });
    tally.suite(name, counts, result);
}

/// What the widget does without a browser; it is no default member, so it has its own command.
pub(crate) fn widget_rules(place: &Place, tally: &mut Tally) {
    let args = ["test", "--package", "widget", "--no-fail-fast"];
    cargo_suite(place, tally, "Widget's rules", &args, &[]);
}

fn stories_on_postgres(place: &Place, tally: &mut Tally, programs: &Path) -> Result<()> {
    let server = shell::step("Throw-away PostgreSQL", |step| {
        let server = postgres::start(place, step, programs)?;
        step.remark(server.url.clone());
        Ok(server)
    })?;
    let url = [("TEST_DATABASE_URL", OsStr::new(&server.url))];
    cargo_suite(
        place,
        tally,
        "Stories on PostgreSQL",
        &[
            "test",
            "-p",
            "server",
            "--lib",
            "--test",
            "it",
            "--test",
            "store",
            "--no-fail-fast",
            "--",
            "--skip",
            "tidy",
            // Without a database.
            "--skip",
            "sim::",
        ],
        &url,
    );
    Ok(())
}

fn wasm_tests(place: &Place, tally: &mut Tally, browser: &Browser) {
    let args = [
        "test",
        "--target",
        WASM,
        "-p",
        "socket",
        "-p",
        "widget",
        "--no-fail-fast",
    ];
    let mut variables = vec![("WASM_BINDGEN_TEST_TIMEOUT", OsStr::new("120"))];
    if let Some(driver) = &browser.driver {
        variables.push(("CHROMEDRIVER", driver.as_os_str()));
    }
    cargo_suite(place, tally, "WASM tests", &args, &variables);
}

/// Tests run in Node unless they ask for a browser, and only then a driver is needed.
fn wasm_tests_want_a_browser(place: &Place) -> Result<bool> {
    let mut files = Vec::new();
    for package in ["socket", "widget"] {
        stamp::list(&place.root.join(package), &mut files)?;
    }
    let asks =
        |file: &Path| fs::read_to_string(file).is_ok_and(|text| text.contains("run_in_browser"));
    if files.is_empty() {
        bail!("socket/ and widget/ are not in the checkout");
    }
    Ok(files.iter().any(|file| asks(file)))
}
