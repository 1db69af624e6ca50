//! A database for one story alone.

use std::env;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use server::store::DatabaseUrl;
use tempfile::TempDir;

/// A file in a folder of its own, or a database that is dropped with it.
pub(crate) struct Place {
    pub(crate) url: DatabaseUrl,
    keep: Keep,
}

enum Keep {
    Folder(#[expect(dead_code, reason = "held until the story ends")] TempDir),
    Server { url: String, name: String },
}

impl Place {
    pub(crate) async fn fresh() -> Self {
        let Ok(server) = env::var("TEST_DATABASE_URL") else {
            let folder = tempfile::tempdir().unwrap();
            let url = DatabaseUrl::Sqlite(folder.path().join("baton.db"));
            return Self {
                url,
                keep: Keep::Folder(folder),
            };
        };
        let name = format!("store_{}", super::desk::fresh_id().simple());
        let connection = Database::connect(&server).await.unwrap();
        let create = format!("CREATE DATABASE {name}");
        connection.execute_unprepared(&create).await.unwrap();
        connection.close().await.unwrap();
        let (base, query) = match server.split_once('?') {
            Some((base, query)) => (base, format!("?{query}")),
            None => (server.as_str(), String::new()),
        };
        let (host, _) = base.rsplit_once('/').unwrap();
        Self {
            url: DatabaseUrl::Postgres(format!("{host}/{name}{query}")),
            keep: Keep::Server { url: server, name },
        }
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.keep, Keep::Folder(_))
    }

    /// A way to the same database past the store, for what no client can do.
    pub(crate) async fn by_hand(&self) -> DatabaseConnection {
        let url = match &self.url {
            DatabaseUrl::Sqlite(path) => format!("sqlite://{}?mode=rwc", path.display()),
            DatabaseUrl::Postgres(url) => url.clone(),
        };
        Database::connect(url).await.unwrap()
    }

    /// Runs a statement past the store; `{id}` stands for how this database writes an id.
    pub(crate) async fn run(&self, sql: &str) -> u64 {
        let connection = self.by_hand().await;
        let done = connection.execute_unprepared(sql).await.unwrap();
        connection.close().await.unwrap();
        done.rows_affected()
    }

    /// An id as SQL writes it.
    pub(crate) fn id(&self, id: uuid::Uuid) -> String {
        if self.is_sqlite() {
            format!("x'{}'", id.simple())
        } else {
            format!("'{id}'")
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Keep::Server { url, name } = &self.keep {
            let (url, drop) = (url.clone(), format!("DROP DATABASE {name} WITH (FORCE)"));
            // A thread of its own: the story's runtime may be gone.
            let dropped = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread();
                let runtime = { runtime }.enable_all().build().unwrap();
                runtime.block_on(async {
                    let connection = Database::connect(url).await.unwrap();
                    let _ = connection.execute_unprepared(&drop).await;
                });
            });
            let _ = dropped.join();
        }
    }
}
