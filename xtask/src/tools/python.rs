//! Python with `websockets`, for the client that knows the protocol from its page alone.

use std::path::PathBuf;

use anyhow::Result;

use crate::place::Place;
use crate::shell::{self, Step};

use super::{apt, found, missing};

/// Finds a Python that has the library, or installs both.
pub(crate) fn ensure_python(place: &Place, step: &mut Step) -> Result<PathBuf> {
    if let Some(program) = find_program(place) {
        found(step);
        return Ok(program);
    }
    let mut trouble = String::new();
    if apt::can_install(place)
        && let Err(error) = apt::install(place, step, &["python3", "python3-websockets"])
    {
        trouble = format!(" ({error:#})");
    }
    find_program(place).ok_or_else(|| {
        missing(
            "Python 3.9 with the library websockets",
            &format!("a client in Python shows that docs/protocol.md is complete{trouble}"),
            "`apt-get install python3-websockets` as root on Debian and Ubuntu, elsewhere \
             `pip install websockets` for the python3 that is on PATH",
        )
    })
}

/// The system's packages are seen by its own Python only, which need not be the first on PATH.
fn find_program(place: &Place) -> Option<PathBuf> {
    let first = place.program("python3");
    let programs = first.into_iter().chain([PathBuf::from("/usr/bin/python3")]);
    let asks = "import sys, websockets; print(sys.version_info >= (3, 9))";
    programs
        .into_iter()
        .find(|program| shell::answer(program, &["-c", asks]).is_some_and(|said| said == "True"))
}
