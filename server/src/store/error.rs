//! What can go wrong in the store, and what of it a client is told.

use domain::Refusal;
use sea_orm::{DbErr, RuntimeErr, sqlx};
use uuid::Uuid;

/// Why the store could not do something. Not for clients: they are told [`Refusal::Unavailable`].
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("the database failed: {0}")]
    Database(#[from] DbErr),
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
    /// Rows were left of what was to be erased; nothing was.
    #[error("{left} rows were left of what was to be erased")]
    NotErased { left: u64 },
    /// A rule or a conversion panicked; nothing was saved.
    #[error("a command panicked")]
    Panicked,
    /// COMMIT did not return well: what it did is unknown until the key comes again.
    #[error("the commit failed: {0}")]
    Commit(#[source] DbErr),
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

/// Whose fault an error is, which decides what is done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// A race was lost: the same once more will do.
    Passing,
    /// What was written cannot be: one command's own fault.
    Command,
    /// The disk, the server or the way to it: nothing can be written now.
    Database,
}

impl StoreError {
    /// Whether the same work, run again, is likely to succeed.
    pub(super) fn is_passing(&self) -> bool {
        self.fault() == Fault::Passing
    }

    /// Whether no command is to blame, once trying again has not helped.
    pub(super) fn is_of_the_database(&self) -> bool {
        match self {
            // Of one conversation: the commands on others can be saved.
            Self::Stale => false,
            _ => self.fault() != Fault::Command,
        }
    }

    fn fault(&self) -> Fault {
        match self {
            Self::Database(error) => fault_of(error),
            Self::Stale => Fault::Passing,
            Self::Inconsistent { .. } | Self::NotErased { .. } | Self::Panicked => Fault::Command,
            Self::Commit(_)
            | Self::SqliteTooOld { .. }
            | Self::NotDurable { .. }
            | Self::AddressUnknown => Fault::Database,
        }
    }
}

fn fault_of(error: &DbErr) -> Fault {
    let (DbErr::Exec(cause) | DbErr::Query(cause)) = error else {
        return match error {
            // A column of a type that it cannot have.
            DbErr::Type(_) | DbErr::Json(_) | DbErr::TryIntoErr { .. } => Fault::Command,
            _ => Fault::Database,
        };
    };
    let RuntimeErr::SqlxError(cause) = cause else {
        return Fault::Database;
    };
    match &**cause {
        sqlx::Error::Database(error) => {
            let code = error.code().unwrap_or_default();
            if error
                .try_downcast_ref::<sqlx::sqlite::SqliteError>()
                .is_some()
            {
                sqlite_fault(&code)
            } else {
                postgres_fault(&code)
            }
        }
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::Encode(_) => {
            Fault::Command
        }
        _ => Fault::Database,
    }
}

/// By the result codes of sqlite.org/rescode.html; the low byte is the primary one.
fn sqlite_fault(code: &str) -> Fault {
    match code.parse::<u32>().unwrap_or(0) & 0xff {
        // BUSY and LOCKED.
        5 | 6 => Fault::Passing,
        // TOOBIG, CONSTRAINT and MISMATCH.
        18..=20 => Fault::Command,
        _ => Fault::Database,
    }
}

/// By appendix A of PostgreSQL's manual; the first two characters are the class.
fn postgres_fault(code: &str) -> Fault {
    match code {
        // Serialization failure, deadlock, lock not available.
        "40001" | "40P01" | "55P03" => Fault::Passing,
        // Data exceptions and integrity constraints.
        _ if code.starts_with("22") || code.starts_with("23") => Fault::Command,
        _ => Fault::Database,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_nobodys_fault_and_a_constraint_is() {
        assert_eq!(Fault::Database, sqlite_fault("13"));
        assert_eq!(Fault::Database, sqlite_fault("778"));
        assert_eq!(Fault::Command, sqlite_fault("2067"));
        assert_eq!(Fault::Passing, sqlite_fault("517"));
        assert_eq!(Fault::Database, postgres_fault("53100"));
        assert_eq!(Fault::Command, postgres_fault("23505"));
        assert_eq!(Fault::Passing, postgres_fault("40P01"));
    }
}
