//! A WebSocket to the server, in JSON.

use std::marker::PhantomData;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use protocol::schema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use socket::{Codec, CommandOf, EventOf, Side};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::StatusCode;

use crate::server::Address;

pub(crate) type Wire = WebSocketStream<TcpStream>;

/// The documented encoding.
pub(crate) struct Json<S>(PhantomData<S>);

impl<S> Codec for Json<S>
where
    S: Side,
    S::Command: Serialize,
    S::Event: DeserializeOwned,
{
    type Side = S;
    const BINARY: bool = false;

    fn subprotocol() -> String {
        schema::JSON.to_owned()
    }

    fn encode(command: &CommandOf<Self>) -> Vec<u8> {
        serde_json::to_vec(command).expect("wire types always encode")
    }

    fn decode(frame: &[u8]) -> Option<EventOf<Self>> {
        serde_json::from_slice(frame).ok()
    }
}

/// How a socket is opened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Door {
    /// Such as `/ws/visitor`.
    pub(crate) path: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    /// Bytes that the kernel keeps for a client that does not read; its own choice when none.
    pub(crate) receive_buffer: Option<u32>,
    /// To something that speaks no protocol of ours.
    pub(crate) plain: bool,
}

/// Opens a socket.
pub(crate) async fn open(address: Address, door: Door) -> Result<Wire> {
    let url = format!("ws://{}{}", address.0, door.path);
    let mut request = url.into_client_request()?;
    let headers = request.headers_mut();
    if !door.plain {
        headers.insert("sec-websocket-protocol", schema::JSON.parse()?);
    }
    for (name, value) in &door.headers {
        headers.insert(*name, value.parse()?);
    }
    let opening = async {
        let socket = TcpSocket::new_v4()?;
        if let Some(bytes) = door.receive_buffer {
            socket.set_recv_buffer_size(bytes)?;
        }
        let stream = socket.connect(address.0).await?;
        stream.set_nodelay(true)?;
        match tokio_tungstenite::client_async(request, stream).await {
            Ok((wire, _)) => Ok(wire),
            Err(Error::Http(answer)) if answer.status() == StatusCode::SERVICE_UNAVAILABLE => {
                bail!("the server has no room")
            }
            Err(error) => Err(error.into()),
        }
    };
    let opened = tokio::time::timeout(Duration::from_secs(15), opening).await;
    opened.context("the server takes no connection")?
}
