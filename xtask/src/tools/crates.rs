//! Tools from the crate registry at a pinned version: found, downloaded ready-made, or compiled
//! once into the user's cache.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::place::Place;
use crate::shell::{self, Step};

use super::versions::{locked, spoken};
use super::{found, missing};

/// The last Trunk that builds with the pinned compiler.
const TRUNK: &str = "0.21.14";

/// A program that must have exactly this version.
pub(crate) struct Tool {
    pub(crate) program: &'static str,
    pub(crate) version: String,
    package: &'static str,
    features: &'static [&'static str],
    why: &'static str,
}

impl Tool {
    /// The folder in the user's cache that holds this version and no other.
    fn folder(&self, tools: &Path) -> PathBuf {
        tools.join(format!("{}-{}", self.program, self.version))
    }

    /// Where its programs are once installed.
    pub(crate) fn bin(&self, tools: &Path) -> PathBuf {
        self.folder(tools).join("bin")
    }

    fn is_right(&self, program: &Path) -> bool {
        let answer = shell::answer(program, &["--version"]);
        answer.as_deref().and_then(spoken) == Some(&self.version)
    }
}

/// The tools that a build needs, at their versions.
pub(crate) fn pinned(root: &Path) -> Result<Vec<Tool>> {
    let lock = fs::read_to_string(root.join("Cargo.lock")).context("read Cargo.lock")?;
    Ok(vec![
        Tool {
            program: "wasm-bindgen",
            // Crate and program must be the very same version.
            version: locked(&lock, "wasm-bindgen")?,
            package: "wasm-bindgen-cli",
            features: &[],
            why: "it writes the JavaScript between the browser and the app and widget",
        },
        Tool {
            program: "trunk",
            version: TRUNK.to_owned(),
            package: "trunk",
            // Leaves out the update check, which would phone home.
            features: &["--no-default-features", "--features", "rustls"],
            why: "it bundles the widget",
        },
    ])
}

/// Takes the tool where it is, else installs it into the user's cache.
pub(super) fn ensure(place: &Place, step: &mut Step, tool: &Tool) -> Result<()> {
    if place
        .program(tool.program)
        .is_some_and(|program| tool.is_right(&program))
    {
        found(step);
        return Ok(());
    }
    let installed = download(place, step, tool).or_else(|_| compile(place, step, tool));
    let program = tool.bin(&place.tools).join(tool.program);
    installed
        .and_then(|()| says_its_version(tool, &program))
        .with_context(|| {
            let by_hand = format!("cargo install {}@{}", tool.package, tool.version);
            missing(
                &format!("{} {}", tool.program, tool.version),
                tool.why,
                &by_hand,
            )
        })
}

fn says_its_version(tool: &Tool, program: &Path) -> Result<()> {
    let wrong = || {
        format!(
            "{} does not say version {}",
            program.display(),
            tool.version
        )
    };
    tool.is_right(program).then_some(()).with_context(wrong)
}

/// A ready-made program, where `cargo binstall` is at hand.
fn download(place: &Place, step: &mut Step, tool: &Tool) -> Result<()> {
    place
        .program("cargo-binstall")
        .context("no cargo binstall")?;
    let mut command = place.command("cargo");
    command.args(["binstall", "--no-confirm", "--force", "--root"]);
    command.arg(tool.folder(&place.tools));
    command.arg(format!("{}@{}", tool.package, tool.version));
    step.run(command)?;
    step.remark("downloaded");
    Ok(())
}

/// Compiled with little optimisation: the tools run for seconds and would compile for minutes.
fn compile(place: &Place, step: &mut Step, tool: &Tool) -> Result<()> {
    let install = |locked: &[&str]| {
        let mut command = place.command("cargo");
        command
            .arg("install")
            .args(locked)
            .arg("--root")
            .arg(tool.folder(&place.tools));
        command
            .args(tool.features)
            .arg(format!("{}@{}", tool.package, tool.version));
        command
            .env("CARGO_TARGET_DIR", build_folder(place))
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
        command
    };
    // A lock file may name a patch version that a mirror no longer has.
    step.run(install(&["--locked"]))
        .or_else(|_| step.run(install(&[])))?;
    step.remark("compiled once, kept in the cache");
    Ok(())
}

/// Frees a gigabyte once all tools are there; they shared it while they were compiled.
pub(super) fn clear_build(place: &Place) -> Result<()> {
    let folder = build_folder(place);
    if folder.exists() {
        fs::remove_dir_all(folder).context("remove the tools' build folder")?;
    }
    Ok(())
}

fn build_folder(place: &Place) -> PathBuf {
    place.tools.join("build")
}
