//! The programs in Python: the client that was written from `docs/protocol.md` alone with its whole handoff,
//! and a mail server that insists on TLS.

use std::path::Path;

use crate::place::Place;
use crate::shell;
use crate::tally::{Counts, Tally};

/// Plays the handoff, holds the visitor's socket against RFC 6455, and mails over TLS, on servers of
/// their own.
pub(crate) fn suite(place: &Place, tally: &mut Tally, python: &Path) {
    run(place, tally, python, "Client in Python", &["handoff.py"]);
    run(place, tally, python, "RFC 6455", &["rfc6455.py"]);
    run(place, tally, python, "Mail over TLS", &["mail.py"]);
}

/// Plays it over networks that break promises, and counts those that it noticed.
pub(crate) fn prove(place: &Place, tally: &mut Tally, python: &Path) {
    let args = ["handoff.py", "--prove"];
    run(place, tally, python, "Client in Python notices", &args);
}

fn run(place: &Place, tally: &mut Tally, python: &Path, name: &str, words: &[&str]) {
    let mut counts = Counts::default();
    let mut command = place.command(python);
    command
        .arg(format!("end2end/client/{}", words[0]))
        .args(&words[1..])
        .env("BATON_BIN", place.server())
        // Nothing is left in the checkout.
        .env("PYTHONDONTWRITEBYTECODE", "1");
    let result = shell::live_step(name, |step| {
        step.run_watching(command, &mut |line| counts.read_cargo_line(line))
    });
    tally.suite(name, counts, result);
}
