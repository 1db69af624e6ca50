//! The switches for known defects are in no program but the one that gates are run against.

use std::fs;
use std::process::{Command, Stdio};

/// The variable of the environment that names a defect, and two of their names.
const SWITCH: &str = "BATON_FAULT";
const NAMES: [&str; 2] = ["ack-before-commit", "check-then-set"];

const PROGRAM: &str = env!("CARGO_BIN_EXE_baton");

#[test]
fn the_program_holds_no_switch_for_defects() {
    let program = fs::read(PROGRAM).unwrap();
    let program = String::from_utf8_lossy(&program);
    // Something that it does hold, so that the search is known to find.
    assert!(program.contains("BATON__"));
    assert!(!program.contains(SWITCH));
    for name in NAMES {
        assert!(!program.contains(name), "{name}");
    }
}

#[test]
fn the_program_does_not_listen_to_the_switch() {
    // A build with the switches ends with an error here: there is no such defect.
    let folder = tempfile::tempdir().unwrap();
    let asked = Command::new(PROGRAM)
        .args(["doctor"])
        .env(SWITCH, "no such defect")
        .env("BATON__DATA__FOLDER", folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&asked.stderr).into_owned();
    assert!(!said.contains("no such defect"), "{said}");
    assert!(said.contains("there is no database in"), "{said}");
}
