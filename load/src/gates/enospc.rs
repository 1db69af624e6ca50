//! `enospc`: the disk is full at random writes; nothing is acknowledged that is not kept, reads go
//! on, and the server recovers by itself.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use futures::{SinkExt as _, StreamExt as _};
use protocol::visitor::{Page, Start, VisitorCommand, VisitorEvent};
use protocol::{ConversationId, Key, PublicSeq, Refusal};
use tokio_tungstenite::tungstenite::Message;

use super::{Run, disk};
use crate::chance::{Chance, now};
use crate::client::wire::{self, Door, Wire};
use crate::report::Report;
use crate::site::Site;

/// For the server to come to the write that does not fit.
const FULL: Duration = Duration::from_secs(10);
/// A page has to be read within this while the disk is full.
const READ: Duration = Duration::from_secs(3);
/// Something has to be acknowledged within this once there is room again.
const RECOVER: Duration = Duration::from_secs(5);

pub(super) async fn run(run: &mut Run, report: &mut Report) -> Result<()> {
    let (site, mut talk) = disk::begin(run).await?;
    let mut reader = Reader::begin(&site, &mut run.chance).await?;
    let times = run.size(25, 1_000);
    let (mut reads, mut recoveries, mut refused) = (Vec::new(), Vec::new(), 0);
    'times: for time in 1..=times {
        tokio::time::sleep(run.chance.within(Duration::from_millis(200))).await;
        let (known, began) = (site.server.full(), Instant::now());
        let (seed, after) = (run.chance.next() >> 16, run.chance.below(20));
        site.server.order(&format!("full {seed} {after}"))?;
        while site.server.full() == known && began.elapsed() < FULL {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        if site.server.full() == known {
            report.broke("nothing_written", format!("before time {time}"));
            talk.hurry();
            break;
        }
        match tokio::time::timeout(READ, reader.reads()).await {
            Ok(Ok(took)) => reads.push(millis(took)),
            Ok(Err(error)) => report.broke("cannot_read", format!("{error:#}")),
            Err(_) => report.broke("cannot_read", format!("nothing after {READ:?}")),
        }
        let page = tokio::time::timeout(READ, site.ask("load_embed", None)).await;
        let readable = matches!(page, Ok(Ok(_)));
        report.expect(readable, "cannot_read", "a page of the owner's");
        let told = tokio::time::timeout(READ, reader.says()).await;
        match told.context("no answer while full")?? {
            Told::Refused => refused += 1,
            // It was let go by the last write that fitted.
            Told::Done => {}
        }
        tokio::time::sleep(run.chance.within(Duration::from_millis(200))).await;

        site.server.order("")?;
        let began = Instant::now();
        loop {
            match tokio::time::timeout(RECOVER, reader.says()).await {
                Ok(Ok(Told::Done)) => break recoveries.push(millis(began.elapsed())),
                Ok(Ok(Told::Refused)) if began.elapsed() < RECOVER => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                Ok(Err(error)) => return Err(error),
                Ok(Ok(Told::Refused)) | Err(_) => {
                    report.broke("not_recovered", format!("{RECOVER:?} after time {time}"));
                    talk.hurry();
                    break 'times;
                }
            }
        }
    }
    report.figure("times_full", times);
    report.figure("refused_while_full", refused);
    report.expect(refused > 0, "nothing_refused", "no write met a full disk");
    report.times("read_while_full_ms", reads);
    report.times("recovered_ms", recoveries);
    reader.judge(&site, report).await?;
    talk.judge(&site, report).await?;
    site.server.remove().await
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

enum Told {
    Done,
    Refused,
}

/// A visitor who stays connected, reads and says something once in a while.
struct Reader {
    wire: Wire,
    conversation: ConversationId,
    chance: Chance,
    said: u64,
    /// What was acknowledged: the number and the words.
    acked: Vec<(u64, String)>,
    refused: Vec<String>,
}

impl Reader {
    async fn begin(site: &Site, chance: &mut Chance) -> Result<Self> {
        let mut chance = chance.split();
        let door = Door {
            path: "/ws/visitor",
            ..Door::default()
        };
        let mut reader = Self {
            wire: wire::open(site.server.address, door).await?,
            conversation: ConversationId::new(now(), &chance.bytes()),
            chance,
            said: 0,
            acked: Vec::new(),
            refused: Vec::new(),
        };
        let start = VisitorCommand::Start(Start {
            token: None,
            chatbot: site.chatbot,
            conversation: reader.conversation,
            after: PublicSeq(0),
            page: Page {
                url: "https://shop.example/stoves".to_owned(),
                title: "Stoves".to_owned(),
                referrer: String::new(),
            },
            locale: "en-GB".to_owned(),
        });
        reader.sends(&start).await?;
        for _ in 0..3 {
            reader.says().await?;
        }
        Ok(reader)
    }

    async fn sends(&mut self, command: &VisitorCommand) -> Result<()> {
        let text = serde_json::to_string(command)?;
        self.wire.send(Message::text(text)).await?;
        Ok(())
    }

    async fn hears(&mut self) -> Result<VisitorEvent> {
        loop {
            match self.wire.next().await {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text)?),
                Some(Ok(Message::Close(_)) | Err(_)) | None => bail!("the connection ended"),
                Some(Ok(_)) => {}
            }
        }
    }

    /// Reads the first entries again.
    async fn reads(&mut self) -> Result<Duration> {
        let began = Instant::now();
        let before = PublicSeq(3);
        self.sends(&VisitorCommand::LoadEarlier { before }).await?;
        loop {
            if let VisitorEvent::Earlier { entries, .. } = self.hears().await? {
                ensure!(!entries.is_empty(), "an empty page");
                return Ok(began.elapsed());
            }
        }
    }

    async fn says(&mut self) -> Result<Told> {
        self.said += 1;
        let text = format!("Is it lit? {} {:x}", self.said, self.chance.next());
        let own = Key::new(now(), &self.chance.bytes());
        let say = VisitorCommand::Say {
            key: own,
            text: text.clone(),
            attachments: Vec::new(),
        };
        self.sends(&say).await?;
        loop {
            match self.hears().await? {
                VisitorEvent::Done {
                    key,
                    seq: Some(seq),
                } if key == own => {
                    self.acked.push((seq.0, text));
                    return Ok(Told::Done);
                }
                VisitorEvent::Refused {
                    key: Some(key),
                    refusal,
                    ..
                } if key == own => {
                    ensure!(refusal == Refusal::Unavailable, "refused: {refusal:?}");
                    self.refused.push(text);
                    return Ok(Told::Refused);
                }
                _ => {}
            }
        }
    }

    /// What was acknowledged is kept, what was refused is not.
    async fn judge(&mut self, site: &Site, report: &mut Report) -> Result<()> {
        let rows = site.server.database.entries().await?;
        let own = rows
            .iter()
            .filter(|row| row.conversation == self.conversation);
        let own: Vec<_> = own.map(|row| &row.line).collect();
        for (seq, text) in &self.acked {
            let kept = own
                .iter()
                .any(|line| line.public == Some(*seq) && line.text.as_deref() == Some(text));
            report.expect(kept, "lost", format!("{seq}: {text}"));
        }
        for text in &self.refused {
            let kept = own.iter().any(|line| line.text.as_deref() == Some(text));
            report.expect(!kept, "refused_and_kept", text.clone());
        }
        Ok(())
    }
}
