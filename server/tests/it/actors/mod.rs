//! The actors: a desk with a server behind it, agents and visitors who speak the protocol.

mod agent;
mod client;
mod database;
mod desk;
mod files;
mod http;
mod smtp;
mod visitor;

pub(crate) use agent::AgentActor;
pub(crate) use client::{Client, Encoding};
pub(crate) use desk::TestDesk;
pub(crate) use files::png;
pub(crate) use http::{Answer, asks, get, post, post_bytes, post_json};
pub(crate) use smtp::{MailServer, Meets};
pub(crate) use visitor::{VisitorActor, tab_of};

use std::sync::atomic::{AtomicU64, Ordering};

use protocol::{Key, Timestamp};

/// A key, a token or an id that no other test has.
pub(crate) fn fresh_key() -> Key {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let mut random = [0; 10];
    random[..8].copy_from_slice(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    random[8..].copy_from_slice(&std::process::id().to_be_bytes()[2..]);
    Key::new(Timestamp(1_790_000_000_000), &random)
}
