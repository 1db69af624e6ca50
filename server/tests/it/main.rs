//! Stories about Baton, told by visitors and agents over real sockets.
//!
//! Each story has a server and a database of its own: an SQLite file, or a PostgreSQL database when
//! `TEST_DATABASE_URL` names a server.

#![expect(
    clippy::unwrap_used,
    reason = "an actor who cannot go on fails the story"
)]

mod actors;
mod api;
mod arranging;
mod attacks;
mod audit;
mod authz;
mod before;
mod begin;
mod chatbot_pictures;
mod chatbots;
mod claims;
mod composer;
mod conversations;
mod data;
mod doctor;
mod erasing;
mod faces;
#[cfg(not(feature = "faults"))]
mod faults;
mod files;
mod floods;
mod heavy;
mod hostile;
mod hours;
mod identity;
mod joining;
mod knowledge;
mod leads;
mod location;
mod losing;
mod macros;
mod mail;
mod merging;
mod modules;
mod notices;
mod pages;
mod panel;
mod playground;
mod profile;
mod program;
mod proposals;
mod races;
mod rating;
mod reply_files;
mod resume;
mod roles;
mod routing;
mod searching;
mod settings;
mod targets;
mod team;
mod team_now;
mod tidy;
mod timers;
mod two_steps;
mod views;
mod visits;
