//! What browsers load: app, widget and style, each made again only when its inputs have changed.

mod app;
mod compress;
mod esbuild;
mod style;
mod wasm;
mod widget;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::place::Place;
use crate::shell::{self, Step};
use crate::stamp::{self, Stamp};

/// Changes of these change every bundle: versions, profiles, tools and the steps themselves.
const COMMON: [&str; 5] = [
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "package-lock.json",
    "xtask/src/bundle",
];

/// One bundle: what it is made from and how.
struct Bundle {
    name: &'static str,
    title: &'static str,
    inputs: &'static [&'static str],
    /// Makes the files in the empty staging folder, laid out as in `dist`.
    make: fn(&Place, &mut Step, &Path) -> Result<()>,
}

const ALL: [Bundle; 3] = [app::APP, widget::WIDGET, style::STYLE];

/// Makes what is out of date and puts it into `dist`, where the server takes it from.
pub(crate) fn bundle(place: &Place) -> Result<()> {
    for bundle in ALL {
        shell::step(bundle.title, |step| make(place, step, &bundle))?;
    }
    Ok(())
}

/// Makes the gallery of parts as well, which only builds for development have.
pub(crate) fn gallery(place: &Place) -> Result<()> {
    shell::step(app::GALLERY.title, |step| make(place, step, &app::GALLERY))
}

/// Takes out of `dist` what no release may have.
pub(crate) fn without_gallery(place: &Place) {
    let mark = mark(place, &app::GALLERY);
    for name in stamp::results(&mark) {
        let _gone = fs::remove_file(place.dist().join(name));
    }
}

fn mark(place: &Place, bundle: &Bundle) -> PathBuf {
    place.staging().join(bundle.name).with_extension("stamp")
}

fn make(place: &Place, step: &mut Step, bundle: &Bundle) -> Result<()> {
    let dist = place.dist();
    let mark = mark(place, bundle);
    let mut inputs = Stamp::new();
    for name in COMMON.iter().chain(bundle.inputs) {
        inputs = inputs.path(&place.root, name)?;
    }
    let wanted = place
        .pinned
        .iter()
        .fold(inputs, |stamp, tool| stamp.word(&tool.version))
        .text();
    if stamp::is_current(&mark, &wanted, &dist) {
        step.remark("up to date");
        return Ok(());
    }
    let staging = place.staging().join(bundle.name);
    if staging.exists() {
        fs::remove_dir_all(&staging).context("empty the staging folder")?;
    }
    fs::create_dir_all(&staging).context("make the staging folder")?;
    (bundle.make)(place, step, &staging)?;
    let mut made = Vec::new();
    stamp::list(&staging, &mut made)?;
    compress::brotli(place, step, &made)?;
    let files = publish(&staging, &dist)?;
    // What an older version made would be embedded all the same.
    for name in stamp::results(&mark).filter(|name| !files.contains(name)) {
        let _gone = fs::remove_file(dist.join(name));
    }
    stamp::keep(&mark, &wanted, &files)
}

/// Copies the finished files into `dist`, each replaced in one go under a running server.
fn publish(staging: &Path, dist: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    stamp::list(staging, &mut files)?;
    let mut names = Vec::new();
    for file in files {
        let name = file
            .strip_prefix(staging)
            .context("a staged file")?
            .to_path_buf();
        let (goal, fresh) = (
            dist.join(&name),
            dist.join(name.with_added_extension("new")),
        );
        let folder = goal.parent().context("a file lies in a folder")?;
        fs::create_dir_all(folder).with_context(|| format!("make {}", folder.display()))?;
        fs::copy(&file, &fresh).with_context(|| format!("write {}", fresh.display()))?;
        fs::rename(&fresh, &goal).with_context(|| format!("write {}", goal.display()))?;
        names.push(name);
    }
    Ok(names)
}
