//! One end of a WebSocket that speaks the protocol and remembers everything it was told.

use std::marker::PhantomData;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::stream::SplitSink;
use futures::{SinkExt as _, StreamExt as _};
use protocol::schema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// How long an actor waits for what it expects.
const PATIENCE: Duration = Duration::from_secs(10);

/// Which of the two encodings a client speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Json,
    Postcard,
}

impl Encoding {
    pub(crate) fn subprotocol(self) -> String {
        match self {
            Self::Json => schema::JSON.to_owned(),
            Self::Postcard => schema::postcard(),
        }
    }
}

/// A connection and what it heard.
pub(crate) struct Client<C, E> {
    encoding: Encoding,
    sink: SplitSink<WebSocketStream<MaybeTlsStream<TcpStream>>, Message>,
    heard: Arc<Heard<E>>,
    reader: JoinHandle<()>,
    commands: PhantomData<C>,
}

struct Heard<E> {
    told: Mutex<Told<E>>,
    news: Notify,
}

struct Told<E> {
    events: Vec<E>,
    /// Set when the connection is over; the code if it was closed with one.
    over: Option<Option<u16>>,
}

impl<C: Serialize, E: DeserializeOwned + Clone + Send + 'static> Client<C, E> {
    /// Connects with these headers, or says with which status it was refused.
    pub(crate) async fn connect(
        url: &str,
        encoding: Encoding,
        headers: &[(&'static str, String)],
    ) -> Result<Self, u16> {
        Self::connect_as(url, encoding, &encoding.subprotocol(), headers).await
    }

    /// Connects under any subprotocol.
    pub(crate) async fn connect_as(
        url: &str,
        encoding: Encoding,
        subprotocol: &str,
        headers: &[(&'static str, String)],
    ) -> Result<Self, u16> {
        let mut request = url
            .replace("http://", "ws://")
            .into_client_request()
            .unwrap();
        request
            .headers_mut()
            .insert("sec-websocket-protocol", subprotocol.parse().unwrap());
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        let socket = match connect_async(request).await {
            Ok((socket, _)) => socket,
            Err(Error::Http(response)) => return Err(response.status().as_u16()),
            Err(error) => panic!("no connection to {url}: {error}"),
        };
        let (sink, mut stream) = socket.split();
        let told = Mutex::new(Told {
            events: Vec::new(),
            over: None,
        });
        let heard = Arc::new(Heard {
            told,
            news: Notify::new(),
        });
        let ears = heard.clone();
        let reader = tokio::spawn(async move {
            let mut code = None;
            while let Some(Ok(message)) = stream.next().await {
                let event = match &message {
                    Message::Text(text) => serde_json::from_str(text).unwrap(),
                    Message::Binary(bytes) => postcard::from_bytes(bytes).unwrap(),
                    Message::Close(frame) => {
                        code = frame.as_ref().map(|frame| frame.code.into());
                        continue;
                    }
                    _ => continue,
                };
                ears.told.lock().unwrap().events.push(event);
                ears.news.notify_waiters();
            }
            ears.told.lock().unwrap().over = Some(code);
            ears.news.notify_waiters();
        });
        Ok(Self {
            encoding,
            sink,
            heard,
            reader,
            commands: PhantomData,
        })
    }

    /// Sends a command. A connection that is gone swallows it, as in life.
    pub(crate) async fn send(&mut self, command: &C) {
        let message = match self.encoding {
            Encoding::Json => Message::text(serde_json::to_string(command).unwrap()),
            Encoding::Postcard => Message::binary(postcard::to_allocvec(command).unwrap()),
        };
        let _ = self.sink.send(message).await;
    }

    /// Sends any frame at all.
    pub(crate) async fn send_raw(&mut self, message: Message) {
        let _ = self.sink.send(message).await;
    }

    /// Waits for something this client was told, now or before.
    pub(crate) async fn hears<T>(&self, what: &str, find: impl Fn(&E) -> Option<T>) -> T {
        self.until(what, |told| told.events.iter().find_map(&find))
            .await
    }

    /// Waits until the connection is over, and returns the code it was closed with.
    pub(crate) async fn is_closed(&self) -> Option<u16> {
        self.until("the end of the connection", |told| told.over)
            .await
    }

    /// Whether the connection is over.
    pub(crate) fn is_over(&self) -> bool {
        self.heard.told.lock().unwrap().over.is_some()
    }

    /// Everything told so far.
    pub(crate) fn heard(&self) -> Vec<E> {
        self.heard.told.lock().unwrap().events.clone()
    }

    /// Everything told since the last time.
    pub(crate) fn takes(&self) -> Vec<E> {
        std::mem::take(&mut self.heard.told.lock().unwrap().events)
    }

    /// Forgets what was told so far, so that only news is heard.
    pub(crate) fn forget(&self) {
        self.heard.told.lock().unwrap().events.clear();
    }

    async fn until<T>(&self, what: &str, check: impl Fn(&Told<E>) -> Option<T>) -> T {
        let waiting = async {
            loop {
                let news = self.heard.news.notified();
                if let Some(found) = check(&self.heard.told.lock().unwrap()) {
                    return found;
                }
                news.await;
            }
        };
        match tokio::time::timeout(PATIENCE, waiting).await {
            Ok(found) => found,
            Err(_) => panic!("waited {PATIENCE:?} for {what}, in vain"),
        }
    }
}

impl<C, E> Drop for Client<C, E> {
    fn drop(&mut self) {
        // The socket goes without a goodbye, as when a train enters a tunnel.
        self.reader.abort();
    }
}
