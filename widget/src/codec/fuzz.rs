//! The widget's own reader takes any bytes without a panic and without much memory.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use socket::Codec as _;

use super::Postcard;
use super::tests::{Visit, samples};
use runner::Bound;

#[path = "../../../protocol/tests/fuzz/runner.rs"]
mod runner;

/// A node of a text is one byte on the wire at the least, and as large as the largest in memory, 24
/// bytes; while a list grows, there is room for three times as many as it holds.
const EVENTS: Bound = Bound {
    each: 72,
    ..Bound::STRICT
};

#[derive(Default)]
struct Gather(Vec<Vec<u8>>);

impl Visit for Gather {
    fn visit<T>(&mut self, kind: &str, _: &str, value: &T)
    where
        T: Debug + PartialEq + Serialize + DeserializeOwned,
    {
        if kind == "visitor_event" {
            let bytes = postcard::to_allocvec(value).expect("wire types always encode");
            self.0.push(bytes);
        }
    }
}

#[test]
fn any_bytes_are_read_as_an_event_or_not_at_all() {
    let mut gathered = Gather::default();
    samples::all(&mut gathered);
    assert!(!gathered.0.is_empty());
    runner::try_out("the widget's reader", gathered.0, EVENTS, |bytes| {
        drop(Postcard::decode(bytes));
    });
}
