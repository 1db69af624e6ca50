//! Stories about Baton, told by visitors and agents over real sockets.
//!
//! Each story has a server and a database of its own: an SQLite file, or a PostgreSQL database when
//! `TEST_DATABASE_URL` names a server.

#![expect(
    clippy::unwrap_used,
    reason = "an actor who cannot go on fails the story"
)]

mod actors;
mod arranging;
mod claims;
mod composer;
mod conversations;
mod doctor;
#[cfg(not(feature = "faults"))]
mod faults;
mod files;
mod floods;
mod heavy;
mod hostile;
mod leads;
mod losing;
mod pages;
mod program;
mod proposals;
mod races;
mod resume;
mod routing;
mod settings;
mod tidy;
mod timers;
mod visits;
