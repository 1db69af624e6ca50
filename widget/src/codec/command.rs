//! Commands into frames.

use alloc::vec::Vec;

use protocol::Key;
use protocol::lead::LeadDetails;
use protocol::visitor::{Start, VisitorCommand};

use super::frame::Writer;

/// The frame of a command.
pub(super) fn write(command: &VisitorCommand) -> Vec<u8> {
    let mut frame = Writer::default();
    match command {
        VisitorCommand::Start(start) => write_start(&mut frame, start),
        VisitorCommand::Say {
            key,
            text,
            attachments,
        } => {
            keyed(&mut frame, 1, *key);
            frame.text(text);
            frame.number(attachments.len() as u64);
            for file in attachments {
                frame.id(file.0);
            }
        }
        VisitorCommand::AskForHuman { key } => keyed(&mut frame, 2, *key),
        VisitorCommand::CancelHandoff { key } => keyed(&mut frame, 3, *key),
        VisitorCommand::AnswerProposal { key, accept } => {
            keyed(&mut frame, 4, *key);
            frame.flag(*accept);
        }
        VisitorCommand::SendForm { key, details } => {
            keyed(&mut frame, 5, *key);
            write_details(&mut frame, details);
        }
        VisitorCommand::Read { seq } => numbered(&mut frame, 6, seq.0),
        VisitorCommand::Typing { typing } => numbered(&mut frame, 7, u64::from(*typing)),
        VisitorCommand::LoadEarlier { before } => numbered(&mut frame, 8, before.0),
        VisitorCommand::Ping => frame.number(9),
        VisitorCommand::Preview { text } => {
            frame.number(10);
            frame.text(text);
        }
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
    frame.flag(start.token.is_some());
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

fn write_details(frame: &mut Writer, details: &LeadDetails) {
    for text in [
        &details.name,
        &details.email,
        &details.phone,
        &details.message,
    ] {
        frame.text(text);
    }
    frame.number(details.custom.len() as u64);
    for answer in &details.custom {
        frame.text(&answer.label);
        frame.text(&answer.text);
    }
    frame.flag(details.consent);
}
