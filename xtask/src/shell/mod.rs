//! Running other programs: with progress on the screen, and stopped when the user says so.

mod colour;
mod interrupt;
mod output;
mod program;
mod screen;

pub(crate) use colour::{shows_colour, without_colour};
pub(crate) use interrupt::listen_for_interrupts;
pub(crate) use program::{answer, find, is_root};
pub(crate) use screen::{Step, live_step, note, step};
