//! The checks without tests: format, lints on host and browser, dependencies.

use anyhow::Result;

use crate::cargo::{WASM, cargo};
use crate::place::Place;
use crate::shell::{self, Step};
use crate::tally::Tally;

type Arguments = &'static [&'static str];

const LINTS: [(&str, Arguments); 2] = [
    ("Format", &["fmt", "--all", "--", "--check"]),
    (
        "Lints",
        &["clippy", "--all-targets", "--", "-D", "warnings"],
    ),
];

/// Runs all of them and counts each as one check.
pub(crate) fn lint(place: &Place, tally: &mut Tally) {
    for (name, args) in LINTS {
        check(tally, name, |step| step.run(cargo(place, args)));
    }
    check(tally, "Lints for the browser", |step| {
        let packages = ["clippy", "-p", "frontend", "-p", "widget", "-p", "socket"];
        let args = [
            &packages[..],
            &["--target", WASM, "--all-targets", "--", "-D", "warnings"],
        ];
        step.run(cargo(place, &args.concat()))
    });
    if place.program("cargo-deny").is_none() {
        shell::note("Licences and bans: skipped, cargo-deny is not installed");
        return;
    }
    check(tally, "Licences and bans (cargo-deny)", |step| {
        step.run(cargo(
            place,
            &["deny", "check", "bans", "licenses", "sources"],
        ))
    });
}

fn check(tally: &mut Tally, name: &str, work: impl FnOnce(&mut Step) -> Result<()>) {
    tally.check(name, shell::live_step(name, work));
}
