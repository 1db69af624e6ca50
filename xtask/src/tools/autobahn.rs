//! The Autobahn test suite, which runs on Python 2.7 and nothing newer.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::place::Place;
use crate::shell::{self, Step};

use super::found;

const PACKAGE: &str = "autobahntestsuite";
const VERSION: &str = "25.10.1";

/// The suite: the Python that runs it, and the folder that it is installed in.
pub(crate) struct Autobahn {
    pub(crate) python: PathBuf,
    pub(crate) folder: PathBuf,
}

/// Finds the suite, or installs it. What cannot be had is said, and is no error: a Python that has
/// been given up is not to be expected anywhere.
pub(crate) fn find_autobahn(place: &Place, step: &mut Step) -> Result<Option<Autobahn>> {
    let Some(python) = find_python(place) else {
        step.remark("not run: there is no Python 2.7 here");
        return Ok(None);
    };
    let folder = place.tools.join(format!("{PACKAGE}-{VERSION}"));
    let autobahn = Autobahn { python, folder };
    if autobahn.is_there(place)? {
        found(step);
        return Ok(Some(autobahn));
    }
    let mut install = place.command(&autobahn.python);
    install
        .args(["-m", "pip", "install", "--user"])
        .arg(format!("{PACKAGE}=={VERSION}"))
        .env("PYTHONUSERBASE", &autobahn.folder);
    if let Err(error) = step.run(install) {
        step.remark(format!("not run: pip could not install it ({error:#})"));
        return Ok(None);
    }
    step.remark("installed by pip");
    Ok(Some(autobahn))
}

impl Autobahn {
    fn is_there(&self, place: &Place) -> Result<bool> {
        if !self.folder.is_dir() {
            return Ok(false);
        }
        let mut asks = place.command(&self.python);
        asks.args(["-c", "import autobahntestsuite.wstest"])
            .env("PYTHONUSERBASE", &self.folder);
        Ok(asks.output()?.status.success())
    }
}

/// Debian has none any more; pyenv still builds one.
fn find_python(place: &Place) -> Option<PathBuf> {
    let first = place.program("python2.7");
    let pyenv = env::home_dir().map(|home| home.join(".pyenv/versions"));
    let built = pyenv.iter().flat_map(|versions| of_pyenv(versions));
    let asks = "import sys, pip; print(sys.version_info[:2] == (2, 7))";
    first
        .into_iter()
        .chain(built)
        .find(|program| shell::answer(program, &["-c", asks]).is_some_and(|said| said == "True"))
}

fn of_pyenv(versions: &Path) -> Vec<PathBuf> {
    let folders = fs::read_dir(versions).into_iter().flatten().flatten();
    folders
        .filter(|folder| folder.file_name().to_string_lossy().starts_with("2.7"))
        .map(|folder| folder.path().join("bin/python2.7"))
        .collect()
}
