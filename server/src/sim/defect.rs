//! What is broken on purpose, and what a day came to.

/// What is broken on purpose, to see that it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Defect {
    /// Commands are answered before they are committed.
    AckBeforeCommit,
    /// A crash takes the newest commit with it.
    LyingCommit,
    /// A command that comes again is done again.
    NoKeys,
    /// What a client missed is read before it has its place in the hub.
    LoadBeforePlace,
    /// Of a long absence only the first page is told.
    FirstPageOnly,
    /// Changes are told in another order than they were committed in.
    ToldBackwards,
    /// The AI's open attempts are forgotten in a crash.
    ForgottenRuns,
}

impl Defect {
    pub(super) const ALL: [Self; 7] = [
        Self::AckBeforeCommit,
        Self::LyingCommit,
        Self::NoKeys,
        Self::LoadBeforePlace,
        Self::FirstPageOnly,
        Self::ToldBackwards,
        Self::ForgottenRuns,
    ];
}

/// What a day came to.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Played {
    pub(super) acked: u64,
    pub(super) cuts: u64,
    pub(super) restarts: u64,
    pub(super) claims: u64,
    /// Welcomes after the first.
    pub(super) resumed: u64,
    /// Of everything that happened.
    pub(super) trace: u64,
}

impl Played {
    pub(super) fn add(&mut self, other: &Self) {
        self.acked += other.acked;
        self.cuts += other.cuts;
        self.restarts += other.restarts;
        self.claims += other.claims;
        self.resumed += other.resumed;
        self.trace ^= other.trace;
    }
}
