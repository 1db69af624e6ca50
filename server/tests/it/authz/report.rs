//! What the matrix came to: one line for programs, and a panic when there is a hole.

use std::collections::BTreeSet;
use std::io::Write as _;

use serde_json::json;

use super::secrets::Ears;

/// What became of something that was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Came {
    /// Nobody is known who asks.
    Door,
    /// The role, or where it was asked from, does not allow it.
    NotAllowed,
    /// What it is about does not exist for who asks.
    NotFound,
    /// It was done, or refused for what was asked.
    In,
    /// Something else, such as an error of the server.
    Broken(u16),
}

/// Rows, cells, and what was found in them.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) ears: Ears,
    rows: BTreeSet<String>,
    cells: u64,
    refusals: u64,
    holes: Vec<String>,
}

impl Report {
    /// One cell: a row, asked by somebody, about something.
    pub(super) fn cell(&mut self, row: &str, case: &str, expected: Came, came: Came) {
        self.rows.insert(row.to_owned());
        self.cells += 1;
        self.refusals += u64::from(came != Came::In);
        if expected != came {
            let hole = format!("{row}, {case}: {came:?} instead of {expected:?}");
            self.holes.push(hole);
        }
    }

    /// One cell that is either as it has to be or not.
    pub(super) fn check(&mut self, row: &str, case: &str, holds: bool) {
        let came = if holds { Came::NotAllowed } else { Came::In };
        self.cell(row, case, Came::NotAllowed, came);
    }

    /// Prints the line, and fails when there is a hole.
    pub(super) fn ends(mut self) {
        self.holes.append(&mut self.ears.leaks);
        for secret in self.ears.never_heard() {
            let hole = format!("{secret:?} was heard by nobody for whom it is meant");
            self.holes.push(hole);
        }
        let database = match std::env::var("TEST_DATABASE_URL") {
            Ok(_) => "postgres",
            Err(_) => "sqlite",
        };
        let report = json!({
            "gate": "authz",
            "passed": self.holes.is_empty(),
            "database": database,
            "figures": {
                "rows": self.rows.len(),
                "cells": self.cells,
                "refusals": self.refusals,
                "listened": self.ears.listened,
                "holes": self.holes.len(),
            },
            "broken": self.holes.iter().take(5).collect::<Vec<_>>(),
        });
        // Past what the test harness holds back: the line is for whoever reads the whole run. It begins
        // on a line of its own, for the harness may be in the middle of one.
        let line = format!("\n{report}\n");
        std::io::stdout().write_all(line.as_bytes()).unwrap();
        for hole in &self.holes {
            eprintln!("{hole}");
        }
        assert!(self.holes.is_empty(), "{} holes", self.holes.len());
    }
}
