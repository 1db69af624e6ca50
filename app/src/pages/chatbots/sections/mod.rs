//! The sections, one file each.

pub(super) mod before;
pub(super) mod files;
pub(super) mod form;
pub(super) mod hours;
pub(super) mod knowledge;
pub(super) mod live_chat;
pub(super) mod look;
pub(super) mod messages;
mod preview;
pub(super) mod privacy;
pub(super) mod queue;
pub(super) mod rating;
pub(super) mod routing;
pub(super) mod sites;
pub(super) mod triggers;
