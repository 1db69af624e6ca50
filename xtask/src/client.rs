//! The client in Python that was written from `docs/protocol.md` alone, and its whole handoff.

use std::path::Path;

use crate::place::Place;
use crate::shell;
use crate::tally::{Counts, Tally};

/// Plays the handoff on a server of its own and counts its steps.
pub(crate) fn suite(place: &Place, tally: &mut Tally, python: &Path) {
    run(place, tally, python, "Client in Python", &[]);
}

/// Plays it over networks that break promises, and counts those that it noticed.
pub(crate) fn prove(place: &Place, tally: &mut Tally, python: &Path) {
    run(
        place,
        tally,
        python,
        "Client in Python notices",
        &["--prove"],
    );
}

fn run(place: &Place, tally: &mut Tally, python: &Path, name: &str, args: &[&str]) {
    let mut counts = Counts::default();
    let mut command = place.command(python);
    command
        .arg("end2end/client/handoff.py")
        .args(args)
        .env("BATON_BIN", place.server())
        // Nothing is left in the checkout.
        .env("PYTHONDONTWRITEBYTECODE", "1");
    let result = shell::live_step(name, |step| {
        step.run_watching(command, &mut |line| counts.read_cargo_line(line))
    });
    tally.suite(name, counts, result);
}
