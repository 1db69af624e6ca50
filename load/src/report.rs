//! What a gate found: one line of JSON, and whether it passed.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// A gate's report.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Report {
    pub(crate) gate: String,
    pub(crate) database: String,
    pub(crate) sabotage: Option<String>,
    pub(crate) long: bool,
    pub(crate) seed: u64,
    pub(crate) passed: bool,
    pub(crate) seconds: f64,
    /// What was broken, by name: how often, and one case of it.
    pub(crate) broken: BTreeMap<&'static str, Broken>,
    pub(crate) figures: BTreeMap<&'static str, Value>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Broken {
    count: u64,
    case: String,
}

impl Report {
    /// Something that must not be.
    pub(crate) fn broke(&mut self, what: &'static str, case: impl Into<String>) {
        let broken = self.broken.entry(what).or_insert_with(|| Broken {
            count: 0,
            case: case.into(),
        });
        broken.count += 1;
    }

    /// Unless this holds, something is broken.
    pub(crate) fn expect(&mut self, holds: bool, what: &'static str, case: impl Into<String>) {
        if !holds {
            self.broke(what, case);
        }
    }

    pub(crate) fn figure(&mut self, name: &'static str, value: impl Into<Value>) {
        self.figures.insert(name, value.into());
    }

    /// Of these times, in milliseconds, the one that half are below, nearly all, and all.
    pub(crate) fn times(&mut self, name: &'static str, mut times: Vec<u64>) {
        times.sort_unstable();
        let at =
            |part: usize| times.get((times.len() * part / 100).min(times.len().saturating_sub(1)));
        let value = serde_json::json!({ "p50": at(50), "p99": at(99), "max": times.last() });
        self.figures.insert(name, value);
    }
}
