//! PostgreSQL's own programs, for the throw-away server of the tests.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::place::Place;
use crate::shell::Step;

use super::{apt, found, missing};

/// Finds the folder with `initdb` and `postgres`, or installs them.
pub(crate) fn ensure_postgres(place: &Place, step: &mut Step) -> Result<PathBuf> {
    if let Some(folder) = find_programs(place) {
        found(step);
        return Ok(folder);
    }
    let mut trouble = String::new();
    if apt::can_install(place)
        && let Err(error) = apt::install(place, step, &["postgresql"])
    {
        trouble = format!(" ({error:#})");
    }
    find_programs(place).ok_or_else(|| {
        missing(
            "PostgreSQL",
            &format!("the stories run on a throw-away PostgreSQL server as well{trouble}"),
            "`apt-get install postgresql` as root on Debian and Ubuntu, elsewhere any PostgreSQL \
             from 14 on; its `initdb` and `postgres` have to be on PATH",
        )
    })
}

fn find_programs(place: &Place) -> Option<PathBuf> {
    newest_of(Path::new("/usr/lib/postgresql")).or_else(|| {
        let initdb = place.program("initdb")?;
        initdb
            .parent()
            .filter(|folder| is_complete(folder))
            .map(Path::to_path_buf)
    })
}

/// Debian keeps one folder for each major version.
fn newest_of(versions: &Path) -> Option<PathBuf> {
    let number = |path: &PathBuf| path.file_name()?.to_string_lossy().parse::<u32>().ok();
    let newest = fs::read_dir(versions)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| is_complete(&path.join("bin")))
        .max_by_key(number)?;
    Some(newest.join("bin"))
}

fn is_complete(folder: &Path) -> bool {
    ["initdb", "postgres"]
        .iter()
        .all(|name| folder.join(name).is_file())
}
