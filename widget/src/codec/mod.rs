//! The widget's encoding of the wire: postcard, written out by hand.
//!
//! The derived code for the same types is five times as large, a sixth of the whole widget. The tests
//! hold every command and event against the real postcard, and an event of a new kind does not compile
//! there before it is read here.

mod command;
mod event;
mod frame;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod fuzz;
mod refusal;
#[cfg(test)]
pub(crate) mod tests;

use alloc::string::String;
use alloc::vec::Vec;

use protocol::Refusal;
use protocol::attachment::Attachment;
use protocol::visitor::{VisitorCommand, VisitorEvent};
use socket::{Codec, VisitorSide};

/// The answer to an upload: the file, or why not in words; none when it is no answer of this version.
pub(crate) fn upload(answer: &[u8]) -> Option<Result<Attachment, (Refusal, String)>> {
    let mut frame = frame::Reader::new(answer);
    let kept = match frame.number() {
        0 => Ok(event::attachment(&mut frame)),
        _ => {
            let refused = refusal::refusal(&mut frame);
            Err((refused, frame.text()))
        }
    };
    frame.is_whole().then_some(kept)
}

/// Postcard in binary frames.
pub(crate) struct Postcard;

impl Codec for Postcard {
    type Side = VisitorSide;
    const BINARY: bool = true;

    fn subprotocol() -> String {
        protocol::schema::postcard()
    }

    fn encode(command: &VisitorCommand) -> Vec<u8> {
        command::write(command)
    }

    fn decode(frame: &[u8]) -> Option<VisitorEvent> {
        let mut frame = frame::Reader::new(frame);
        let event = event::read(&mut frame);
        frame.is_whole().then_some(event)
    }
}
