//! The settings: the places where something is set, beside each of their pages and as a page of their own.

mod frame;
mod head;
mod index;
mod places;
mod side;

pub(crate) use frame::Frame;
pub(crate) use head::Head;
pub(crate) use index::Settings;
pub(crate) use side::Side;
