//! A database as it is after years: written by statements of SQLite, because the sockets would take days.

use std::path::Path;

use anyhow::{Context as _, Result};
use protocol::ChatbotId;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, QueryBuilder, Sqlite};

use crate::chance::{Chance, now};
use crate::database;

use super::vocabulary::Vocabulary;

/// Entries of each conversation.
pub(crate) const ENTRIES: u64 = 10;
/// Different things that are said.
const PHRASES: u64 = 16_384;
/// Conversations that are written in one transaction.
const TOGETHER: u64 = 20_000;
/// Of all, those who wait, those who talk with somebody, and of a hundred others those who had a person.
const PENDING: u64 = 300;
const ACTIVE: u64 = 200;
const RESOLVED: u64 = 60;

/// Fills a database that a server has made, while none runs on it; the words of what is said there.
pub(crate) async fn fill(
    path: &Path,
    chatbot: ChatbotId,
    conversations: u64,
    chance: &mut Chance,
) -> Result<Vec<Vec<String>>> {
    let mut connection = database::sqlite(path).await?;
    // It is thrown away afterwards, and nothing else is written meanwhile.
    for pragma in [
        "synchronous=OFF",
        "cache_size=-512000",
        "wal_autocheckpoint=20000",
    ] {
        let pragma = AssertSqlSafe(format!("PRAGMA {pragma}"));
        sqlx::query(pragma).fetch_all(&mut connection).await?;
    }
    connection
        .execute("CREATE TEMP TABLE phrases (id INTEGER PRIMARY KEY, text TEXT, words TEXT)")
        .await?;
    let vocabulary = Vocabulary::made(chance);
    let phrases: Vec<Vec<String>> = (0..PHRASES).map(|_| vocabulary.phrase(chance)).collect();
    let numbered: Vec<(i64, &Vec<String>)> = (0..).zip(&phrases).collect();
    for phrases in numbered.chunks(256) {
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO phrases ");
        query.push_values(phrases, |mut row, (id, said)| {
            let mut words = said.to_vec();
            words.sort();
            words.dedup();
            row.push_bind(*id)
                .push_bind(said.join(" "))
                .push_bind(words.join(" "));
        });
        query.build().execute(&mut connection).await?;
    }
    let begin = now().0 - i64::try_from(conversations)? * 1_000;
    let mut first = 0;
    while first < conversations {
        let last = (first + TOGETHER).min(conversations);
        let statements = AssertSqlSafe(statements(chatbot, (first, last), conversations, begin));
        connection.execute(statements).await.context("filling it")?;
        first = last;
    }
    connection.close().await?;
    Ok(phrases)
}

/// What some conversations are made by. A conversation's number is in its id and in those of its visitor
/// and its handoff; a second lies between two of them.
fn statements(chatbot: ChatbotId, (first, last): (u64, u64), all: u64, begin: i64) -> String {
    let chatbot = format!("x'{}'", chatbot.0.simple());
    let numbers = format!(
        "WITH RECURSIVE n(i) AS (VALUES ({first}) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {last})"
    );
    let at = format!("({begin} + i * 1000)");
    let id = |kind: char| format!("unhex(printf('%012x7{kind}008{kind}00%012x', {at}, i))");
    let (visitor, conversation, handoff) = (id('a'), id('b'), id('c'));
    let workspace = format!("(SELECT workspace_id FROM chatbots WHERE id = {chatbot})");
    let agent = "(SELECT id FROM agents WHERE email = 'agent.0@example.org')";
    let (pending, active) = (all - PENDING, all - PENDING - ACTIVE);
    let state = format!(
        "CASE WHEN i >= {pending} THEN 'pending' WHEN i >= {active} THEN 'active' ELSE 'resolved' END"
    );
    let had_person = format!("(i >= {active} OR i % 100 < {RESOLVED})");
    format!(
        "BEGIN;
         {numbers} INSERT INTO visitors (id, workspace_id, chatbot_id, conversation_id, name, token_hash, \
           created_at)
           SELECT {visitor}, {workspace}, {chatbot}, {conversation}, 'Visitor ' || i, \
           unhex(printf('%064x', i)), {at} FROM n;
         {numbers} INSERT INTO conversations (id, workspace_id, chatbot_id, visitor_id, visitor_name, \
           channel, created_at, version, last_seq, last_public_seq, control_epoch, closed, ai_from, \
           last_author_kind, last_author_id, last_text, last_at, unread, read_by_team, read_by_visitor, \
           locale, assistant_at, owed_at)
           SELECT {conversation}, {workspace}, {chatbot}, {visitor}, 'Visitor ' || i, 'web', {at}, \
           {ENTRIES}, {ENTRIES}, {ENTRIES}, 1, 0, 1, 'visitor', {visitor}, \
           (SELECT text FROM phrases WHERE id = (i * {ENTRIES} + {ENTRIES}) * 7919 % {PHRASES}), \
           {at} + 900, 0, 0, 0, 'en-GB', CASE WHEN {had_person} THEN NULL ELSE {at} + 900 END, \
           CASE WHEN i >= {active} THEN 9223372036854775807 END FROM n;
         {numbers}, s(seq) AS (VALUES (1) UNION ALL SELECT seq + 1 FROM s WHERE seq < {ENTRIES})
           INSERT INTO entries (workspace_id, conversation_id, seq, public_seq, at, key, digest, \
           author_kind, author_id, body_kind, text, data, words)
           SELECT {workspace}, {conversation}, seq, seq, {at} + seq * 90, randomblob(16), 7, 'visitor', \
           {visitor}, 'message', phrases.text, NULL, phrases.words FROM n, s \
           JOIN phrases ON phrases.id = (i * {ENTRIES} + seq) * 7919 % {PHRASES};
         {numbers} INSERT INTO handoffs (id, workspace_id, conversation_id, chatbot_id, newest, \"trigger\", \
           requested_at, state, claims, claimed_by, claimed_at, outcome, ended_at, listed_at, pending_since)
           SELECT {handoff}, {workspace}, {conversation}, {chatbot}, 1, 'button', {at}, {state}, \
           CASE WHEN i >= {pending} THEN 0 ELSE 1 END, \
           CASE WHEN i < {pending} THEN {agent} END, \
           CASE WHEN i < {pending} THEN {at} END, \
           CASE WHEN i < {active} THEN 'closed' END, CASE WHEN i < {active} THEN {at} + 950 END, \
           {at}, {at} FROM n WHERE {had_person};
         COMMIT;"
    )
}
