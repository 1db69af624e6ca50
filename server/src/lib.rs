//! Baton's server: the hub, the agents' pages, the widget's files and the store behind them.
//!
//! [`startup::start`] puts everything together, for the program and for tests alike.

// `leptos` builds deeply nested view types.
#![recursion_limit = "256"]

pub mod clock;
pub mod command_line;
pub mod config;
pub mod demo;
pub mod faults;
pub mod router;
pub mod startup;
pub mod store;

mod actions;
mod ai;
mod attack;
mod auth;
mod backend;
mod choices;
mod desk;
mod files;
mod http;
mod hub;
mod jobs;
mod limits;
mod location;
mod mail;
mod open_files;
mod places;
mod playground;
mod random;
mod richtext;
#[cfg(test)]
mod sim;
mod socket;
mod wire;
