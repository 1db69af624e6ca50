//! A server is killed and starts again: everybody comes back at once, is known, and gets what they missed,
//! while others go on talking.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use futures::SinkExt as _;
use protocol::ChatbotId;

use super::cpu::{self, Core};
use super::door::{self, Room};
use super::figures::{Figures, Goal};
use super::ground::Ground;
use super::speaker;
use super::watchers::Times;
use crate::chance::Chance;
use crate::client::wire::Wire;
use crate::gates::Run;
use crate::server::Address;

/// After a try that failed, at most.
const AGAIN: Duration = Duration::from_millis(100);
/// Whoever is not back by then does not come.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two messages of those who talk meanwhile.
const PAUSE: Duration = Duration::from_millis(20);

pub(super) async fn run(run: &mut Run, figures: &mut Figures) -> Result<()> {
    let clients = run.size(1_000, 10_000);
    run.core = Core::Only(0);
    let mut ground = Ground::open(run, clients + 1, 1).await?;
    let talker = ground.rooms.pop().context("a room")?;
    say_once(&ground, &mut run.chance).await?;
    let wires = ground.visitors(&ground.rooms).await?;
    ground.site.server.kill().await?;
    drop(wires);
    ground.site.server.start().await?;
    let (address, chatbot) = (ground.site.server.address, ground.site.chatbot);
    let (pid, began) = (ground.pid()?, Instant::now());
    let times = Arc::new(Times::default());
    let ended = Arc::new(AtomicBool::new(false));
    let talking = tokio::spawn(talk(
        (address, chatbot),
        talker,
        times.clone(),
        ended.clone(),
        run.chance.split(),
    ));
    let mut coming = Vec::new();
    for room in ground.rooms.clone() {
        let chance = run.chance.split();
        coming.push(tokio::spawn(come(address, chatbot, room, chance)));
    }
    let (mut wires, mut lost, mut last) = (Vec::new(), 0_u32, Duration::ZERO);
    for client in coming {
        match client.await? {
            Some((wire, missed, at)) => {
                lost += u32::from(!missed);
                last = last.max(at - began);
                wires.push(wire);
            }
            None => lost += 1,
        }
    }
    ended.store(true, Ordering::Relaxed);
    talking.await??;
    let of = format!("{clients} come back to a server that was killed");
    figures.hold(
        &of,
        "s until all are back",
        last.as_secs_f64(),
        Goal::AtMost(3.0),
    );
    figures.hold(
        &of,
        "not back, or without what they missed",
        f64::from(lost),
        Goal::AtMost(0.0),
    );
    let p99 = times.within(0.99);
    figures.hold(
        &of,
        "ms for a message meanwhile, 99 of 100",
        p99,
        Goal::AtMost(250.0),
    );
    let spent = cpu::spent(pid)?.as_micros() as f64 / clients as f64;
    figures.note(&of, "µs of processor time each", spent);
    drop(wires);
    ground.site.server.remove().await
}

/// Everybody says something that they do not hold: what they will have missed.
async fn say_once(ground: &Ground, chance: &mut Chance) -> Result<()> {
    for rooms in ground.rooms.chunks(256) {
        let mut wires = ground.visitors(rooms).await?;
        for wire in &mut wires {
            wire.send(speaker::frame(super::stamp::text(0, 0), chance)?)
                .await?;
        }
        for wire in &mut wires {
            door::answer(wire, r#"{"done""#).await?;
        }
    }
    Ok(())
}

/// Comes back until it is welcomed; whether it was told what it missed, and when.
async fn come(
    address: Address,
    chatbot: ChatbotId,
    room: Room,
    mut chance: Chance,
) -> Option<(Wire, bool, Instant)> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        match door::back(address, chatbot, &room).await {
            Ok((wire, welcome)) => {
                return Some((wire, !welcome.entries.is_empty(), Instant::now()));
            }
            Err(_) => tokio::time::sleep(chance.within(AGAIN)).await,
        }
    }
    None
}

/// Says one thing after the other, and notes how long each took to be kept.
async fn talk(
    (address, chatbot): (Address, ChatbotId),
    room: Room,
    times: Arc<Times>,
    ended: Arc<AtomicBool>,
    mut chance: Chance,
) -> Result<()> {
    let (mut wire, _) = door::back(address, chatbot, &room).await?;
    while !ended.load(Ordering::Relaxed) {
        let frame = speaker::frame(super::stamp::text(0, 0), &mut chance)?;
        let began = Instant::now();
        wire.send(frame).await?;
        door::answer(&mut wire, r#"{"done""#).await?;
        times.note(u64::try_from(began.elapsed().as_micros())?);
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}
