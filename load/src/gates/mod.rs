//! The gates: each makes one promise true or says what is broken.

mod cancel_storm;
mod claim;
mod crash;
mod disk;
mod drain;
mod enospc;
mod powercut;
mod slow;
mod soak;
mod storm;
mod talk;

use std::path::PathBuf;

use anyhow::Result;

use crate::bench::cpu::Core;
use crate::chance::Chance;
use crate::database::Kind;
use crate::report::Report;

/// What a gate is run with.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) program: PathBuf,
    pub(crate) kind: Kind,
    pub(crate) long: bool,
    pub(crate) sabotage: Option<String>,
    pub(crate) chance: Chance,
    /// Where the server runs.
    pub(crate) core: Core,
}

impl Run {
    /// The short or the long form's number.
    pub(crate) fn size<T>(&self, short: T, long: T) -> T {
        if self.long { long } else { short }
    }

    /// The defect of the server, as it knows it; a defect of the clients is not the server's.
    pub(crate) fn fault(&self) -> Option<&str> {
        let sabotage = self.sabotage.as_deref();
        sabotage.filter(|sabotage| !CLIENT_FAULTS.contains(sabotage))
    }
}

/// Defects that lie in the clients.
const CLIENT_FAULTS: [&str; 1] = ["no-jitter"];

/// A gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Gate {
    /// kill -9 under load: everything acknowledged is there once, in order, for everybody.
    Crash,
    /// SIGTERM under load: nothing is lost, everybody is told to come back, and it ends in time.
    Drain,
    /// Many agents want the same handoffs: one winner each, limits kept, in a linear order.
    Claim,
    /// Every socket is cut at once: all come back, not together, and resume.
    Storm,
    /// Sockets that do not read: bounded memory, others unaffected, closed and resumed.
    Slow,
    /// The power is cut under load: what was acknowledged was on the disk.
    Powercut,
    /// The disk is full under load: nothing is acknowledged that is not kept, and it recovers.
    Enospc,
    /// For minutes, people come, talk, go and come back: memory, files and the log stay as they are.
    Soak,
    /// Clients vanish with commands under way: nothing stays half done.
    CancelStorm,
}

impl Gate {
    /// Runs it; what it found is in the report.
    pub(crate) async fn run(self, run: &mut Run, report: &mut Report) -> Result<()> {
        match self {
            Self::Crash => crash::run(run, report).await,
            Self::Drain => drain::run(run, report).await,
            Self::Claim => claim::run(run, report).await,
            Self::Storm => storm::run(run, report).await,
            Self::Slow => slow::run(run, report).await,
            Self::Powercut => powercut::run(run, report).await,
            Self::Enospc => enospc::run(run, report).await,
            Self::Soak => soak::run(run, report).await,
            Self::CancelStorm => cancel_storm::run(run, report).await,
        }
    }
}
