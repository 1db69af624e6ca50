//! The count of what passed and failed, over every kind of check.

use std::process::ExitCode;

use anyhow::Result;

use crate::shell;

/// What a run of tests has counted so far.
#[derive(Default)]
pub(crate) struct Tally {
    passed: u64,
    failed: u64,
    failures: Vec<String>,
}

/// What one suite reported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    /// What failed, each with the first line of why where that is known.
    pub(crate) names: Vec<String>,
}

impl Tally {
    /// Counts a lint or another step without tests of its own as one check.
    pub(crate) fn check(&mut self, name: &str, result: Result<()>) {
        match result {
            Ok(()) => self.passed += 1,
            Err(error) => self.fail(name, &format!("{error:#}")),
        }
    }

    /// Counts a suite by what it reported.
    /// A suite that broke without a failed test is a failure, and so is one in which nothing ran.
    pub(crate) fn suite(&mut self, name: &str, counts: Counts, result: Result<()>) {
        self.passed += counts.passed;
        match result {
            _ if counts.failed > 0 => {
                self.failed += counts.failed;
                self.failures
                    .push(format!("{name}: {} failed", counts.failed));
                let named = counts.names.into_iter().map(|failed| format!("  {failed}"));
                self.failures.extend(named);
            }
            Err(error) => self.fail(name, &format!("{error:#}")),
            Ok(()) if counts.passed == 0 => self.fail(name, "no test ran"),
            Ok(()) => {}
        }
    }

    /// Prints what failed, and the line that a run of tests ends with.
    pub(crate) fn report(&self) {
        for failure in &self.failures {
            shell::note(&format!("✗ {failure}"));
        }
        println!("{}", self.line());
    }

    /// Success only when nothing failed.
    pub(crate) fn exit_code(&self) -> ExitCode {
        if self.is_good() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }

    fn is_good(&self) -> bool {
        self.failed == 0
    }

    fn line(&self) -> String {
        format!("{} passed, {} failed", self.passed, self.failed)
    }

    fn fail(&mut self, name: &str, why: &str) {
        self.failed += 1;
        self.failures.push(format!("{name}: {why}"));
    }
}

impl Counts {
    /// Adds what a line of `cargo test` says, if it is the result of a test binary.
    pub(crate) fn read_cargo_line(&mut self, line: &str) {
        let plain = shell::without_colour(line);
        let failed = plain.strip_prefix("test ");
        if let Some(name) = failed.and_then(|rest| rest.strip_suffix(" ... FAILED")) {
            self.names.push(name.to_owned());
        }
        let Some((_, numbers)) = plain.split_once("test result: ") else {
            return;
        };
        for part in numbers.split([';', '.']) {
            match part.trim().split_once(' ') {
                Some((number, "passed")) => self.passed += number.parse().unwrap_or(0),
                Some((number, "failed")) => self.failed += number.parse().unwrap_or(0),
                _ => {}
            }
        }
    }

    /// What Playwright's JSON report says; a test that needed luck has failed.
    pub(crate) fn read_playwright(report: &serde_json::Value) -> Self {
        let count = |name: &str| report["stats"][name].as_u64().unwrap_or(0);
        Self {
            passed: count("expected"),
            failed: count("unexpected") + count("flaky"),
            names: report["suites"].as_array().map_or_else(Vec::new, |suites| {
                suites.iter().flat_map(failed_specs).collect()
            }),
        }
    }
}

/// The tests of a file or group that failed, and how their complaint begins.
fn failed_specs(suite: &serde_json::Value) -> Vec<String> {
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let mut failed = Vec::new();
    for spec in list(&suite["specs"]) {
        let tests = list(&spec["tests"]);
        let results: Vec<_> = tests
            .iter()
            .flat_map(|test| list(&test["results"]))
            .collect();
        let complaint = results
            .iter()
            .find_map(|one| one["error"]["message"].as_str());
        let luck = tests.iter().any(|test| test["status"] == "flaky");
        if spec["ok"] == true && !luck {
            continue;
        }
        let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let complaint = shell::without_colour(complaint.unwrap_or_default());
        let first = complaint.lines().next().unwrap_or_default();
        failed.push(format!(
            "{} › {}: {first}",
            word(&spec["file"]),
            word(&spec["title"])
        ));
    }
    failed.extend(list(&suite["suites"]).iter().flat_map(failed_specs));
    failed
}

