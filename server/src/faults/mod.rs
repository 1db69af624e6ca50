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
    /// Each command is committed by itself. Nothing is lost by it: it is what batches are measured against.
    CommitEach,

    // Filters that are left out, each of which `cargo xtask authz` has to miss.
    /// A conversation that an agent may not see is opened all the same.
    AnyThread,
    /// What happens is told to agents who are not assigned to its chatbot.
    ToldUnassigned,
    /// What happens is told to other workspaces.
    ToldElsewhere,
    /// Lists hold the conversations of every workspace.
    CardsOfAll,
    /// A search looks through every workspace.
    SearchOfAll,
    /// A search looks through chatbots that an agent is not assigned to.
    SearchUnassigned,
    /// The team's page holds the members of every workspace.
    TeamOfAll,
    /// Saved replies of one's own are everybody's.
    RepliesOfAll,
    /// Everybody keeps the team.
    TeamByAll,
    /// Everybody changes settings.
    SettingsByAll,
    /// Everybody reads what sites prove their visitors with.
    SecretsByAll,
    /// The rules take every agent for an owner.
    CommandsByAll,
    /// The rules take every agent for one of all chatbots.
    CommandsUnassigned,
    /// Visitors are told notes.
    NoteTold,
    /// Visitors fetch files that went along with notes.
    NoteFile,
    /// Agents fetch files of conversations that they may not see.
    AnyFile,
    /// Visitors upload into conversations of others.
    UploadAnywhere,
    /// Everybody sees from which address visitors come.
    AddressShown,
    /// Beside a conversation stand those of chatbots that the agent is not assigned to.
    PanelOfAll,
    /// Everybody is shown what others typed and did not send.
    DraftsOfAll,
    /// Other sites call server functions.
    ForeignPage,
    /// Other sites open agents' sockets.
    ForeignSocket,
    /// What a role of the workspace's own takes away is forgotten.
    RoleWhole,
    /// A token allows what its agent may do, whatever it was made for.
    TokenScope,
    /// Who is deactivated stays connected.
    OpenStays,
    /// Who is deactivated stays signed in.
    GoneStays,
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

    const NAMES: [(&str, Fault); 38] = [
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
        ("commit-each", Fault::CommitEach),
        ("any-thread", Fault::AnyThread),
        ("told-unassigned", Fault::ToldUnassigned),
        ("told-elsewhere", Fault::ToldElsewhere),
        ("cards-of-all", Fault::CardsOfAll),
        ("search-of-all", Fault::SearchOfAll),
        ("search-unassigned", Fault::SearchUnassigned),
        ("team-of-all", Fault::TeamOfAll),
        ("replies-of-all", Fault::RepliesOfAll),
        ("team-by-all", Fault::TeamByAll),
        ("settings-by-all", Fault::SettingsByAll),
        ("secrets-by-all", Fault::SecretsByAll),
        ("commands-by-all", Fault::CommandsByAll),
        ("commands-unassigned", Fault::CommandsUnassigned),
        ("note-told", Fault::NoteTold),
        ("note-file", Fault::NoteFile),
        ("any-file", Fault::AnyFile),
        ("upload-anywhere", Fault::UploadAnywhere),
        ("address-shown", Fault::AddressShown),
        ("panel-of-all", Fault::PanelOfAll),
        ("drafts-of-all", Fault::DraftsOfAll),
        ("foreign-page", Fault::ForeignPage),
        ("foreign-socket", Fault::ForeignSocket),
        ("role-whole", Fault::RoleWhole),
        ("token-scope", Fault::TokenScope),
        ("open-stays", Fault::OpenStays),
        ("gone-stays", Fault::GoneStays),
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
