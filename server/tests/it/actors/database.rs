//! A database for one story alone.

use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

/// SQLite in the data folder, or a PostgreSQL database that is dropped when the story ends.
pub(crate) struct Database(Option<Postgres>);

struct Postgres {
    server: String,
    name: String,
}

impl Database {
    pub(crate) async fn fresh() -> Self {
        let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
            return Self(None);
        };
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("story_{}_{number}", std::process::id());
        let mut connection = PgConnection::connect(&server).await.unwrap();
        connection
            .execute(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .await
            .unwrap();
        connection.close().await.unwrap();
        Self(Some(Postgres { server, name }))
    }

    /// Empty for SQLite.
    pub(crate) fn url(&self) -> String {
        match &self.0 {
            None => String::new(),
            Some(Postgres { server, name }) => {
                let (base, query) = server.split_once('?').unwrap_or((server, ""));
                let (host, _) = base.rsplit_once('/').unwrap();
                if query.is_empty() {
                    format!("{host}/{name}")
                } else {
                    format!("{host}/{name}?{query}")
                }
            }
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(Postgres { server, name }) = self.0.take() {
            // A thread of its own: a story may end outside of its runtime.
            let dropped = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_all()
                    .build()
                    .unwrap();
                runtime.block_on(async {
                    let mut connection = PgConnection::connect(&server).await.unwrap();
                    let drop = format!("DROP DATABASE {name} WITH (FORCE)");
                    let _ = connection.execute(AssertSqlSafe(drop)).await;
                });
            });
            let _ = dropped.join();
        }
    }
}
