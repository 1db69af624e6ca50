//! A mail server that keeps what it is given, and refuses, stalls or vanishes when it is told to.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mail_parser::{Message, MessageParser};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the next mail meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meets {
    /// A 4xx: try again later.
    Later,
    /// A 5xx: never.
    Never,
    /// No answer at all.
    Silence,
    /// It is taken, and the answer is lost.
    LostAnswer,
}

/// The mail server, as RFC 5321 has it, as far as a client needs it.
pub(crate) struct MailServer {
    pub(crate) address: SocketAddr,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    next: VecDeque<Meets>,
    mails: Vec<Arrived>,
    /// How many recipients were named, taken or not.
    tried: usize,
}

/// A mail as a mail program shows it.
#[derive(Debug, Clone)]
pub(crate) struct Arrived {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) id: String,
    pub(crate) text: String,
    pub(crate) html: String,
    pub(crate) head: String,
}

impl MailServer {
    pub(crate) async fn starts() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let inner = Arc::new(Mutex::new(Inner::default()));
        let all = Arc::clone(&inner);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let inner = Arc::clone(&all);
                // Who hangs up in the middle is no failure of the server.
                tokio::spawn(async move { drop(serve(stream, inner).await) });
            }
        });
        Self { address, inner }
    }

    /// What the next mails meet, one each; all after them are taken.
    pub(crate) fn next(&self, meets: &[Meets]) {
        self.inner.lock().unwrap().next.extend(meets);
    }

    /// All that arrived.
    pub(crate) fn mails(&self) -> Vec<Arrived> {
        self.inner.lock().unwrap().mails.clone()
    }

    /// How often somebody was to be written to.
    pub(crate) fn tried(&self) -> usize {
        self.inner.lock().unwrap().tried
    }

    /// Waits until so many arrived, and returns the last of them.
    pub(crate) async fn gets(&self, count: usize) -> Arrived {
        for _ in 0..1000 {
            let mails = self.mails();
            assert!(mails.len() <= count, "{mails:#?}");
            if mails.len() == count {
                return mails[count - 1].clone();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{count} mails were to come, these did: {:#?}", self.mails());
    }

    /// Waits until somebody was to be written to so often.
    pub(crate) async fn is_tried(&self, count: usize) {
        for _ in 0..1000 {
            if self.tried() >= count {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("nobody was written to: {}", self.tried());
    }
}

async fn serve(stream: TcpStream, inner: Arc<Mutex<Inner>>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 test ready\r\n").await?;
    let mut meets = None;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let word = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer = match word.as_str() {
            "EHLO" => "250-test\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
            "RCPT" => {
                let mut inner = inner.lock().unwrap();
                inner.tried += 1;
                meets = inner.next.pop_front();
                match meets {
                    Some(Meets::Later) => "451 4.2.1 the box is being moved\r\n",
                    Some(Meets::Never) => "550 5.1.1 no such box here\r\n",
                    _ => "250 ok\r\n",
                }
            }
            "DATA" if meets == Some(Meets::Silence) => {
                std::future::pending::<()>().await;
                return Ok(());
            }
            "DATA" => {
                stream.write_all(b"354 go on\r\n").await?;
                let data = read_data(&mut stream).await?;
                inner.lock().unwrap().mails.push(arrived(&data));
                if meets == Some(Meets::LostAnswer) {
                    return Ok(());
                }
                "250 taken\r\n"
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => "250 ok\r\n",
        };
        stream.write_all(answer.as_bytes()).await?;
    }
}

async fn read_data(stream: &mut BufReader<TcpStream>) -> std::io::Result<Vec<u8>> {
    let mut data = Vec::new();
    loop {
        let mut line = Vec::new();
        stream.read_until(b'\n', &mut line).await?;
        match line.as_slice() {
            b".\r\n" | b"" => return Ok(data),
            // RFC 5321, 4.5.2.
            [b'.', rest @ ..] => data.extend_from_slice(rest),
            line => data.extend_from_slice(line),
        }
    }
}

fn arrived(data: &[u8]) -> Arrived {
    let message: Message<'_> = MessageParser::default().parse(data).expect("a mail");
    let to = message.to().and_then(|to| to.first()).expect("a recipient");
    let head = String::from_utf8_lossy(data).into_owned();
    let head = head.split("\r\n\r\n").next().unwrap().to_owned();
    Arrived {
        to: to.address().expect("an address").to_owned(),
        subject: message.subject().expect("a subject").to_owned(),
        id: message.message_id().expect("an id").to_owned(),
        text: message.body_text(0).expect("plain text").into_owned(),
        html: message.body_html(0).expect("HTML").into_owned(),
        head,
    }
}

impl Arrived {
    /// The secret of the link to a page.
    pub(crate) fn secret(&self, page: &str) -> String {
        let mark = format!("/{page}#");
        let (_, rest) = self.text.split_once(&mark).unwrap_or_else(|| {
            panic!("no link to {page} in {}", self.text);
        });
        let secret = rest.split_whitespace().next().unwrap();
        assert!(self.html.contains(&format!("{mark}{secret}")));
        secret.to_owned()
    }
}
