//! How commands and events become frames.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Side;

/// What a codec's side may send.
pub type CommandOf<C> = <<C as Codec>::Side as Side>::Command;
/// What a codec's side is told.
pub type EventOf<C> = <<C as Codec>::Side as Side>::Event;

/// One encoding of one side's words.
pub trait Codec {
    type Side: Side;

    /// Whether frames are binary; else they are text and hold UTF-8.
    const BINARY: bool;

    /// The name under which client and server agree on this encoding.
    fn subprotocol() -> String;

    /// The frame of a command.
    fn encode(command: &CommandOf<Self>) -> Vec<u8>;

    /// The event in a frame; none when it holds nothing this client knows, which is ignored.
    fn decode(frame: &[u8]) -> Option<EventOf<Self>>;
}
