//! Finds words by their first letters at once, and forgets what SQLite noted of tables that were small.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::sql::run;

/// See the first line of the file.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Sqlite {
            return Ok(());
        }
        index(manager, ", prefix = '2 3 4'").await?;
        // They are there on databases that were closed by an older Baton.
        for notes in ["sqlite_stat1", "sqlite_stat4"] {
            let forget = format!("DROP TABLE IF EXISTS {notes}");
            manager.get_connection().execute_unprepared(&forget).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        match manager.get_database_backend() {
            DbBackend::Sqlite => index(manager, "").await,
            _ => Ok(()),
        }
    }

    // All of it or nothing, on SQLite too, which does not by itself.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Makes the index of words anew; how cannot be changed on one that is there (sqlite.org/fts5.html,
/// section 4.2). Without an index of beginnings, all entries of all words that begin so are collected
/// before the first is found. Longer beginnings are rarer, and each length costs every message.
const INDEX: &str = "
    DROP TABLE entry_words;
    CREATE VIRTUAL TABLE entry_words USING fts5 (
        words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'{beginnings}
    );
    INSERT INTO entry_words (rowid, words)
        SELECT id, words FROM entries WHERE words IS NOT NULL ORDER BY id;
";

async fn index(manager: &SchemaManager<'_>, beginnings: &str) -> Result<(), DbErr> {
    run(manager, &INDEX.replace("{beginnings}", beginnings)).await
}
