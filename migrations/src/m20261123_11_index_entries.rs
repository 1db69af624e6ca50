//! Adds the words by which entries are found, and finds those that are there already.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement, Value};

use crate::sql::run;

/// See the first line of the file.
#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// Entries that are read at once.
const PAGE: usize = 500;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // None where an entry holds nothing to find.
        run(manager, "ALTER TABLE entries ADD COLUMN words TEXT").await?;
        fill(manager).await?;
        let index = match manager.get_database_backend() {
            DbBackend::Sqlite => ON_SQLITE,
            _ => ON_POSTGRES,
        };
        run(manager, index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let index = match manager.get_database_backend() {
            DbBackend::Sqlite => {
                "DROP TRIGGER entry_is_found; DROP TRIGGER entry_is_found_anew;
                DROP TRIGGER entry_is_lost; DROP TABLE entry_words;"
            }
            _ => "DROP INDEX entries_by_words;",
        };
        run(manager, index).await?;
        run(manager, "ALTER TABLE entries DROP COLUMN words").await
    }

    // All of it or nothing, on SQLite too, which does not by itself.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// Words come separated by single spaces and in one form, so the plainest tokenizer is the right one;
/// where they stand is found in the text itself.
const ON_SQLITE: &str = "
    CREATE VIRTUAL TABLE entry_words USING fts5 (
        words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
    );
    INSERT INTO entry_words (rowid, words)
        SELECT id, words FROM entries WHERE words IS NOT NULL ORDER BY id;
    CREATE TRIGGER entry_is_found AFTER INSERT ON entries WHEN new.words IS NOT NULL BEGIN
        INSERT INTO entry_words (rowid, words) VALUES (new.id, new.words);
    END;
    CREATE TRIGGER entry_is_found_anew AFTER UPDATE OF words ON entries BEGIN
        DELETE FROM entry_words WHERE rowid = old.id;
        INSERT INTO entry_words (rowid, words) SELECT new.id, new.words WHERE new.words IS NOT NULL;
    END;
    CREATE TRIGGER entry_is_lost AFTER DELETE ON entries BEGIN
        DELETE FROM entry_words WHERE rowid = old.id;
    END;
";

const ON_POSTGRES: &str = "
    CREATE INDEX entries_by_words ON entries
        USING gin (array_to_tsvector(string_to_array(words, ' ')))
        WHERE words IS NOT NULL;
";

/// Reads every entry that says something and keeps its words.
async fn fill(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let mut last = 0_i64;
    loop {
        let page = format!(
            "SELECT entries.id, entries.seq, entries.text, entries.data, entries.body_kind,
                conversations.visitor_name
            FROM entries JOIN conversations ON conversations.id = entries.conversation_id
            WHERE entries.id > {last} ORDER BY entries.id LIMIT {PAGE}"
        );
        let page = Statement::from_string(db.get_database_backend(), page);
        let rows = db.query_all_raw(page).await?;
        let Some(end) = rows.last() else {
            return Ok(());
        };
        last = end.try_get("", "id")?;
        let mut values: Vec<Value> = Vec::new();
        for row in &rows {
            let seq: i64 = row.try_get("", "seq")?;
            let kind: String = row.try_get("", "body_kind")?;
            let text: String = row.try_get("", "text")?;
            let data: Option<String> = row.try_get("", "data")?;
            let name: String = row.try_get("", "visitor_name")?;
            let mut texts = vec![text];
            texts.extend(said(&kind, data.as_deref()));
            texts.extend((seq == 1).then_some(name));
            if let Some(words) = domain::search::index(texts.iter().map(String::as_str)) {
                let id: i64 = row.try_get("", "id")?;
                values.extend([id.into(), words.into()]);
            }
        }
        keep(db, values).await?;
    }
}

/// What is found of an entry besides its text: the names of its files, and what a visitor left.
fn said(kind: &str, data: Option<&str>) -> Vec<String> {
    let data = data.and_then(|data| serde_json::from_str::<serde_json::Value>(data).ok());
    let Some(data) = data else {
        return Vec::new();
    };
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    if kind != "event" {
        let files = data["attachments"].as_array();
        let names = files.into_iter().flatten();
        return names.filter_map(|file| text(&file["name"])).collect();
    }
    let details = &data["form_sent"]["details"];
    let fields = ["name", "email", "phone", "message"].map(|field| &details[field]);
    let custom = details["custom"].as_array().into_iter().flatten();
    let fields = fields
        .into_iter()
        .chain(custom.map(|answer| &answer["text"]));
    let mut said: Vec<String> = fields.filter_map(text).collect();
    let phone = details["phone"].as_str().map(domain::search::digits);
    said.extend(phone);
    said
}

/// Keeps the words of many entries in one statement.
async fn keep<C: ConnectionTrait>(db: &C, values: Vec<Value>) -> Result<(), DbErr> {
    if values.is_empty() {
        return Ok(());
    }
    let rows = (0..values.len() / 2).map(|at| {
        let (id, words) = (at * 2 + 1, at * 2 + 2);
        format!("(CAST(${id} AS bigint), CAST(${words} AS text))")
    });
    let rows: Vec<String> = rows.collect();
    let text = format!(
        "UPDATE entries SET words = new.column2 FROM (VALUES {}) AS new WHERE entries.id = new.column1",
        rows.join(", ")
    );
    let backend = db.get_database_backend();
    db.execute_raw(Statement::from_sql_and_values(backend, text, values))
        .await?;
    Ok(())
}
