//! What can go wrong in the store, and what of it a client is told.

use domain::Refusal;
use uuid::Uuid;

/// Why the store could not do something. Not for clients: they are told [`Refusal::Unavailable`].
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("the database failed: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// A row holds what no version of Baton writes.
    #[error("row {id} of {table} holds a {column} that cannot be read")]
    Inconsistent {
        table: &'static str,
        column: &'static str,
        id: Uuid,
    },
    /// A conversation was changed by somebody else between loading and saving.
    #[error("a conversation changed while it was being saved")]
    Stale,
    /// A rule or a conversion panicked; nothing was saved.
    #[error("a command panicked")]
    Panicked,
    /// COMMIT did not return well: what it did is unknown until the key comes again.
    #[error("the commit failed: {0}")]
    Commit(#[source] sea_orm::DbErr),
    /// The SQLite in use can corrupt a database.
    #[error(
        "SQLite {found} can corrupt a database (see sqlite.org/wal.html, section 11); 3.51.3 is the least"
    )]
    SqliteTooOld { found: String },
    /// PostgreSQL would acknowledge what a crash can still lose.
    #[error("PostgreSQL runs with synchronous_commit = {found}; Baton needs it on")]
    NotDurable { found: String },
    /// The address is neither a file nor a PostgreSQL server.
    #[error("a database address begins with sqlite: or postgres:")]
    AddressUnknown,
}

/// Why a command or a rare write came to nothing. Nothing was saved, whichever it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// A rule said no.
    #[error("{0}")]
    Refused(Refusal),
    /// The store could not write; the log says why.
    #[error("the store could not write")]
    Unavailable,
}

impl From<Refusal> for Failed {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Failed> for Refusal {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Refused(refusal) => refusal,
            Failed::Unavailable => Self::Unavailable,
        }
    }
}
