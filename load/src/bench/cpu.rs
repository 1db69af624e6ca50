//! Which core a program runs on, and how much of it that took.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use nix::time::ClockId;
use nix::unistd::Pid;
use tokio::process::Command;

/// Where a program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Core {
    /// Wherever the system puts it.
    Any,
    /// On this one alone.
    Only(u8),
}

/// A program on its core: `taskset` of util-linux becomes the program, so it keeps its number.
pub(crate) fn command(program: &Path, core: Core) -> Command {
    match core {
        Core::Any => Command::new(program),
        Core::Only(core) => {
            let mut command = Command::new("taskset");
            command.args(["-c", &core.to_string()]).arg(program);
            command
        }
    }
}

/// The time that a process has spent on a core, its own and the system's for it, of all its threads. From
/// the process's own clock (clock_getcpuclockid(3)): what `/proc/<pid>/stat` counts are hundredths of a
/// second, too coarse for a stream of one second.
pub(crate) fn spent(pid: u32) -> Result<Duration> {
    let pid = Pid::from_raw(i32::try_from(pid)?);
    let clock = ClockId::pid_cpu_clock_id(pid).context("the clock of a process")?;
    Ok(clock.now()?.into())
}

/// Memory that belongs to a process alone, in bytes.
pub(crate) fn private_memory(pid: u32) -> Result<u64> {
    of_rollup(pid, "Private_Dirty:")
}

/// Memory of a process that is in use, in bytes.
pub(crate) fn resident_memory(pid: u32) -> Result<u64> {
    of_rollup(pid, "Rss:")
}

fn of_rollup(pid: u32, name: &str) -> Result<u64> {
    let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
    let line = rollup.lines().find_map(|line| line.strip_prefix(name));
    let line = line.context("its memory")?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib * 1024)
}
