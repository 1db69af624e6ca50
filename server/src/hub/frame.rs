//! Frames: an event encoded once for each encoding, however many connections get it.

use std::cell::OnceCell;

use axum::extract::ws::{Message, Utf8Bytes};
use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// How a connection's frames are written, agreed on by subprotocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Json,
    Postcard,
}

/// A frame on its way out. Cloning shares the bytes.
#[derive(Debug, Clone)]
pub(crate) enum Frame {
    Text(Utf8Bytes),
    Binary(Bytes),
}

impl Frame {
    /// Encodes an event for one connection.
    pub(crate) fn new<E: Serialize>(event: &E, encoding: Encoding) -> Self {
        match encoding {
            Encoding::Json => {
                let text = serde_json::to_string(event).expect("wire types always encode");
                Self::Text(text.into())
            }
            Encoding::Postcard => {
                let bytes = postcard::to_allocvec(event).expect("wire types always encode");
                Self::Binary(bytes.into())
            }
        }
    }

    /// Its size in bytes.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Binary(bytes) => bytes.len(),
        }
    }
}

impl From<Frame> for Message {
    fn from(frame: Frame) -> Self {
        match frame {
            Frame::Text(text) => Self::Text(text),
            Frame::Binary(bytes) => Self::Binary(bytes),
        }
    }
}

/// Reads a command; none when the frame is not one of this protocol.
pub(crate) fn decode<C: DeserializeOwned>(message: &Message, encoding: Encoding) -> Option<C> {
    match (message, encoding) {
        (Message::Text(text), Encoding::Json) => serde_json::from_str(text.as_str()).ok(),
        (Message::Binary(bytes), Encoding::Postcard) => {
            let (command, rest) = postcard::take_from_bytes(bytes).ok()?;
            rest.is_empty().then_some(command)
        }
        _ => None,
    }
}

/// An event for many connections, encoded when the first of an encoding asks.
pub(crate) struct Shared<E> {
    event: E,
    json: OnceCell<Frame>,
    postcard: OnceCell<Frame>,
}

impl<E: Serialize> Shared<E> {
    pub(crate) fn new(event: E) -> Self {
        Self {
            event,
            json: OnceCell::new(),
            postcard: OnceCell::new(),
        }
    }

    /// The event in an encoding.
    pub(crate) fn frame(&self, encoding: Encoding) -> Frame {
        let cell = match encoding {
            Encoding::Json => &self.json,
            Encoding::Postcard => &self.postcard,
        };
        cell.get_or_init(|| Frame::new(&self.event, encoding))
            .clone()
    }
}
