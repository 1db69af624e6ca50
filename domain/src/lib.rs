//! Baton's rules: what may happen to a conversation, a handoff and a claim, and what follows.
//!
//! No IO, no clock, no randomness: [`decide::decide`] takes the facts, one command and the time,
//! and changes the facts or refuses. Whoever calls it loads the facts before and saves them after.

pub mod agent;
pub mod api_token;
pub mod before;
pub mod chatbot;
pub mod command;
pub mod contact;
pub mod conversation;
pub mod days;
pub mod decide;
pub mod delivery;
pub mod doctor;
mod due;
pub mod entry;
pub mod estimate;
pub mod facts;
pub mod forms;
pub mod handoff;
pub mod hours;
pub mod import;
pub mod lead;
pub mod look;
pub mod mentions;
pub mod modules;
pub mod permissions;
pub mod privacy;
pub mod profile;
pub mod rating;
pub mod reply;
pub mod routing;
pub mod search;
pub mod settings;
pub mod sites;
pub mod targets;
pub mod team;
pub mod text;
pub mod triggers;
pub mod view;

pub use agent::Agent;
pub use chatbot::Chatbot;
pub use command::{Command, Fresh, Opening, Reply, Write};
pub use conversation::{Controller, Conversation};
pub use decide::{decide, needs_staff, passes_on};
pub use entry::{Body, Entry};
pub use facts::{Change, Done, Facts, Unsent, Uploader};
pub use handoff::{Claim, Handoff, HandoffState};
pub use lead::Lead;
pub use protocol::Refusal;
