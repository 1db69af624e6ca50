//! `gate autobahn`: the server's WebSockets against the suite that all libraries are held against.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::place::Place;
use crate::shell;
use crate::tools;

/// The suite could not be had: neither passed nor failed. Test drivers know it as "skipped".
const SKIPPED: u8 = 77;

/// Runs the suite, if it can be had, on a server with the socket that says back what it is told.
pub(crate) fn gate(place: &Place, server: &Path, sabotage: Option<&str>) -> Result<ExitCode> {
    let found = shell::step("Autobahn test suite", |step| {
        tools::find_autobahn(place, step)
    })?;
    let Some(suite) = found else {
        shell::note(
            "The gate autobahn did not run: its suite needs Python 2.7 with pip and the package \
             registry PyPI. `pyenv install 2.7.18` makes one.\nThe socket's own conformance test, \
             end2end/client/rfc6455.py, runs in `cargo xtask test` all the same.",
        );
        return Ok(ExitCode::from(SKIPPED));
    };
    let python = shell::step("Python", |step| tools::ensure_python(place, step))?;
    let mut command = place.command(python);
    command
        .args(["end2end/client/autobahn.py", "--python2"])
        .arg(&suite.python)
        .arg("--folder")
        .arg(place.staging().join("autobahn"))
        .env("BATON_BIN", server)
        .env("PYTHONUSERBASE", &suite.folder)
        .env("PYTHONDONTWRITEBYTECODE", "1");
    if let Some(name) = sabotage {
        command.args(["--sabotage", name]);
    }
    let mut passed = None;
    let ended = shell::live_step("Gate autobahn", |step| {
        step.run_watching(command, &mut |line| {
            let read = serde_json::from_str::<serde_json::Value>(line);
            if let Some(report) = read.ok().filter(|read| read["gate"].is_string()) {
                println!("{line}");
                passed = report["passed"].as_bool();
            }
        })
    });
    match passed {
        Some(true) => Ok(ExitCode::SUCCESS),
        Some(false) => Ok(ExitCode::FAILURE),
        None => {
            ended?;
            bail!("the gate autobahn reported nothing");
        }
    }
}
