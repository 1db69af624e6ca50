//! Chromium and its driver, for the browser tests.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::place::Place;
use crate::shell::Step;

use super::{apt, found, missing};

/// The browser that tests drive.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    /// Only looked for when a WASM test asks for a browser.
    pub(crate) driver: Option<PathBuf>,
}

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// Takes the browser named by `CHROME`, the system's, or Playwright's own; else installs one.
pub(crate) fn ensure_browser(place: &Place, step: &mut Step, driver: bool) -> Result<Browser> {
    let find = || {
        let chromium = find_chromium(place)?;
        let driver = if driver {
            Some(find_driver(place)?)
        } else {
            None
        };
        Some(Browser { chromium, driver })
    };
    if let Some(browser) = find() {
        found(step);
        return Ok(browser);
    }
    let mut trouble = String::new();
    if apt::can_install(place)
        && let Err(error) = apt::install(place, step, &["chromium", "chromium-driver"])
    {
        trouble = format!(" ({error:#})");
    }
    find().ok_or_else(|| {
        let what = if driver {
            "Chromium or its driver"
        } else {
            "Chromium"
        };
        missing(
            what,
            &format!("the browser tests drive it{trouble}"),
            "`apt-get install chromium chromium-driver` as root on Debian and Ubuntu, elsewhere \
             any Chromium or Chrome with its chromedriver; set CHROME and CHROMEDRIVER to them if \
             they are not on PATH",
        )
    })
}

fn find_chromium(place: &Place) -> Option<PathBuf> {
    named_by("CHROME")
        .or_else(|| NAMES.iter().find_map(|name| place.program(name)))
        .or_else(|| Some(PathBuf::from(MAC)).filter(|file| file.exists()))
        .or_else(playwrights_own)
}

fn find_driver(place: &Place) -> Option<PathBuf> {
    named_by("CHROMEDRIVER").or_else(|| place.program("chromedriver"))
}

fn named_by(variable: &str) -> Option<PathBuf> {
    env::var_os(variable)
        .map(PathBuf::from)
        .filter(|file| file.is_file())
}

/// What `npx playwright install chromium` left in the user's cache.
fn playwrights_own() -> Option<PathBuf> {
    let folder = env::var_os("PLAYWRIGHT_BROWSERS_PATH").map_or_else(
        || {
            env::home_dir()
                .unwrap_or_default()
                .join(".cache/ms-playwright")
        },
        PathBuf::from,
    );
    let versions = fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.path());
    let chromium = |version: PathBuf| {
        let inside = |name: &str| Path::new(&version).join(name).join("chrome");
        [inside("chrome-linux64"), inside("chrome-linux")]
            .into_iter()
            .find(|file| file.is_file())
    };
    versions
        .filter(|path| {
            path.file_name()
                .is_some_and(|n| n.to_string_lossy().starts_with("chromium-"))
        })
        .find_map(chromium)
}
