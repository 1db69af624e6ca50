//! Running other programs: with progress on the screen, and stopped when the user says so.

mod interrupt;
mod output;
mod program;
mod screen;

pub(crate) use interrupt::listen_for_interrupts;
pub(crate) use program::{answer, find, is_root, shows_colour};
pub(crate) use screen::{Step, live_step, note, step};
