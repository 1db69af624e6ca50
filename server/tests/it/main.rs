//! Stories about Baton, told by visitors and agents over real sockets.
//!
//! Each story has a server and a database of its own: an SQLite file, or a PostgreSQL database when
//! `TEST_DATABASE_URL` names a server.

#![expect(
    clippy::unwrap_used,
    reason = "an actor who cannot go on fails the story"
)]

mod actors;
mod claims;
mod conversations;
mod heavy;
mod hostile;
mod pages;
mod resume;
mod tidy;
mod visits;
