//! Python with `websockets`, for the client that knows the protocol from its page alone, and with `aiosmtpd`,
//! a mail server that speaks TLS.

use std::path::PathBuf;

use anyhow::Result;

use crate::place::Place;
use crate::shell::{self, Step};

use super::{apt, found, missing};

/// As Debian calls them; a certificate is made by the last.
const PACKAGES: [&str; 4] = [
    "python3",
    "python3-websockets",
    "python3-aiosmtpd",
    "openssl",
];

/// Finds a Python that has the libraries, or installs all of it.
pub(crate) fn ensure_python(place: &Place, step: &mut Step) -> Result<PathBuf> {
    if let Some(program) = find_program(place) {
        found(step);
        return Ok(program);
    }
    let mut trouble = String::new();
    if apt::can_install(place)
        && let Err(error) = apt::install(place, step, &PACKAGES)
    {
        trouble = format!(" ({error:#})");
    }
    find_program(place).ok_or_else(|| {
        missing(
            "Python 3.9 with the libraries websockets and aiosmtpd, and openssl",
            &format!(
                "a client in Python shows that docs/protocol.md is complete, and mail is handed over \
                 by TLS{trouble}"
            ),
            "`apt-get install python3-websockets python3-aiosmtpd openssl` as root on Debian and \
             Ubuntu, elsewhere `pip install websockets aiosmtpd` for the python3 that is on PATH",
        )
    })
}

/// The system's packages are seen by its own Python only, which need not be the first on PATH.
fn find_program(place: &Place) -> Option<PathBuf> {
    let first = place.program("python3");
    let programs = first.into_iter().chain([PathBuf::from("/usr/bin/python3")]);
    let asks = "import shutil, sys, aiosmtpd, websockets\n\
                print(sys.version_info >= (3, 9) and shutil.which('openssl') is not None)";
    programs
        .into_iter()
        .find(|program| shell::answer(program, &["-c", asks]).is_some_and(|said| said == "True"))
}
