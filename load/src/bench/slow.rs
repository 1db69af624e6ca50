//! Some watchers stop to read: the others must not notice.

use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::{Context as _, Result};
use futures::StreamExt as _;

use super::cpu::{self, Core};
use super::figures::{Figures, Goal, median};
use super::ground::Ground;
use super::speaker::{self, Stream};
use super::stamp::Epoch;
use super::targets::{Listeners, Target, drain};
use super::watchers::Watchers;
use crate::chance::Chance;
use crate::gates::Run;

/// Messages a second.
const RATE: u64 = 50;
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) async fn run(run: &mut Run, figures: &mut Figures) -> Result<()> {
    let (rounds, messages) = run.size((1, 100), (3, 400));
    let stream = Stream {
        rate: RATE,
        messages,
    };
    run.core = Core::Only(0);
    let ground = Ground::open(run, 2, 1).await?;
    let (mut without, mut with, mut grown) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        without.push(round(&ground, stream, 0, &mut run.chance).await?.0);
        let (p99, memory) = round(&ground, stream, 100, &mut run.chance).await?;
        with.push(p99);
        grown.push(memory);
    }
    let (without, with) = (median(without), median(with));
    let of = "1,000 watchers, 100 of them do not read";
    figures.note(of, "ms for the others, 99 of 100", with);
    figures.note(of, "ms when all read, 99 of 100", without);
    figures.hold(of, "× when all read", with / without, Goal::AtMost(1.5));
    // What the queue and the socket's own buffer may hold for each, and as much again for the allocator.
    figures.hold(of, "MiB more in use", median(grown), Goal::AtMost(150.0));
    ground.site.server.remove().await
}

/// The 99th hundredth of those who read, in milliseconds, and by how many MiB the server grew.
async fn round(
    ground: &Ground,
    stream: Stream,
    stalled: usize,
    chance: &mut Chance,
) -> Result<(f64, f64)> {
    let target = Target::Hub(ground);
    let sockets = target.open(1, Listeners::Team(1_000)).await?;
    let mut listeners = sockets.listeners;
    // They keep their sockets open, and never look.
    let asleep = listeners.split_off(listeners.len() - stalled);
    let reading = listeners.len() as u64;
    let epoch = Epoch::now();
    let watchers = Watchers::new(listeners, epoch);
    let speaker = sockets.speakers.into_iter().next().context("a speaker")?;
    let (sink, answers) = speaker.split();
    let drained = tokio::spawn(drain(answers));
    let pid = ground.pid()?;
    let before = cpu::resident_memory(pid)?;
    speaker::say(&mut [sink], stream, epoch, chance).await?;
    watchers.have(stream.messages * reading, PATIENCE).await;
    let grown = cpu::resident_memory(pid)?.saturating_sub(before);
    let seen = watchers.leave();
    drained.abort();
    drop(asleep);
    tokio::time::sleep(Duration::from_millis(500)).await;
    anyhow::ensure!(
        seen.messages.load(Ordering::Relaxed) == stream.messages * reading,
        "not all came"
    );
    Ok((seen.times.within(0.99), grown as f64 / f64::from(1 << 20)))
}
