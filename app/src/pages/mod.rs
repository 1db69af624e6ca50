//! The pages, one per address.

pub mod embed;
pub mod inbox;
pub mod missing;
pub mod setup;
pub mod sign_in;
pub mod start;
