//! Opens the database: where it is, and with which guarantees.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx::Connection as _;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, Statement};

use super::StoreError;
use crate::faults::{self, Fault};

/// Readers of an SQLite file. Writers there are one, always.
const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL that write: the lanes and a few rare writes.
const POSTGRES_WRITERS: u32 = 6;
/// Connections to PostgreSQL that read.
const POSTGRES_READERS: u32 = 8;
/// SQLite before 3.51.3 can lose what another connection wrote when the log starts anew.
const SQLITE_LEAST: [u32; 3] = [3, 51, 3];

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file; it is made when it does not exist, its folder is not.
    Sqlite(PathBuf),
    /// `postgres://user:password@host/database`.
    Postgres(String),
}

impl FromStr for DatabaseUrl {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err(StoreError::AddressUnknown)
    }
}

// Written by hand: the address of a PostgreSQL server holds a password.
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => f.debug_tuple("Sqlite").field(path).finish(),
            Self::Postgres(_) => f.debug_tuple("Postgres").field(&"***").finish(),
        }
    }
}

/// Opens what writes: on SQLite one connection, because there can only be one writer anyway.
pub(super) async fn writer(url: &DatabaseUrl) -> Result<DatabaseConnection, StoreError> {
    let options = match url {
        DatabaseUrl::Sqlite(path) => sqlite(path, 1, true),
        DatabaseUrl::Postgres(url) => postgres(url, POSTGRES_WRITERS),
    };
    counted(options).await
}

/// Opens what reads; on SQLite it cannot write.
pub(super) async fn readers(url: &DatabaseUrl) -> Result<DatabaseConnection, StoreError> {
    let options = match url {
        DatabaseUrl::Sqlite(path) => sqlite(path, SQLITE_READERS, false),
        DatabaseUrl::Postgres(url) => postgres(url, POSTGRES_READERS),
    };
    counted(options).await
}

/// Opens it; a build for gates counts the statements.
async fn counted(options: ConnectOptions) -> Result<DatabaseConnection, StoreError> {
    #[cfg_attr(not(feature = "faults"), expect(unused_mut, reason = "nothing is set"))]
    let mut connection = Database::connect(options).await?;
    #[cfg(feature = "faults")]
    connection.set_metric_callback(|_| faults::count_statement());
    Ok(connection)
}

/// Refuses a database that cannot keep what Baton promises.
pub(super) async fn check(url: &DatabaseUrl, db: &DatabaseConnection) -> Result<(), StoreError> {
    match url {
        DatabaseUrl::Sqlite(_) => {
            let found = ask(db, "SELECT sqlite_version() AS answer").await?;
            if version(&found) < SQLITE_LEAST {
                return Err(StoreError::SqliteTooOld { found });
            }
        }
        DatabaseUrl::Postgres(_) => {
            let question = "SELECT current_setting('synchronous_commit') AS answer";
            let found = ask(db, question).await?;
            if found == "off" {
                return Err(StoreError::NotDurable { found });
            }
        }
    }
    Ok(())
}

/// For [`crate::faults::Fault::NoUniqueKey`].
pub(super) async fn drop_unique_key(db: &DatabaseConnection) -> Result<(), StoreError> {
    db.execute_unprepared("DROP INDEX IF EXISTS one_entry_per_key")
        .await?;
    Ok(())
}

async fn ask(db: &DatabaseConnection, question: &str) -> Result<String, StoreError> {
    let question = Statement::from_string(db.get_database_backend(), question);
    let row = db.query_one_raw(question).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("no answer".to_owned()))?;
    Ok(row.try_get("", "answer")?)
}

/// `3.51.3` as numbers; what is no number counts as 0.
fn version(text: &str) -> [u32; 3] {
    let mut numbers = text.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| numbers.next().unwrap_or(0))
}

/// A file. After some errors of the disk SQLite has rolled back what the driver takes for an open
/// transaction; the next one would be a savepoint in it, and its release no commit. Such a connection
/// is thrown away before anybody gets it.
fn sqlite(path: &Path, connections: u32, writes: bool) -> ConnectOptions {
    let path = path.to_owned();
    let mut options = ConnectOptions::new("sqlite:");
    pool(&mut options, connections);
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.before_acquire(|connection, _| {
            let whole = !connection.is_in_transaction() || faults::on(Fault::KeptConnection);
            Box::pin(async move { Ok(whole) })
        })
    });
    options
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            let sqlite = sqlite
                .filename(&path)
                .create_if_missing(writes)
                .read_only(!writes)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .statement_cache_capacity(256)
                .pragma("temp_store", "memory")
                .pragma("cache_size", "-16000");
            #[cfg(feature = "faults")]
            let sqlite = match faults::vfs() {
                Some(vfs) => sqlite.vfs(vfs),
                None => sqlite,
            };
            if !writes {
                return sqlite;
            }
            // Defect: what was answered is lost when the power fails.
            let synchronous = if faults::on(Fault::NoSync) {
                SqliteSynchronous::Normal
            } else {
                SqliteSynchronous::Full
            };
            // FULL: an answer leaves after COMMIT, and what was answered survives a power cut.
            sqlite
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(synchronous)
                // Never `optimize`: what SQLite then notes of a database that is nearly empty stays
                // until it is closed again, and among a million conversations a search by the words
                // of an index read the whole table instead of 200 of its rows. Without such notes
                // it goes by the indices, which the statements are written for.
                .pragma("journal_size_limit", "67108864")
        });
    options
}

fn postgres(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    pool(&mut options, connections);
    // The server may have been restarted since: a lane must not be handed a dead connection.
    options
        .test_before_acquire(true)
        .set_application_name("baton")
        .map_sqlx_postgres_opts(|postgres| postgres.statement_cache_capacity(256));
    options
}

fn pool(options: &mut ConnectOptions, connections: u32) {
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(10))
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_file_or_a_server() {
        let file = DatabaseUrl::Sqlite(PathBuf::from("data/baton.db"));
        assert_eq!(file, "sqlite:data/baton.db".parse().unwrap());
        assert_eq!(file, "sqlite://data/baton.db".parse().unwrap());
        let server = "postgres://baton:secret@db/baton";
        assert_eq!(
            DatabaseUrl::Postgres(server.to_owned()),
            server.parse().unwrap()
        );
        assert!("mysql://db/baton".parse::<DatabaseUrl>().is_err());
    }

    #[test]
    fn a_printed_address_holds_no_password() {
        let server = DatabaseUrl::Postgres("postgres://baton:secret@db/baton".to_owned());
        assert!(!format!("{server:?}").contains("secret"));
    }

    #[test]
    fn versions_compare_by_their_numbers() {
        assert!(version("3.51.2") < SQLITE_LEAST);
        assert!(version("3.9.9") < SQLITE_LEAST);
        assert!(version("3.51.3") >= SQLITE_LEAST);
        assert!(version("3.53") >= SQLITE_LEAST);
        assert!(version("4.0.0") >= SQLITE_LEAST);
    }
}
