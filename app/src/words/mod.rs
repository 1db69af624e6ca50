//! Times and events in words. English only, and no clock of its own.

#[cfg(test)]
mod file;
mod findings;
mod happened;
pub(crate) mod language;
mod refusals;
mod table;
#[cfg(test)]
mod tests;

/// A function for each text of words/en.txt, in the language of the page.
pub(crate) mod t {
    include!(concat!(env!("OUT_DIR"), "/t.rs"));
}

use protocol::Timestamp;
use protocol::entry::{MissedReason, Outcome, Trigger};

pub(crate) use findings::{found, routing, standing};
pub(crate) use happened::{Happened, happened, why};
