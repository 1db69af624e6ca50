//! Where things are: the checkout, the user's cache, build output and tools.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::shell;
use crate::tools::{self, Tool};

/// The folders every task works in.
pub(crate) struct Place {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Cargo's build output, in the user's cache unless `CARGO_TARGET_DIR` says otherwise.
    pub(crate) target: PathBuf,
    /// Tools compiled or downloaded once for this user.
    pub(crate) tools: PathBuf,
    /// Programs that must have exactly one version.
    pub(crate) pinned: Vec<Tool>,
    /// PATH with the pinned tools first; a folder that does not exist yet does no harm.
    path: OsString,
}

impl Place {
    pub(crate) fn here() -> Result<Self> {
        // `cargo run` sets the variable; the compiled-in path serves a binary started by hand.
        let package = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package
            .parent()
            .context("xtask lies in the checkout")?
            .to_path_buf();
        let cache = user_cache()?.join("baton");
        let target = env::var_os("CARGO_TARGET_DIR")
            .filter(|value| !value.is_empty())
            .map_or_else(|| cache.join("target"), |value| root.join(value));
        let tools = cache.join("tools");
        let pinned = tools::pinned(&root)?;
        let old = env::var_os("PATH").unwrap_or_default();
        let preferred = pinned.iter().map(|tool| tool.bin(&tools));
        let preferred = preferred.chain([root.join("node_modules/.bin")]);
        let path = env::join_paths(preferred.chain(env::split_paths(&old)))
            .context("put the tools on PATH")?;
        Ok(Self {
            root,
            target,
            tools,
            pinned,
            path,
        })
    }

    /// What browsers load; the server embeds it.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Where bundles are put together before they are moved into `dist`.
    /// It belongs to this checkout, unlike `target`, which several checkouts may share.
    pub(crate) fn staging(&self) -> PathBuf {
        self.root.join("target/bundle")
    }

    /// The dev-built server, which demo, stories and browser tests share.
    pub(crate) fn server(&self) -> PathBuf {
        self.target.join("debug").join("baton")
    }

    /// Where a program is that `command` would start.
    pub(crate) fn program(&self, program: &str) -> Option<PathBuf> {
        shell::find(program, &self.path)
    }

    /// A command that runs in the checkout and finds the pinned tools first.
    pub(crate) fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target);
        command.env("PATH", &self.path);
        // `cargo run` describes the xtask package to this process; handed on to another cargo it
        // would only make build scripts run again.
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        command
    }
}

fn user_cache() -> Result<PathBuf> {
    if let Some(cache) = env::var_os("XDG_CACHE_HOME").map(PathBuf::from)
        && cache.is_absolute()
    {
        return Ok(cache);
    }
    let home = env::home_dir().context("no home folder: set HOME or XDG_CACHE_HOME")?;
    Ok(home.join(".cache"))
}
