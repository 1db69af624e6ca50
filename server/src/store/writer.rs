//! The way to write: transactions of the lanes, and the rare writes that go beside them.

use std::future::Future;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use domain::Refusal;
use sea_orm::{
    DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tokio::sync::Semaphore;

use super::{DatabaseUrl, Failed, Store, StoreError, connect};
use crate::faults::{self, Fault};

/// How often a transaction is run that only lost a race.
pub(super) const TRIES: u32 = 4;
/// Rare writes that are under way at once; more wait.
pub(super) const UNITS: u32 = 64;

/// The connection that writes, which can be replaced.
pub(super) struct Writer {
    url: DatabaseUrl,
    current: RwLock<DatabaseConnection>,
}

impl Writer {
    /// Writes through this connection.
    pub(super) fn new(url: DatabaseUrl, connection: DatabaseConnection) -> Self {
        Self {
            url,
            current: RwLock::new(connection),
        }
    }

    /// The connection that writes now.
    pub(super) fn connection(&self) -> DatabaseConnection {
        let current = self.current.read();
        current.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Begins a transaction that may write. On SQLite it takes the lock at once: one that reads
    /// first and writes later fails as soon as anybody else wrote.
    ///
    /// Only ever awaited in a task of its own: a future that is dropped while BEGIN is on its way
    /// leaves an open transaction behind, and what is written into it later is lost.
    pub(super) async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.connection().begin_with_options(options).await?)
    }

    /// Replaces the connection after an error of the disk: SQLite has rolled everything back then,
    /// while the driver still counts an open transaction. The pool gives nobody such a connection; this
    /// one gives up its locks and its log as well. PostgreSQL's are checked before use.
    pub(super) async fn reopen(&self) {
        // Defect: the connection stays, whatever became of its transaction.
        if matches!(self.url, DatabaseUrl::Postgres(_)) || faults::on(Fault::KeptConnection) {
            return;
        }
        match connect::writer(&self.url).await {
            Ok(fresh) => {
                let current = self.current.write();
                *current.unwrap_or_else(PoisonError::into_inner) = fresh;
            }
            Err(error) => tracing::error!(%error, "the database cannot be opened again"),
        }
    }
}

/// Why a unit of work stopped.
pub(super) enum Stop {
    Refused(Refusal),
    Broke(StoreError),
}

impl<E: Into<StoreError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Broke(error.into())
    }
}

/// A rare write: a plain value that is one transaction, and may be run again.
pub(super) trait Unit: Send + Sync + 'static {
    type Done: Send + 'static;

    /// What the log calls it.
    const NAME: &'static str;

    /// Whether what memory holds of the team may be wrong afterwards. Only where it cannot, and
    /// where that happens often, is it said to stay.
    const CHANGES_ROSTER: bool = true;

    fn run(
        &self,
        tx: &DatabaseTransaction,
    ) -> impl Future<Output = Result<Self::Done, Stop>> + Send;
}

impl Store {
    /// Runs a rare write in a task of its own, so that a caller who goes away cancels nothing.
    pub(super) async fn write<U: Unit>(&self, unit: U) -> Result<U::Done, Failed> {
        let writer = Arc::clone(&self.inner.writer);
        let units = Arc::clone(&self.inner.units);
        // Defect: whoever goes away while BEGIN is on its way leaves a transaction behind.
        if faults::on(Fault::UnspawnedUnit) {
            return Box::pin(run(&writer, &units, &unit)).await;
        }
        let inner = Arc::clone(&self.inner);
        let task = tokio::spawn(async move {
            let done = run(&writer, &units, &unit).await;
            // Also after a failure: its COMMIT may have come through.
            if U::CHANGES_ROSTER {
                inner.rosters.forget();
                inner.known_sign_ins.forget();
            }
            done
        });
        task.await.unwrap_or_else(|_| {
            tracing::error!(unit = U::NAME, "a rare write panicked");
            Err(Failed::Unavailable)
        })
    }
}

/// Runs a rare write; in a task of its own, or in the future of a task that nobody cancels.
pub(super) async fn run<U: Unit>(
    writer: &Writer,
    units: &Semaphore,
    unit: &U,
) -> Result<U::Done, Failed> {
    // Closed when the store closes.
    let _permit = units.acquire().await.map_err(|_| Failed::Unavailable)?;
    let mut tries = 1;
    loop {
        let error = match attempt(writer, unit).await {
            Ok(done) => return Ok(done),
            Err(Stop::Refused(refusal)) => return Err(Failed::Refused(refusal)),
            Err(Stop::Broke(error)) => error,
        };
        if error.is_passing() && tries < TRIES {
            pause(tries).await;
            tries += 1;
            continue;
        }
        tracing::error!(unit = U::NAME, %error, "a rare write failed");
        if error.is_of_the_database() {
            writer.reopen().await;
        }
        return Err(Failed::Unavailable);
    }
}

async fn attempt<U: Unit>(writer: &Writer, unit: &U) -> Result<U::Done, Stop> {
    let tx = writer.begin().await?;
    match unit.run(&tx).await {
        Ok(done) => {
            tx.commit().await.map_err(StoreError::Commit)?;
            Ok(done)
        }
        Err(stop) => {
            // The first error says more than one of rolling back.
            let _ = tx.rollback().await;
            Err(stop)
        }
    }
}

/// Waits a little longer each time, so that whoever won the race is through.
pub(super) async fn pause(tries: u32) {
    tokio::time::sleep(Duration::from_millis(5 << tries)).await;
}
