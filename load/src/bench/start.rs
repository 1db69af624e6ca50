//! From the start of the program to the first socket that is greeted, on a database that is up to date.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use super::cpu::{self, Core};
use super::door;
use super::figures::{Figures, Goal, median};
use super::ground::Ground;
use crate::gates::Run;

/// How often somebody tries to connect.
const TRY: Duration = Duration::from_micros(200);
const MIB: f64 = 1_048_576.0;
/// Until what the start needed is given back.
const QUIET: (Duration, Duration) = (Duration::from_secs(3), Duration::from_secs(5));

pub(super) async fn run(run: &mut Run, figures: &mut Figures) -> Result<()> {
    let starts = run.size(3, 9);
    run.core = Core::Any;
    let mut ground = Ground::open(run, 1, 1).await?;
    let taken = starts_of(&mut ground, starts).await?;
    let of = "start, on a database that is up to date";
    figures.hold(
        of,
        "ms to the first connection",
        median(taken.0),
        Goal::AtMost(25.0),
    );
    figures.note(of, "ms to the first welcome", median(taken.1));
    tokio::time::sleep(run.size(QUIET.0, QUIET.1)).await;
    let pid = ground.pid()?;
    let (all, own) = (cpu::resident_memory(pid)?, cpu::private_memory(pid)?);
    let of = "the server, just started";
    figures.hold(of, "MiB in use", all as f64 / MIB, Goal::AtMost(25.0));
    figures.note(of, "MiB of these its own", own as f64 / MIB);
    ground.site.server.remove().await
}

/// Starts it so often, and returns the milliseconds to the first connection, and to the first welcome.
pub(super) async fn starts_of(ground: &mut Ground, starts: usize) -> Result<(Vec<f64>, Vec<f64>)> {
    let (mut connected, mut welcomed) = (Vec::new(), Vec::new());
    for _ in 0..starts {
        ground.site.server.stop().await?;
        let address = ground.site.server.address;
        let began = Instant::now();
        let trying = tokio::spawn(async move {
            loop {
                if tokio::net::TcpStream::connect(address.0).await.is_ok() {
                    return began.elapsed();
                }
                tokio::time::sleep(TRY).await;
            }
        });
        ground.site.server.start().await?;
        connected.push(trying.await?.as_secs_f64() * 1_000.0);
        let room = ground.rooms.first().context("a room")?;
        let (wire, _) = door::back(address, ground.site.chatbot, room).await?;
        welcomed.push(began.elapsed().as_secs_f64() * 1_000.0);
        drop(wire);
    }
    Ok((connected, welcomed))
}
