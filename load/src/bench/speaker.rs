//! Who speaks: at a steady rate, whatever comes back. What is late was to be sent in time.

use std::time::{Duration, Instant};

use anyhow::Result;
use futures::SinkExt as _;
use futures::stream::SplitSink;
use protocol::Key;
use protocol::visitor::VisitorCommand;
use tokio_tungstenite::tungstenite::Message;

use super::stamp::{self, Epoch};
use crate::chance::{Chance, now};
use crate::client::wire::Wire;

/// How often it looks at what is due.
const TICK: Duration = Duration::from_millis(1);

/// What is said, and how fast.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stream {
    /// Messages in a second, by all speakers together.
    pub(crate) rate: u64,
    pub(crate) messages: u64,
}

/// Says a stream, in turn by each of these sockets; what each says is numbered from 0.
pub(crate) async fn say(
    wires: &mut [SplitSink<Wire, Message>],
    stream: Stream,
    epoch: Epoch,
    chance: &mut Chance,
) -> Result<()> {
    let (began, began_at) = (Instant::now(), epoch.micros());
    let speakers = wires.len() as u64;
    let mut sent = 0;
    while sent < stream.messages {
        let due = stamp::due(stream.rate, began.elapsed()).min(stream.messages);
        let first = sent;
        while sent < due {
            let at = began_at + stamp::intended(stream.rate, sent);
            let text = stamp::text(at, sent / speakers);
            let wire = &mut wires[usize::try_from(sent % speakers)?];
            wire.feed(frame(text, chance)?).await?;
            sent += 1;
        }
        for speaker in (first..sent).take(wires.len()) {
            wires[usize::try_from(speaker % speakers)?].flush().await?;
        }
        tokio::time::sleep(TICK).await;
    }
    Ok(())
}

/// A visitor's frame that says this.
pub(crate) fn frame(text: String, chance: &mut Chance) -> Result<Message> {
    let say = VisitorCommand::Say {
        key: Key::new(now(), &chance.bytes()),
        text,
        attachments: Vec::new(),
    };
    Ok(Message::text(serde_json::to_string(&say)?))
}
