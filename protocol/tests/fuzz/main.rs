//! Both encodings of the wire read anything without a panic and without taking much more memory
//! than they were sent.

mod runner;
#[path = "../wire/samples/mod.rs"]
#[expect(dead_code, reason = "only all of them together are wanted here")]
mod samples;

use std::fmt::Debug;

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::visitor::{VisitorCommand, VisitorEvent};
use serde::Serialize;
use serde::de::DeserializeOwned;

use runner::{Bound, tried, try_out};

/// Something that is done with every value of the samples.
trait Visit {
    fn visit<T>(&mut self, kind: &str, variant: &str, value: &T)
    where
        T: Debug + PartialEq + Serialize + DeserializeOwned;
}

/// What clients are told, by their own hub. A node of a text is one byte on the wire at the least, and
/// as large as the largest in memory; and for a list that says it is long, serde takes a MiB at once
/// before it reads it.
const EVENTS: Bound = Bound {
    each: 64,
    own: 1024 * 1024 + 8 * 1024,
};

/// Samples of one kind, encoded.
struct Gather {
    kind: &'static str,
    json: Vec<Vec<u8>>,
    postcard: Vec<Vec<u8>>,
}

impl Visit for Gather {
    fn visit<T: Serialize>(&mut self, kind: &str, _: &str, value: &T) {
        if kind == self.kind {
            let always = "wire types always encode";
            self.json.push(serde_json::to_vec(value).expect(always));
            self.postcard
                .push(postcard::to_allocvec(value).expect(always));
        }
    }
}

fn wire<T: DeserializeOwned>(kind: &'static str, bound: Bound) {
    let mut gathered = Gather {
        kind,
        json: Vec::new(),
        postcard: Vec::new(),
    };
    samples::all(&mut gathered);
    assert!(!gathered.json.is_empty());
    try_out(&format!("{kind} in JSON"), gathered.json, bound, |bytes| {
        let text = std::str::from_utf8(bytes);
        drop(text.map(serde_json::from_str::<T>));
    });
    let name = format!("{kind} in postcard");
    try_out(&name, gathered.postcard, bound, |bytes| {
        drop(postcard::take_from_bytes::<T>(bytes));
    });
}

#[test]
fn any_bytes_are_read_as_a_visitors_command_or_not_at_all() {
    wire::<VisitorCommand>("visitor_command", Bound::STRICT);
}

#[test]
fn any_bytes_are_read_as_an_agents_command_or_not_at_all() {
    wire::<AgentCommand>("agent_command", Bound::STRICT);
}

#[test]
fn any_bytes_are_read_as_an_event_for_visitors_or_not_at_all() {
    wire::<VisitorEvent>("visitor_event", EVENTS);
}

#[test]
fn any_bytes_are_read_as_an_event_for_agents_or_not_at_all() {
    wire::<AgentEvent>("agent_event", EVENTS);
}

/// A list that says it is as long as the frame: room is made for what comes.
#[test]
fn a_list_that_is_announced_is_not_believed() {
    let mut starts = vec![0, 0, 128, 34];
    starts.resize(4357, 1);
    let read = |bytes: &[u8]| drop(postcard::take_from_bytes::<AgentCommand>(bytes));
    let taken = allocation_counter::measure(|| read(&starts));
    assert!(taken.bytes_max < 16 * 1024, "{}", taken.bytes_max);
}

/// What a reader must not be like, so that the trials are known to find it.
#[test]
fn a_reader_that_believes_a_length_or_looks_past_the_end_is_found() {
    let samples = || vec![vec![3, 1, 2, 3], vec![1, 9]];
    let careful = tried(samples(), Bound::STRICT, |bytes| {
        let length = bytes.first().map_or(0, |length| usize::from(*length));
        drop(bytes.get(1..=length).map(<[u8]>::to_vec));
    });
    assert!(careful.is_ok(), "{careful:?}");

    let believes = tried(samples(), Bound::STRICT, |bytes| {
        let length = bytes.first().map_or(0, |length| usize::from(*length));
        drop(Vec::<u64>::with_capacity(length * 8));
    });
    assert!(believes.is_err_and(|wrong| wrong.contains("bytes for")));

    let past_the_end = tried(samples(), Bound::STRICT, |bytes| {
        if let Some(length) = bytes.first() {
            drop(bytes[1..=usize::from(*length)].to_vec());
        }
    });
    assert!(past_the_end.is_err_and(|wrong| wrong.contains("range")));
}
