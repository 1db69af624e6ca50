//! Cargo commands, all with the same settings, so that every task shares one build.

use std::process::Command;

use crate::place::Place;
use crate::shell;

/// The browser's target.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Cargo in the checkout.
///
/// Host commands name no package, so that cargo takes the default members and unifies the same
/// features each time; `-p server` would compile half the dependencies once more.
pub(crate) fn cargo(place: &Place, args: &[&str]) -> Command {
    let mut command = place.command("cargo");
    command.args(args);
    if shell::shows_colour() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    command
}
