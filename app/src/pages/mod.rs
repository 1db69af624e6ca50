//! The pages, one per address.

pub(crate) mod doctor;
pub(crate) mod embed;
pub(crate) mod inbox;
pub(crate) mod labels;
pub(crate) mod missing;
pub(crate) mod replies;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod start;
