//! What it costs to tell many: one speaker and many listeners, and many rooms of two.

use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::{Result, ensure};
use futures::StreamExt as _;
use tokio::task::JoinHandle;

use super::cpu::{self, Core};
use super::figures::{Figures, Goal, median};
use super::ground::Ground;
use super::speaker::{self, Stream};
use super::stamp::Epoch;
use super::targets::{Bare, Listeners, Sockets, Target, drain};
use super::watchers::Watchers;
use crate::bare::fanout::Flush;
use crate::chance::Chance;
use crate::gates::Run;

/// Until the last message of a round has arrived.
const PATIENCE: Duration = Duration::from_secs(20);
/// Until the server has noticed who left.
const LEAVING: Duration = Duration::from_millis(250);

/// What is said to whom.
struct Scenario {
    name: &'static str,
    rooms: usize,
    listeners: Listeners,
    stream: Stream,
    /// The bare form that its processor time is held against, and how many times that it may be.
    against: (Flush, f64),
}

impl Scenario {
    fn deliveries(&self) -> u64 {
        let each = match self.listeners {
            Listeners::Team(tabs) => tabs as u64,
            Listeners::Visitor => 1,
        };
        self.stream.messages * each
    }
}

/// Each is said for so many seconds.
const fn scenarios(seconds: u64) -> [Scenario; 3] {
    [
        Scenario {
            name: "one to 100, 250,000 a second",
            rooms: 1,
            listeners: Listeners::Team(100),
            stream: lasting(2_500, seconds),
            against: (Flush::Together, 1.6),
        },
        Scenario {
            name: "one to 1,000, 25,000 a second",
            rooms: 1,
            listeners: Listeners::Team(1_000),
            stream: lasting(25, seconds),
            against: (Flush::Each, 1.25),
        },
        Scenario {
            name: "1,000 rooms of two, 4,000 a second",
            rooms: 1_000,
            listeners: Listeners::Visitor,
            stream: lasting(4_000, seconds),
            against: (Flush::Each, 1.25),
        },
    ]
}

const fn lasting(rate: u64, seconds: u64) -> Stream {
    let messages = rate * seconds;
    Stream { rate, messages }
}

/// What one round of one target came to.
struct Sample {
    /// Microseconds of the server's processor time for each delivery.
    cpu: f64,
    /// The share of what was to be delivered.
    delivered: f64,
    p50: f64,
    p99: f64,
}

pub(super) async fn run(run: &mut Run, figures: &mut Figures) -> Result<()> {
    let (rounds, seconds) = run.size((1, 1), (5, 3));
    run.core = Core::Only(0);
    let most = scenarios(seconds)
        .iter()
        .map(|scenario| scenario.rooms)
        .max();
    let ground = Ground::open(run, 2 * most.unwrap_or(1), 1).await?;
    let each = Bare::start(Flush::Each, run.core, &mut run.chance).await?;
    let together = Bare::start(Flush::Together, run.core, &mut run.chance).await?;
    let targets = [
        ("bare, a write each", Target::Bare(&each)),
        ("bare, up to 64 in a write", Target::Bare(&together)),
        ("the hub alone", Target::Hub(&ground)),
        ("everything, kept", Target::Durable(&ground)),
    ];
    for scenario in scenarios(seconds) {
        let mut samples: [Vec<Sample>; 4] = std::array::from_fn(|_| Vec::new());
        for _ in 0..rounds {
            for ((_, target), samples) in targets.iter().zip(&mut samples) {
                samples.push(round(target, &scenario, &mut run.chance).await?);
            }
        }
        tell(
            &scenario,
            &targets.each_ref().map(|(name, _)| *name),
            &samples,
            figures,
        );
    }
    ground.site.server.remove().await
}

fn tell(scenario: &Scenario, names: &[&str; 4], samples: &[Vec<Sample>; 4], figures: &mut Figures) {
    let middle =
        |samples: &[Sample], of: fn(&Sample) -> f64| median(samples.iter().map(of).collect());
    let (flush, most) = scenario.against;
    let beside = &samples[match flush {
        Flush::Each => 0,
        Flush::Together => 1,
    }];
    // Each against the one of its own round.
    let ratio = |samples: &[Sample]| {
        let pairs = samples.iter().zip(beside);
        median(pairs.map(|(one, bare)| one.cpu / bare.cpu).collect())
    };
    for (name, samples) in names.iter().zip(samples) {
        let of = format!("{}: {name}", scenario.name);
        figures.note(
            &of,
            "µs of processor time each",
            middle(samples, |one| one.cpu),
        );
        figures.hold(
            &of,
            "share delivered in order",
            middle(samples, |one| one.delivered),
            Goal::AtLeast(1.0),
        );
        figures.note(&of, "ms, half within", middle(samples, |one| one.p50));
        figures.note(&of, "ms, 99 of 100 within", middle(samples, |one| one.p99));
    }
    let against = match flush {
        Flush::Each => "× a write each",
        Flush::Together => "× up to 64 in a write",
    };
    let of = |name: &str| format!("{}: {name}", scenario.name);
    figures.hold(
        &of(names[2]),
        against,
        ratio(&samples[2]),
        Goal::AtMost(most),
    );
    figures.note(&of(names[3]), against, ratio(&samples[3]));
}

async fn round(target: &Target<'_>, scenario: &Scenario, chance: &mut Chance) -> Result<Sample> {
    let sockets = target.open(scenario.rooms, scenario.listeners).await?;
    let epoch = Epoch::now();
    let Sockets {
        speakers,
        listeners,
    } = sockets;
    let watchers = Watchers::new(listeners, epoch);
    let (mut sinks, mut drains) = (Vec::new(), Vec::new());
    for speaker in speakers {
        let (sink, stream) = speaker.split();
        sinks.push(sink);
        drains.push(tokio::spawn(drain(stream)));
    }
    let pid = target.pid()?;
    // What the greeting left to do is not part of it.
    tokio::time::sleep(LEAVING).await;
    let before = cpu::spent(pid)?;
    speaker::say(&mut sinks, scenario.stream, epoch, chance).await?;
    let all = scenario.deliveries();
    watchers.have(all, PATIENCE).await;
    let spent = cpu::spent(pid)? - before;
    let seen = watchers.leave();
    drains.iter().for_each(JoinHandle::abort);
    drop(sinks);
    tokio::time::sleep(LEAVING).await;
    let came = seen.messages.load(Ordering::Relaxed);
    let wrong = seen.wrong.load(Ordering::Relaxed);
    ensure!(came > 0, "{}: nothing came", scenario.name);
    Ok(Sample {
        cpu: spent.as_micros() as f64 / came as f64,
        delivered: came.saturating_sub(wrong) as f64 / all as f64,
        p50: seen.times.within(0.5),
        p99: seen.times.within(0.99),
    })
}
