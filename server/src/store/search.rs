//! Finding entries by their words: the newest first, in pages.

use domain::agent::Assigned;
use domain::permissions::Permission;
use domain::search::Query;
use domain::{Agent, Entry};
use sea_orm::{DbBackend, EntityTrait, Statement, Value};

use super::pad::pad;
use super::tables::entries::{COLUMNS, Entity};
use super::tables::row_number;
use super::{Store, StoreError};
use crate::faults::{self, Fault};

/// Entries that are looked at for one page.
const LOOKED_AT: usize = 100;
/// Searches that read at once. Everybody else reads by the same connections.
pub(super) const AT_ONCE: usize = 2;

/// Letters of the longest beginnings that SQLite's index holds (the migration `index_beginnings`).
const BEGINNING: usize = 4;
/// The newest entries with such beginnings that are looked through for longer ones.
const LOOKED_THROUGH: usize = 500;

/// Which entries are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Among {
    All,
    /// The newest that have the first letters of each word. Longer beginnings are not in the index: all that
    /// have one are collected before the first is told, which takes long for words that are said often. Those
    /// are found here.
    Newest,
}

/// An entry that was found, and its place among all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub place: u64,
    pub entry: Entry,
}

impl Store {
    /// The newest entries with all words of a query that an agent may see, before a place; whether
    /// there may be more.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn search(
        &self,
        agent: &Agent,
        query: &Query,
        before: Option<u64>,
    ) -> Result<(Vec<Found>, bool), StoreError> {
        let sees_none = matches!(&agent.assigned, Assigned::Only(chatbots) if chatbots.is_empty());
        if query.is_empty() || sees_none || agent.may(Permission::SeeConversations).is_err() {
            return Ok((Vec::new(), false));
        }
        let backend = self.readers().get_database_backend();
        // Closed with the store, which nobody asks then.
        let _turn = self.inner.searches.acquire().await;
        let mut rows = Vec::new();
        if backend == DbBackend::Sqlite && has_long_beginnings(query) {
            let newest = statement(backend, agent, query, (before, Among::Newest));
            rows = Entity::find()
                .from_raw_sql(newest)
                .all(self.readers())
                .await?;
        }
        if rows.len() < LOOKED_AT {
            let all = statement(backend, agent, query, (before, Among::All));
            rows = Entity::find().from_raw_sql(all).all(self.readers()).await?;
        }
        let more = rows.len() == LOOKED_AT;
        let found = rows.into_iter().map(|row| {
            let place = u64::try_from(row.id).unwrap_or_default();
            Entry::try_from(row).map(|entry| Found { place, entry })
        });
        Ok((found.collect::<Result<_, _>>()?, more))
    }
}

fn has_long_beginnings(query: &Query) -> bool {
    query.words().iter().any(is_long)
}

/// Whether it is a beginning that is not in SQLite's index.
fn is_long((word, begins): &(String, bool)) -> bool {
    *begins && word.chars().count() > BEGINNING
}

/// The words are letters and digits alone, whatever was typed; see [`Query::words`].
fn wanted(backend: DbBackend, query: &Query, among: Among) -> String {
    let words = query.words().into_iter();
    let words = words.map(|(word, begins)| match among {
        Among::Newest if begins => (word.chars().take(BEGINNING).collect(), begins),
        Among::Newest | Among::All => (word, begins),
    });
    let words = words.map(|(word, begins)| match (backend, begins) {
        (DbBackend::Sqlite, true) => format!("\"{word}\"*"),
        (DbBackend::Sqlite, false) => format!("\"{word}\""),
        (_, true) => format!("'{word}':*"),
        (_, false) => format!("'{word}'"),
    });
    let and = match backend {
        DbBackend::Sqlite => " AND ",
        _ => " & ",
    };
    words.collect::<Vec<_>>().join(and)
}

pub(super) fn statement(
    backend: DbBackend,
    agent: &Agent,
    query: &Query,
    (before, among): (Option<u64>, Among),
) -> Statement {
    // The index comes first, from its end: everything else is asked of what it names. On PostgreSQL
    // the order must not be that of the table, which would be read backwards for rare words.
    let (from, is_found, place) = match backend {
        DbBackend::Sqlite => (
            "entry_words CROSS JOIN entries ON entries.id = entry_words.rowid",
            "entry_words MATCH $1",
            "entry_words.rowid",
        ),
        _ => (
            "entries",
            "entries.words IS NOT NULL AND \
             array_to_tsvector(string_to_array(entries.words, ' ')) @@ CAST($1 AS tsquery)",
            "entries.id + 0",
        ),
    };
    let wanted = wanted(backend, query, among);
    let mut values: Vec<Value> = vec![wanted.into(), agent.workspace.0.into()];
    let mut earlier = String::new();
    if let Some(before) = before {
        values.push(row_number(before).into());
        earlier = format!(" AND {place} < ${}", values.len());
    }
    let (from, is_found) = match among {
        Among::All => (from.to_owned(), format!("{is_found}{earlier}")),
        Among::Newest => {
            let mut whole = Vec::new();
            for (word, _) in query.words().into_iter().filter(is_long) {
                values.push(format!(" {word}").into());
                whole.push(format!(
                    "instr(' ' || entries.words, ${}) > 0",
                    values.len()
                ));
            }
            let newest = format!(
                "(SELECT rowid FROM entry_words WHERE {is_found}{earlier} \
                 ORDER BY {place} DESC LIMIT {LOOKED_THROUGH}) AS entry_words \
                 CROSS JOIN entries ON entries.id = entry_words.rowid"
            );
            (newest, whole.join(" AND "))
        }
    };
    let mut also = String::new();
    if agent.may(Permission::WriteNotes).is_err() {
        also.push_str(" AND entries.body_kind <> 'note'");
    }
    let mut join = "";
    if let Assigned::Only(chatbots) = &agent.assigned
        && !faults::on(Fault::SearchUnassigned)
    {
        join = match backend {
            DbBackend::Sqlite => {
                " CROSS JOIN conversations ON conversations.id = entries.conversation_id"
            }
            _ => " JOIN conversations ON conversations.id = entries.conversation_id",
        };
        let chatbots = pad(chatbots.iter().map(|chatbot| chatbot.0).collect());
        let marks: Vec<String> = chatbots
            .into_iter()
            .map(|chatbot| {
                values.push(chatbot.into());
                format!("${}", values.len())
            })
            .collect();
        also = format!(
            "{also} AND conversations.chatbot_id IN ({})",
            marks.join(", ")
        );
    }
    let of = match faults::on(Fault::SearchOfAll) {
        true => "(entries.workspace_id = $2 OR entries.workspace_id <> $2)",
        false => "entries.workspace_id = $2",
    };
    let columns: Vec<String> = COLUMNS
        .iter()
        .map(|column| format!("entries.{column}"))
        .collect();
    let text = format!(
        "SELECT {} FROM {from}{join} WHERE {is_found} AND {of}{also} \
         ORDER BY {place} DESC LIMIT {LOOKED_AT}",
        columns.join(", ")
    );
    Statement::from_sql_and_values(backend, text, values)
}
