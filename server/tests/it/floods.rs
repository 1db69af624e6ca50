//! Who opens many connections, or lets one drag on, takes the place of nobody else.

use std::time::Duration;

use protocol::schema;
use protocol::visitor::{VisitorCommand, VisitorEvent};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::actors::{Client, Encoding, TestDesk, get};

type Visitor = Client<VisitorCommand, VisitorEvent>;

/// Far longer than anything here may take.
const FOR_EVER: Duration = Duration::from_secs(15);

/// A connection on which this was said and no answer is waited for.
pub(crate) async fn raw(desk: &TestDesk, text: &str) -> TcpStream {
    let address = desk.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream
}

/// What the server says until it hangs up.
pub(crate) async fn until_the_end(mut stream: TcpStream) -> String {
    let mut said = Vec::new();
    let reading = stream.read_to_end(&mut said);
    let read = timeout(FOR_EVER, reading).await;
    // A reset is an end as well.
    let _ = read.expect("the server hangs up");
    String::from_utf8_lossy(&said).into_owned()
}

async fn socket(desk: &TestDesk) -> Result<Visitor, u16> {
    Visitor::connect(&format!("{}/ws/visitor", desk.url), Encoding::Json, &[]).await
}

#[tokio::test]
async fn a_head_that_never_ends_is_hung_up_on() {
    let desk = TestDesk::start_with(|config| config.limits.request_seconds = 1).await;
    let silent = raw(&desk, "").await;
    let slow = raw(&desk, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-").await;
    until_the_end(silent).await;
    until_the_end(slow).await;
    desk.is_well().await;
}

#[tokio::test]
async fn a_form_that_never_ends_is_given_up() {
    let desk = TestDesk::start_with(|config| config.limits.request_seconds = 1).await;
    let url = &desk.url;
    let host = url.trim_start_matches("http://");
    let head = format!(
        "POST /pages/sign_in HTTP/1.1\r\nHost: {host}\r\nOrigin: {url}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nform[email]="
    );
    let said = until_the_end(raw(&desk, &head).await).await;
    assert!(said.starts_with("HTTP/1.1 408"), "{said:?}");

    let too_long = head.replace("Content-Length: 1000", "Content-Length: 100000");
    let mut stream = raw(&desk, &too_long).await;
    stream.write_all(&[b'x'; 70_000]).await.unwrap();
    let said = until_the_end(stream).await;
    assert!(said.starts_with("HTTP/1.1 413"), "{said:?}");
}

#[tokio::test]
async fn one_address_holds_only_so_many_open_requests() {
    let desk = TestDesk::start_with(|config| config.limits.requests_per_address = 3).await;
    // What set the desk up may still hold its places.
    let mut silent = Vec::new();
    for _ in 0..3 {
        silent.push(raw(&desk, "").await);
    }
    assert_eq!("", until_the_end(raw(&desk, "").await).await);
    drop(silent);
    let well = async {
        while until_the_end(raw(&desk, "GET /healthz HTTP/1.0\r\n\r\n").await)
            .await
            .is_empty()
        {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(FOR_EVER, well)
        .await
        .expect("a place is free again");
}

#[tokio::test]
async fn a_socket_takes_its_place_before_its_first_word() {
    let desk = TestDesk::start_with(|config| config.limits.connections_per_address = 2).await;
    let first = socket(&desk).await.unwrap();
    let _second = socket(&desk).await.unwrap();
    assert_eq!(Some(503), socket(&desk).await.err());

    let url = format!("{}/ws/visitor", desk.url);
    let headers = [
        ("connection", "upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("sec-websocket-protocol", schema::JSON),
    ];
    let full = get(&url, &headers).await;
    assert_eq!(
        (503, "10"),
        (full.status, full.headers["retry-after"].to_str().unwrap())
    );
    assert!(full.text.contains("from your address"), "{}", full.text);

    drop(first);
    let room = async {
        while socket(&desk).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(FOR_EVER, room)
        .await
        .expect("a place is free again");
}

#[tokio::test]
async fn all_together_hold_only_so_many_sockets() {
    let desk = TestDesk::start_with(|config| config.limits.connections = 1).await;
    let _first = socket(&desk).await.unwrap();
    assert_eq!(Some(503), socket(&desk).await.err());
    desk.is_well().await;
}
