//! Made-up input for whatever reads what strangers send: changed samples and plain noise. Reading
//! it must not panic, and must not take more memory than the input is worth.

use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

/// How long each reader is tried, in seconds; a moment when it is not set.
const SECONDS: &str = "BATON_FUZZ_SECONDS";
/// Input that is tried between two looks at the clock.
const BATCH: u32 = 256;

/// The memory that a reader may take, at its peak.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bound {
    /// For each byte of its input.
    pub(crate) each: u64,
    /// For itself, whatever it reads: its tables and the words of an error.
    pub(crate) own: u64,
}

impl Bound {
    /// Sixteen times the input: what whoever is sent anything by strangers may take.
    pub(crate) const STRICT: Self = Self {
        each: 16,
        own: 8 * 1024,
    };
}

/// A change of a sample.
#[derive(Debug, Clone)]
enum Change {
    Set(usize, u8),
    Insert(usize, Vec<u8>),
    Remove(usize, usize),
    /// Some of it once more.
    Repeat(usize, usize, usize),
    Cut(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let place = 0..4096_usize;
    let telling = prop_oneof![
        any::<u8>(),
        // Long numbers, brackets, quotes: what lengths and nesting are made of.
        prop::sample::select(b"\x00\x01\x7f\x80\xff{}[]\":,\\0".to_vec()),
    ];
    prop_oneof![
        4 => (place.clone(), telling.clone()).prop_map(|(at, byte)| Change::Set(at, byte)),
        2 => (place.clone(), vec(telling, 1..12)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        1 => (place.clone(), 1..40_usize).prop_map(|(at, length)| Change::Remove(at, length)),
        1 => (place.clone(), 1..40_usize, 1..400_usize)
            .prop_map(|(at, length, times)| Change::Repeat(at, length, times)),
        1 => place.prop_map(Change::Cut),
    ]
}

fn changed(mut bytes: Vec<u8>, changes: Vec<Change>) -> Vec<u8> {
    for change in changes {
        let length = bytes.len();
        let at = |at: usize| at % (length + 1);
        let until = |from: usize, many: usize| (from + many).min(length);
        match change {
            Change::Set(place, byte) if length > 0 => bytes[place % length] = byte,
            Change::Set(..) => {}
            Change::Insert(place, more) => {
                bytes.splice(at(place)..at(place), more);
            }
            Change::Remove(place, many) => {
                bytes.drain(at(place)..until(at(place), many));
            }
            Change::Repeat(place, many, times) => {
                let some = bytes[at(place)..until(at(place), many)].to_vec();
                bytes.splice(at(place)..at(place), some.repeat(times));
            }
            Change::Cut(place) => bytes.truncate(at(place)),
        }
    }
    // More than a frame may hold is never read.
    bytes.truncate(64 * 1024);
    bytes
}

/// Samples with changes, and noise.
fn input(samples: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let sample = prop::sample::select(samples);
    prop_oneof![
        9 => (sample, vec(change(), 0..8)).prop_map(|(sample, changes)| changed(sample, changes)),
        1 => vec(any::<u8>(), 0..300),
    ]
}

/// Tries a reader for a while; says what was wrong, with the smallest input that shows it.
pub(crate) fn tried(
    samples: Vec<Vec<u8>>,
    bound: Bound,
    read: impl Fn(&[u8]),
) -> Result<u64, String> {
    let seconds = std::env::var(SECONDS)
        .ok()
        .and_then(|text| text.parse().ok());
    let time = seconds.map_or(Duration::from_millis(1_500), Duration::from_secs);
    let config = Config {
        cases: BATCH,
        failure_persistence: None,
        ..Config::default()
    };
    let input = input(samples);
    let began = Instant::now();
    let mut tried = 0;
    while began.elapsed() < time {
        // One that ran is done for good; each begins from other chance.
        let mut runner = TestRunner::new(config.clone());
        let run = runner.run(&input, |bytes| {
            let taken = allocation_counter::measure(|| read(&bytes)).bytes_max;
            let most = bound.each * bytes.len() as u64 + bound.own;
            prop_assert!(taken <= most, "{taken} bytes for {}", bytes.len());
            Ok::<(), TestCaseError>(())
        });
        run.map_err(|error| error.to_string())?;
        tried += u64::from(BATCH);
    }
    Ok(tried)
}

/// The same, and it has to go well.
pub(crate) fn try_out(name: &str, samples: Vec<Vec<u8>>, bound: Bound, read: impl Fn(&[u8])) {
    match tried(samples, bound, read) {
        Ok(tried) => println!("{name}: {tried} tried"),
        Err(wrong) => panic!("{name}: {wrong}"),
    }
}
