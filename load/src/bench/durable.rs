//! Messages that are kept: how many in a second when everybody writes as fast as they are answered, how
//! long one takes at a steady rate, and how long when nobody else writes.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use futures::{SinkExt as _, StreamExt as _};
use tokio_tungstenite::tungstenite::Message;

use super::cpu::{self, Core};
use super::door;
use super::figures::{Figures, Goal, median};
use super::ground::Ground;
use super::speaker::{self, Stream};
use super::stamp::Epoch;
use super::targets::drain;
use super::watchers::{Times, Watchers};
use crate::bare::commits;
use crate::chance::Chance;
use crate::client::wire::Wire;
use crate::gates::Run;

/// Visitors who write, and messages of one that are not answered yet.
const VISITORS: usize = 256;
const AHEAD: usize = 4;
/// Conversations in which somebody writes at a steady rate; an agent follows them all.
const FOLLOWED: usize = 20;
/// Messages in a transaction of the bare loop, as many as a lane takes.
const BATCH: usize = 128;
/// One message after the other, on a hub where nothing else happens.
const SINGLE: usize = 200;
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) async fn run(run: &mut Run, figures: &mut Figures) -> Result<()> {
    let rounds = run.size(1, 3);
    let lasting = Duration::from_millis(run.size(1_200, 8_000));
    run.core = Core::Any;
    let ground = Ground::open(run, 1_024, 1).await?;
    single(&ground, figures, &mut run.chance).await?;
    for rate in [1_000, 4_000] {
        steady(&ground, rate, lasting, figures, &mut run.chance).await?;
    }
    let mut sustained = Vec::new();
    for _ in 0..rounds {
        sustained.push(everybody(&ground, lasting, &mut run.chance).await?);
    }
    let one_by_one = one_by_one(run, rounds, lasting).await?;
    let mut site = ground.site;
    site.server.stop().await?;
    let database = &site.server.database;
    let (mut together, mut alone) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let chance = &mut run.chance;
        together.push(commits::rate(database, BATCH, lasting / 2, chance).await?);
        alone.push(commits::rate(database, 1, lasting / 2, chance).await?);
    }
    let (together, alone) = (median(together), median(alone));
    let acked = median(sustained.iter().map(|one| one.acked).collect());
    let of = "messages kept, as fast as answered";
    figures.hold(of, "acknowledged a second", acked, Goal::AtLeast(8_000.0));
    let times = |of: fn(&Sustained) -> f64| median(sustained.iter().map(of).collect());
    figures.note(of, "µs of processor time each", times(|one| one.cpu));
    figures.note(of, "ms, half within", times(|one| one.p50));
    figures.note(of, "ms, 99 of 100 within", times(|one| one.p99));
    figures.note("bare loop, 128 in a commit", "written a second", together);
    figures.note("bare loop, one in a commit", "written a second", alone);
    let alone_here = "the same, each committed alone";
    figures.note(alone_here, "acknowledged a second", one_by_one);
    let times = acked / one_by_one;
    figures.hold(of, "× each committed alone", times, Goal::AtLeast(8.0));
    figures.note(of, "× bare, one in a commit", acked / alone);
    figures.note(of, "× bare, 128 in a commit", acked / together);
    site.server.remove().await
}

/// The same server with a commit for each command.
async fn one_by_one(run: &mut Run, rounds: usize, lasting: Duration) -> Result<f64> {
    run.sabotage = Some("commit-each".to_owned());
    let ground = Ground::open(run, VISITORS, 1).await?;
    run.sabotage = None;
    let mut acked = Vec::new();
    for _ in 0..rounds {
        let sustained = everybody(&ground, lasting, &mut run.chance).await?;
        acked.push(sustained.acked);
    }
    ground.site.server.remove().await?;
    Ok(median(acked))
}

