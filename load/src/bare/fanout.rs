//! A bare fan-out: what is said in a room reaches its watchers, and that is all. It knows nobody, keeps
//! nothing, and writes frames that it made once, past the WebSocket library.

use std::collections::{HashMap, VecDeque};
use std::io::IoSlice;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use bytes::Bytes;
use futures::StreamExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

/// Frames that are written at once, at most, where they are written together.
const TOGETHER: usize = 64;
/// Bytes that a connection reads at once, as the hub's do.
const READ_BUFFER: usize = 1024;

/// How frames are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Flush {
    /// One write for each.
    Each,
    /// One write for all that wait, up to 64.
    Together,
}

type Rooms = Arc<Mutex<HashMap<String, Vec<Arc<Watcher>>>>>;

/// Frames that wait for a watcher.
#[derive(Default)]
struct Watcher {
    frames: Mutex<VecDeque<Bytes>>,
    filled: Notify,
}

impl Watcher {
    fn push(&self, frame: Bytes) {
        let mut frames = self.frames.lock().unwrap_or_else(PoisonError::into_inner);
        frames.push_back(frame);
        drop(frames);
        self.filled.notify_one();
    }

    fn take(&self, most: usize) -> Vec<Bytes> {
        let mut frames = self.frames.lock().unwrap_or_else(PoisonError::into_inner);
        let count = frames.len().min(most);
        frames.drain(..count).collect()
    }
}

/// Looks at the watchers of a room.
fn of_room(rooms: &Rooms, room: &str, look: impl FnOnce(&mut Vec<Arc<Watcher>>)) {
    let mut rooms = rooms.lock().unwrap_or_else(PoisonError::into_inner);
    look(rooms.entry(room.to_owned()).or_default());
}

/// Serves until it is killed. The first frame of a connection is `watch ROOM` or `say ROOM`.
pub(crate) async fn serve(listen: SocketAddr, flush: Flush) -> Result<()> {
    let socket = tokio::net::TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(listen)?;
    let listener: TcpListener = socket.listen(4096)?;
    let rooms = Rooms::default();
    println!("is ready");
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let rooms = rooms.clone();
        tokio::spawn(async move {
            // Whoever goes is gone.
            let _ = connection(stream, rooms, flush).await;
        });
    }
}

async fn connection(stream: TcpStream, rooms: Rooms, flush: Flush) -> Result<()> {
    let config = WebSocketConfig::default().read_buffer_size(READ_BUFFER);
    let mut socket = tokio_tungstenite::accept_async_with_config(stream, Some(config)).await?;
    let Some(Ok(Message::Text(first))) = socket.next().await else {
        return Ok(());
    };
    match first.split_once(' ') {
        Some(("watch", room)) => {
            let watcher = Arc::new(Watcher::default());
            of_room(&rooms, room, |watchers| watchers.push(watcher.clone()));
            let watched = write(&mut socket, &watcher, flush).await;
            of_room(&rooms, room, |watchers| {
                watchers.retain(|other| !Arc::ptr_eq(other, &watcher));
            });
            watched
        }
        Some(("say", room)) => {
            while let Some(Ok(Message::Text(said))) = socket.next().await {
                let frame = frame(said.as_bytes());
                of_room(&rooms, room, |watchers| {
                    for watcher in watchers {
                        watcher.push(frame.clone());
                    }
                });
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

async fn write(
    socket: &mut WebSocketStream<TcpStream>,
    watcher: &Watcher,
    flush: Flush,
) -> Result<()> {
    let most = match flush {
        Flush::Each => 1,
        Flush::Together => TOGETHER,
    };
    loop {
        let waiting = watcher.take(most);
        if waiting.is_empty() {
            tokio::select! {
                () = watcher.filled.notified() => {}
                heard = socket.next() => match heard {
                    Some(Ok(_)) => {}
                    _ => return Ok(()),
                },
            }
            continue;
        }
        let stream = socket.get_mut();
        let mut slices: Vec<IoSlice<'_>> = waiting.iter().map(|one| IoSlice::new(one)).collect();
        let mut left = slices.as_mut_slice();
        while !left.is_empty() {
            let written = stream.write_vectored(left).await?;
            IoSlice::advance_slices(&mut left, written);
        }
    }
}

/// A frame of text as a server writes it: not masked (RFC 6455 section 5.2).
fn frame(text: &[u8]) -> Bytes {
    let mut frame = vec![0x81];
    match u16::try_from(text.len()) {
        Ok(length @ ..=125) => frame.extend(length.to_be_bytes().last()),
        Ok(length) => {
            frame.push(126);
            frame.extend(length.to_be_bytes());
        }
        Err(_) => {
            frame.push(127);
            frame.extend((text.len() as u64).to_be_bytes());
        }
    }
    frame.extend(text);
    frame.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_names_its_length() {
        assert_eq!(&[0x81, 2, b'h', b'i'], &frame(b"hi")[..]);
        assert_eq!([0x81, 126, 0, 200], frame(&[b'x'; 200])[..4]);
    }
}
