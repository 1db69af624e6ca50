//! `check`: what a developer runs before each commit; no browser, no PostgreSQL.

use std::process::ExitCode;

use anyhow::Result;

use crate::lints;
use crate::place::Place;
use crate::tally::Tally;
use crate::test;
use crate::tools;

pub(crate) fn check(place: &Place) -> Result<ExitCode> {
    tools::ensure_build_tools(place)?;
    let mut tally = Tally::default();
    lints::lint(place, &mut tally);
    test::cargo_suite(
        place,
        &mut tally,
        "Unit tests",
        &["test", "--lib", "--bins"],
        &[],
    );
    test::cargo_suite(
        place,
        &mut tally,
        "Tidy rules",
        &["test", "--test", "it", "tidy"],
        &[],
    );
    test::widget_rules(place, &mut tally);
    tally.report();
    Ok(tally.exit_code())
}