#[cfg(test)]
mod tests {
    use anyhow::anyhow;
    use serde_json::json;

    use super::*;

    fn counts(lines: &[&str]) -> Counts {
        let mut counts = Counts::default();
        for line in lines {
            counts.read_cargo_line(line);
        }
        counts
    }

    #[test]
    fn the_results_of_all_test_binaries_are_added_up() {
        let counts = counts(&[
            "running 3 tests",
            "test a_claim ... ok",
            "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: FAILED. 10 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 1.20s",
        ]);

        assert_eq!(
            counts,
            Counts {
                passed: 13,
                failed: 2,
                ..Counts::default()
            }
        );
    }

    #[test]
    fn colours_do_not_hide_a_result() {
        let counts = counts(&["test result: \x1b[31mFAILED\x1b[0m. 1 passed; 4 failed; 0 ignored"]);

        assert_eq!(
            counts,
            Counts {
                passed: 1,
                failed: 4,
                ..Counts::default()
            }
        );
    }

    #[test]
    fn a_test_that_prints_a_result_like_line_is_not_counted() {
        assert_eq!(counts(&["5 passed; 3 failed"]), Counts::default());
    }

    #[test]
    fn a_flaky_browser_test_counts_as_failed() {
        let report =
            json!({ "stats": { "expected": 4, "unexpected": 1, "flaky": 1, "skipped": 2 } });

        assert_eq!(
            Counts::read_playwright(&report),
            Counts {
                passed: 4,
                failed: 2,
                ..Counts::default()
            }
        );
    }

    #[test]
    fn what_failed_is_named() {
        let counts = counts(&["test hub::a_claim ... FAILED", "test a_note ... ok"]);
        assert_eq!(vec!["hub::a_claim"], counts.names);

        let spec = |title: &str, ok: bool, status: &str| {
            let error = json!({ "message": "\u{1b}[31mToo late\u{1b}[0m\nat line 4" });
            let results = json!([{ "error": error }]);
            json!({
                "title": title, "file": "undo.spec.mjs", "ok": ok,
                "tests": [{ "status": status, "results": results }],
            })
        };
        let inner = json!({ "specs": [spec("by its key", false, "unexpected")] });
        let specs = json!([
            spec("by chance", true, "flaky"),
            spec("well", true, "expected")
        ]);
        let report = json!({ "suites": [{ "specs": specs, "suites": [inner] }] });
        assert_eq!(
            vec![
                "undo.spec.mjs › by chance: Too late",
                "undo.spec.mjs › by its key: Too late",
            ],
            Counts::read_playwright(&report).names
        );
    }

    #[test]
    fn a_suite_that_broke_off_counts_as_one_failure() {
        let mut tally = Tally::default();
        tally.suite(
            "stories",
            Counts {
                passed: 7,
                failed: 0,
                ..Counts::default()
            },
            Err(anyhow!("exit status 101")),
        );

        assert_eq!(tally.line(), "7 passed, 1 failed");
        assert!(!tally.is_good());
    }

    #[test]
    fn a_suite_in_which_nothing_ran_counts_as_a_failure() {
        let mut tally = Tally::default();
        tally.suite("stories", Counts::default(), Ok(()));

        assert_eq!(tally.line(), "0 passed, 1 failed");
    }

    #[test]
    fn failed_tests_and_the_exit_status_they_cause_are_counted_once() {
        let mut tally = Tally::default();
        tally.check("format", Ok(()));
        tally.suite(
            "stories",
            Counts {
                passed: 1,
                failed: 2,
                ..Counts::default()
            },
            Err(anyhow!("exit status 101")),
        );

        assert_eq!(tally.line(), "2 passed, 2 failed");
    }
}
