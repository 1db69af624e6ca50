//! The browser's end of the wire: connect, back off, resend, resume.
//!
//! [`Link`] holds the rules and does nothing by itself: time and chance come in as arguments, what
//! has to happen comes out as [`Effect`]s. [`browser::Client`] drives one with a real WebSocket.
//! Both are generic over a [`Codec`], so that a user pays for one encoding only.
//!
//! # How to use it
//!
//! Say how frames are made, once:
//!
//! ```
//! use protocol::agent::{AgentCommand, AgentEvent};
//!
//! struct Json;
//!
//! impl socket::Codec for Json {
//!     type Side = socket::AgentSide;
//!     const BINARY: bool = false;
//!
//!     fn subprotocol() -> String {
//!         protocol::schema::JSON.to_owned()
//!     }
//!
//!     fn encode(command: &AgentCommand) -> Vec<u8> {
//!         // serde_json::to_vec(command)
//! #       let _ = command;
//! #       Vec::new()
//!     }
//!
//!     fn decode(frame: &[u8]) -> Option<AgentEvent> {
//!         // serde_json::from_slice(frame).ok()
//! #       let _ = frame;
//! #       None
//!     }
//! }
//! ```
//!
//! Then connect, once per page, and keep the client (a handle, copied as you like):
//!
//! ```text
//! let client = socket::browser::Client::<Json>::connect(
//!     "wss://desk.example.org/ws/agent",
//!     // Called for each new connection, so that it names what is held at that moment.
//!     move || AgentCommand::Start { tab: state.tab(), threads: state.positions() },
//!     // Called for every event, in order, and whenever the status changes. It may call the client.
//!     move |told| match told {
//!         Told::Event(event) => state.apply(event),
//!         Told::Status(Status::Stopped(Stop::Reload)) => reload_the_page(),
//!         Told::Status(status) => state.connection(status),
//!     },
//! );
//! client.send(&AgentCommand::Say { conversation, key, text, attachments });
//! ```
//!
//! - A command **with a key** is kept until `Done` or `Refused` names the key, and sent again, in
//!   order, after each `Welcome`. The same key twice does no harm. A refusal `TooFast` is retried by
//!   the link itself when its time has come; the event is told all the same.
//! - A command **without a key** (`Read`, `Typing`, `OpenThread` …) goes out now or not at all: say
//!   it again after the next `Welcome` if it still matters. [`Fate`] tells which it was.
//! - `Start` and `Ping` are the link's business.

// The widget links this without the standard library.
#![no_std]

extern crate alloc;

pub mod browser;
mod codec;
mod link;
mod outbox;
mod pace;
mod side;

pub use codec::{Codec, CommandOf, EventOf};
pub use link::{Effect, Fate, Link, Status, Stop, Told};
pub use side::{AgentSide, Meaning, Side, VisitorSide};
