//! Days at a desk, played from a seed: visitors and agents with the links of the real clients, the
//! hub, the rules, and between them a network that is slow and breaks, a server that is killed, and a
//! clock. One thread, no IO: the same seed plays the same day again.
//!
//! What is modelled and not real: the database (the rules' own facts, kept over a crash), the sockets
//! (queues with delays), and the two clients' screens (a list of entries). The gates in `load` play
//! the rest with real processes.

mod agent;
mod agent_side;
mod chance;
mod client;
mod defect;
mod ends;
mod judge;
mod network;
mod nodes;
mod server;
mod truth;
mod visitor;
mod visitor_side;
mod world;

use std::sync::atomic::{AtomicU64, Ordering};

use self::defect::{Defect, Played};
use self::world::World;

/// Seeds played by `cargo test`.
const SEEDS: u64 = 2_000;
/// Seeds in which every defect has to be found.
const PROOF: u64 = 300;

/// A number from the environment.
fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name} is {text:?}, but has to be a number")),
    )
}

fn play(seed: u64, defect: Option<Defect>) -> Played {
    let mut world = World::new(seed, defect);
    world.play();
    world.judged()
}

/// Plays days on all cores; the first one that breaks the promise is named.
fn play_all(seeds: std::ops::Range<u64>) -> Played {
    let next = AtomicU64::new(seeds.start);
    let players = std::thread::available_parallelism().map_or(1, usize::from);
    let player = || {
        let mut all = Played::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                return all;
            }
            let day = std::panic::catch_unwind(|| play(seed, None));
            let again = format!("BATON_SIM_SEED={seed} cargo test -p server --lib sim::");
            all.add(&day.unwrap_or_else(|_| panic!("this day again: {again}")));
        }
    };
    std::thread::scope(|scope| {
        let players: Vec<_> = (0..players).map(|_| scope.spawn(player)).collect();
        let mut all = Played::default();
        for played in players {
            all.add(&played.join().expect("every day keeps the promise"));
        }
        all
    })
}

/// `BATON_SIM_SEEDS=100000` plays more of them, `BATON_SIM_SEED=7` this one alone.
#[test]
fn a_day_at_the_desk_keeps_the_promise() {
    let seeds = match number("BATON_SIM_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("BATON_SIM_SEEDS").unwrap_or(SEEDS),
    };
    let days = seeds.end - seeds.start;
    let all = play_all(seeds);
    println!("{days} days: {all:?}");
    if days >= SEEDS {
        // A desk at which nothing happens would keep any promise.
        let Played {
            acked,
            cuts,
            restarts,
            claims,
            resumed,
            ..
        } = all;
        assert!(acked > 20 * days, "{all:?}");
        assert!(
            cuts.min(restarts).min(claims).min(resumed) > days,
            "{all:?}"
        );
    }
}

#[test]
fn a_seed_plays_the_same_day_again() {
    for seed in 0..100 {
        assert_eq!(play(seed, None), play(seed, None), "seed {seed}");
    }
}

#[test]
fn every_defect_is_found() {
    for defect in Defect::ALL {
        let found =
            (0..PROOF).find(|seed| std::panic::catch_unwind(|| play(*seed, Some(defect))).is_err());
        println!("{defect:?}: found by seed {found:?}");
        assert!(found.is_some(), "{defect:?} was not found in {PROOF} days");
    }
}
