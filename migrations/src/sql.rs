//! One text of SQL for both databases: the few words in which they differ stand in braces.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// The words in braces, on SQLite and on PostgreSQL.
const WORDS: &[(&str, &str, &str)] = &[
    ("{id}", "BLOB", "uuid"),
    ("{number}", "INTEGER", "bigint"),
    ("{flag}", "INTEGER", "boolean"),
    ("{no}", "0", "false"),
    ("{yes}", "1", "true"),
    ("{bytes}", "BLOB", "bytea"),
    // Not AUTOINCREMENT: it costs a second write for each insert and buys nothing here, because
    // these numbers are names nowhere: where one is shown, the time of its row goes with it.
    (
        "{row}",
        "INTEGER PRIMARY KEY",
        "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    ),
    // PostgreSQL always checks the type of what it is given; SQLite does when it is asked to.
    ("{strict}", " STRICT", ""),
];

/// Runs one text on whichever database this is.
pub(crate) async fn run(manager: &SchemaManager<'_>, text: &str) -> Result<(), DbErr> {
    let sqlite = manager.get_database_backend() == DbBackend::Sqlite;
    let mut text = text.to_owned();
    for (word, on_sqlite, on_postgres) in WORDS {
        text = text.replace(word, if sqlite { on_sqlite } else { on_postgres });
    }
    manager.get_connection().execute_unprepared(&text).await?;
    Ok(())
}

/// Makes the file it stands in a migration: what is done, and how it is undone.
macro_rules! migration {
    (up: $up:literal, down: $down:literal $(,)?) => {
        use sea_orm_migration::prelude::*;

        /// See the first line of the file.
        #[derive(DeriveMigrationName)]
        pub(crate) struct Migration;

        #[async_trait::async_trait]
        impl MigrationTrait for Migration {
            async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
                $crate::sql::run(manager, $up).await
            }

            async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
                $crate::sql::run(manager, $down).await
            }

            // All of it or nothing, on SQLite too, which does not by itself.
            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }
        }
    };
}

pub(crate) use migration;
