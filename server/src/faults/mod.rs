//! Known defects, switched on one at a time to show that a gate catches them.
//!
//! Only a build with the feature `faults` holds them. In every other build [`on`] is a constant
//! `false`, so that neither a switch nor what it would do is left in the program.

/// A defect that a gate has to catch.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Answers leave before COMMIT.
    AckBeforeCommit,
    /// Neither the rules nor the database know which commands were done before.
    NoUniqueKey,
    /// A rare write runs in the future of whoever asked, and is cancelled with it.
    UnspawnedUnit,
    /// A claim is decided in one transaction and saved in another.
    CheckThenSet,
    /// What waits for a slow reader has no bound.
    EndlessQueue,
    /// The server stops without knowing its sockets.
    NoRegistry,
    /// SQLite does not wait for the disk when it commits.
    NoSync,
    /// A COMMIT that failed counts as one that went well.
    SwallowedError,
    /// A connection to SQLite stays in use after an error of the disk.
    KeptConnection,
    /// Every connection leaves 1 KiB behind.
    Leak,
    /// What agents who come are told is read for each alone.
    OneByOne,
}

/// Whether this defect was chosen for this run.
#[cfg(not(feature = "faults"))]
pub(crate) const fn on(_: Fault) -> bool {
    false
}

#[cfg(feature = "faults")]
mod disk;
#[cfg(feature = "faults")]
mod vfs;

#[cfg(feature = "faults")]
pub use chosen::check;
#[cfg(feature = "faults")]
pub(crate) use chosen::{count_statement, on};
#[cfg(feature = "faults")]
pub(crate) use vfs::vfs;

#[cfg(feature = "faults")]
mod chosen {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    use super::Fault;

    /// Names the defect of this run.
    const SWITCH: &str = "BATON_FAULT";

    const NAMES: [(&str, Fault); 11] = [
        ("ack-before-commit", Fault::AckBeforeCommit),
        ("no-unique-key", Fault::NoUniqueKey),
        ("unspawned-unit", Fault::UnspawnedUnit),
        ("check-then-set", Fault::CheckThenSet),
        ("endless-queue", Fault::EndlessQueue),
        ("no-registry", Fault::NoRegistry),
        ("no-sync", Fault::NoSync),
        ("swallowed-error", Fault::SwallowedError),
        ("kept-connection", Fault::KeptConnection),
        ("leak", Fault::Leak),
        ("one-by-one", Fault::OneByOne),
    ];

    static CHOSEN: OnceLock<Option<Fault>> = OnceLock::new();
    static STATEMENTS: AtomicU64 = AtomicU64::new(0);

    /// Reads the switch, and from then on prints how many statements the database was asked
    /// whenever their number stands still, and again for as long as it does.
    ///
    /// # Errors
    /// When the switch names no defect: a gate that misspells one must not pass.
    pub fn check() -> anyhow::Result<()> {
        let name = std::env::var(SWITCH).unwrap_or_default();
        let known = NAMES.iter().find(|(known, _)| *known == name);
        anyhow::ensure!(
            name.is_empty() || known.is_some(),
            "there is no fault {name}"
        );
        let _ = CHOSEN.set(known.map(|(_, fault)| *fault));
        tokio::spawn(tell_statements());
        Ok(())
    }

    pub(crate) fn on(fault: Fault) -> bool {
        CHOSEN.get().copied().flatten() == Some(fault)
    }

    /// One more statement for the database.
    pub(crate) fn count_statement() {
        STATEMENTS.fetch_add(1, Ordering::Relaxed);
    }

    async fn tell_statements() {
        let mut last = 0;
        loop {
            tokio::time::sleep(Duration::from_millis(200)).await;
            let now = STATEMENTS.load(Ordering::Relaxed);
            if now == last {
                println!("statements {now}");
            }
            last = now;
        }
    }
}