/// One message at a time: it never waits for a batch.
async fn single(ground: &Ground, figures: &mut Figures, chance: &mut Chance) -> Result<()> {
    let room = ground.rooms.first().context("a room")?;
    let address = ground.site.server.address;
    let (mut wire, _) = door::back(address, ground.site.chatbot, room).await?;
    let times = Times::default();
    for number in 0..SINGLE {
        let text = super::stamp::text(0, number as u64);
        let frame = speaker::frame(text, chance)?;
        let began = Instant::now();
        wire.send(frame).await?;
        door::answer(&mut wire, r#"{"done""#).await?;
        times.note(u64::try_from(began.elapsed().as_micros())?);
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let of = "one message on an idle hub";
    figures.note(of, "ms to its answer, half within", times.within(0.5));
    figures.note(of, "ms to its answer, 99 of 100", times.within(0.99));
    Ok(())
}

/// Visitors write at a steady rate, and an agent reads along.
async fn steady(
    ground: &Ground,
    rate: u64,
    lasting: Duration,
    figures: &mut Figures,
    chance: &mut Chance,
) -> Result<()> {
    let rooms = ground.rooms.get(..FOLLOWED).context("rooms")?;
    let followed: Vec<_> = rooms.iter().map(|room| room.conversation).collect();
    let site = &ground.site;
    let (agent, _) = door::agent(site, ground.signed_in.clone(), &followed).await?;
    let epoch = Epoch::now();
    let watchers = Watchers::of_many(agent, epoch);
    let (mut sinks, mut drains) = (Vec::new(), Vec::new());
    for wire in ground.visitors(rooms).await? {
        let (sink, stream) = wire.split();
        sinks.push(sink);
        drains.push(tokio::spawn(drain(stream)));
    }
    let messages = rate * u64::try_from(lasting.as_millis())? / 1_000;
    speaker::say(&mut sinks, Stream { rate, messages }, epoch, chance).await?;
    watchers.have(messages, PATIENCE).await;
    let seen = watchers.leave();
    drains.iter().for_each(tokio::task::JoinHandle::abort);
    let of = format!("visitor to agent, {rate} a second");
    let came = seen.messages.load(Ordering::Relaxed) as f64 / messages as f64;
    figures.hold(&of, "share that came", came, Goal::AtLeast(1.0));
    let (p50, p99) = (seen.times.within(0.5), seen.times.within(0.99));
    if rate == 1_000 {
        figures.hold(&of, "ms, half within", p50, Goal::AtMost(3.0));
        figures.hold(&of, "ms, 99 of 100 within", p99, Goal::AtMost(15.0));
    } else {
        figures.note(&of, "ms, half within", p50);
        figures.note(&of, "ms, 99 of 100 within", p99);
    }
    Ok(())
}

/// What came of everybody writing at once.
struct Sustained {
    acked: f64,
    cpu: f64,
    p50: f64,
    p99: f64,
}

async fn everybody(ground: &Ground, lasting: Duration, chance: &mut Chance) -> Result<Sustained> {
    let rooms = ground.rooms.get(..VISITORS).context("rooms")?;
    let pid = ground.pid()?;
    let shared = Arc::new(Shared::default());
    let mut writers = Vec::new();
    for wire in ground.visitors(rooms).await? {
        writers.push(tokio::spawn(write(wire, shared.clone(), chance.split())));
    }
    // Not counted until it flows.
    tokio::time::sleep(Duration::from_millis(500)).await;
    let (acked, cpu, began) = (
        shared.acked.load(Ordering::Relaxed),
        cpu::spent(pid)?,
        Instant::now(),
    );
    tokio::time::sleep(lasting).await;
    let acked = (shared.acked.load(Ordering::Relaxed) - acked) as f64;
    let (cpu, took) = (cpu::spent(pid)? - cpu, began.elapsed());
    shared.ended.store(true, Ordering::Relaxed);
    for writer in writers {
        writer.await??;
    }
    Ok(Sustained {
        acked: acked / took.as_secs_f64(),
        cpu: cpu.as_micros() as f64 / acked,
        p50: shared.times.within(0.5),
        p99: shared.times.within(0.99),
    })
}

#[derive(Default)]
struct Shared {
    acked: AtomicU64,
    ended: AtomicBool,
    times: Times,
}

/// Writes, and writes again for each answer, until it is told to end and all is answered.
async fn write(wire: Wire, shared: Arc<Shared>, mut chance: Chance) -> Result<()> {
    let (mut sink, mut stream) = wire.split();
    let mut sent = HashMap::<String, Instant>::new();
    loop {
        let ended = shared.ended.load(Ordering::Relaxed);
        if ended && sent.is_empty() {
            return Ok(());
        }
        let mut fed = false;
        while sent.len() < AHEAD && !ended {
            let frame = speaker::frame(super::stamp::text(0, 0), &mut chance)?;
            let key = key(frame.to_text()?).context("a key")?.to_owned();
            sent.insert(key, Instant::now());
            sink.feed(frame).await?;
            fed = true;
        }
        if fed {
            sink.flush().await?;
        }
        let heard = stream.next().await.context("the connection ended")??;
        let Message::Text(text) = heard else { continue };
        anyhow::ensure!(!text.starts_with(r#"{"refused""#), "{text}");
        if text.starts_with(r#"{"done""#)
            && let Some(at) = key(&text).and_then(|key| sent.remove(key))
        {
            shared.times.note(u64::try_from(at.elapsed().as_micros())?);
            shared.acked.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// The key in a frame.
pub(super) fn key(frame: &str) -> Option<&str> {
    let (_, rest) = frame.split_once(r#""key":""#)?;
    rest.split('"').next()
}
