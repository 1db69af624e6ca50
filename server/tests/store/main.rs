//! The store, asked by many at once: on an SQLite file, or on a PostgreSQL database of each story's
//! own when `TEST_DATABASE_URL` names a server.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on stops")]

mod claims;
mod commands;
mod desk;
mod failures;
mod lists;
mod migrations;
mod place;
mod races;
mod records;
mod round_trip;
mod tokens;
