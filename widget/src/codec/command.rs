//! Commands into frames.

use alloc::vec::Vec;

use protocol::Key;
use protocol::visitor::{Start, VisitorCommand};

use super::frame::Writer;

/// The frame of a command.
pub(super) fn write(command: &VisitorCommand) -> Vec<u8> {
    let mut frame = Writer::default();
    match command {
        VisitorCommand::Start(start) => write_start(&mut frame, start),
        VisitorCommand::Say { key, text } => {
            keyed(&mut frame, 1, *key);
            frame.text(text);
        }
        VisitorCommand::AskForHuman { key } => keyed(&mut frame, 2, *key),
        VisitorCommand::CancelHandoff { key } => keyed(&mut frame, 3, *key),
        VisitorCommand::Read { seq } => numbered(&mut frame, 4, seq.0),
        VisitorCommand::Typing { typing } => numbered(&mut frame, 5, u64::from(*typing)),
        VisitorCommand::LoadEarlier { before } => numbered(&mut frame, 6, before.0),
        VisitorCommand::Ping => frame.number(7),
    }
    frame.0
}

fn keyed(frame: &mut Writer, kind: u64, key: Key) {
    frame.number(kind);
    frame.id(key.0);
}

fn numbered(frame: &mut Writer, kind: u64, number: u64) {
    frame.number(kind);
    frame.number(number);
}

fn write_start(frame: &mut Writer, start: &Start) {
    frame.number(0);
    frame.number(u64::from(start.token.is_some()));
    if let Some(token) = &start.token {
        frame.text(token);
    }
    frame.id(start.chatbot.0);
    frame.id(start.conversation.0);
    frame.number(start.after.0);
    let page = &start.page;
    for text in [&page.url, &page.title, &page.referrer, &start.locale] {
        frame.text(text);
    }
}
