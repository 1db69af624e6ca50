//! Terminal colours: whether they are wanted, and text without them.

use std::env;
use std::io::{IsTerminal, stderr};

/// Whether colours reach a person.
pub(crate) fn shows_colour() -> bool {
    stderr().is_terminal() && env::var_os("NO_COLOR").is_none()
}

/// The text without terminal colours.
pub(crate) fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut parts = line.split('\x1b');
    plain.extend(parts.next());
    for part in parts {
        plain.extend(part.split_once('m').map(|(_, text)| text));
    }
    plain
}
