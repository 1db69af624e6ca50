//! A bare loop of commits: messages go into the very tables, as many together as a lane takes, with
//! nobody asked and nobody told.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};
use uuid::Uuid;

use crate::chance::{Chance, now};
use crate::database::{self, Database};

/// Conversations that are written in, turn by turn.
const CONVERSATIONS: usize = 1_000;
/// Connections to PostgreSQL that write, as many as the server has lanes.
const POSTGRES_LANES: usize = 4;

/// A conversation, and the number of its last entry.
#[derive(Debug, Clone, Copy)]
struct Place {
    conversation: Uuid,
    workspace: Uuid,
    last: i64,
}

/// Messages in a second, with so many in each transaction. No server may run on this database.
pub(crate) async fn rate(
    database: &Database,
    batch: usize,
    lasting: Duration,
    chance: &mut Chance,
) -> Result<f64> {
    let began = Instant::now();
    let written = match database {
        Database::File(path) => {
            let mut connection = database::sqlite(path).await?;
            for pragma in ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"] {
                let pragma = AssertSqlSafe(format!("PRAGMA {pragma}"));
                sqlx::query(pragma).fetch_all(&mut connection).await?;
            }
            let written = on_sqlite::write(connection, batch, (0, 1), lasting, chance.split());
            written.await?
        }
        Database::Postgres { .. } => {
            let mut lanes = Vec::new();
            for lane in 0..POSTGRES_LANES {
                let connection = PgConnection::connect(&database.setting()).await?;
                let share = (lane, POSTGRES_LANES);
                let write = on_postgres::write(connection, batch, share, lasting, chance.split());
                lanes.push(tokio::spawn(write));
            }
            let mut written = 0;
            for lane in lanes {
                written += lane.await??;
            }
            written
        }
    };
    Ok(written as f64 / began.elapsed().as_secs_f64())
}

/// The same statements for a driver of `sqlx`, whose queries are of different types.
macro_rules! loop_on {
    ($name:ident, $database:ty, $connection:ty, $begin:literal) => {
        mod $name {
            use super::*;

            pub(super) async fn write(
                mut connection: $connection,
                batch: usize,
                (lane, lanes): (usize, usize),
                lasting: Duration,
                mut chance: Chance,
            ) -> Result<usize> {
                let all = places(&mut connection).await?;
                let mut places: Vec<Place> = all.into_iter().skip(lane).step_by(lanes).collect();
                anyhow::ensure!(places.len() >= batch, "too few conversations");
                let text = crate::bench::stamp::text(0, 0);
                let began = Instant::now();
                let (mut written, mut turn) = (0, 0);
                while began.elapsed() < lasting {
                    places.rotate_left(turn);
                    turn = batch;
                    let batch = places.get_mut(..batch).context("a batch")?;
                    for place in batch.iter_mut() {
                        place.last += 1;
                    }
                    sqlx::query($begin).execute(&mut connection).await?;
                    update(&mut connection, batch).await?;
                    insert(&mut connection, batch, &text, &mut chance).await?;
                    sqlx::query("COMMIT").execute(&mut connection).await?;
                    written += batch.len();
                }
                connection.close().await?;
                Ok(written)
            }

            async fn places(connection: &mut $connection) -> Result<Vec<Place>> {
                let rows = sqlx::query(AssertSqlSafe(format!(
                    "SELECT id, workspace_id, last_seq FROM conversations ORDER BY id LIMIT {}",
                    CONVERSATIONS
                )));
                let rows = rows.fetch_all(connection).await?;
                let place = |row: &<$database as sqlx::Database>::Row| {
                    anyhow::Ok(Place {
                        conversation: row.try_get(0)?,
                        workspace: row.try_get(1)?,
                        last: row.try_get(2)?,
                    })
                };
                rows.iter().map(place).collect()
            }

            async fn update(connection: &mut $connection, places: &[Place]) -> Result<()> {
                let at = now().0;
                let mut query = sqlx::QueryBuilder::<$database>::new(
                    "UPDATE conversations SET last_seq = new.column2, last_public_seq = new.column2, \
                     version = version + 1, last_at = new.column3 FROM (",
                );
                query.push_values(places, |mut row, place| {
                    row.push_bind(place.conversation);
                    row.push_bind(place.last).push_bind(at);
                });
                query.push(") AS new WHERE id = new.column1");
                query.build().execute(connection).await?;
                Ok(())
            }

            async fn insert(
                connection: &mut $connection,
                places: &[Place],
                text: &str,
                chance: &mut Chance,
            ) -> Result<()> {
                let at = now();
                let mut query = sqlx::QueryBuilder::<$database>::new(
                    "INSERT INTO entries (workspace_id, conversation_id, seq, public_seq, at, key, \
                     digest, author_kind, author_id, body_kind, text, data) ",
                );
                query.push_values(places, |mut row, place| {
                    row.push_bind(place.workspace);
                    row.push_bind(place.conversation);
                    row.push_bind(place.last).push_bind(place.last).push_bind(at.0);
                    row.push_bind(protocol::Key::new(at, &chance.bytes()).0);
                    row.push_bind(7_i64).push_bind("visitor");
                    row.push_bind(place.conversation).push_bind("message");
                    row.push_bind(text).push_bind(None::<&str>);
                });
                query.build().execute(connection).await?;
                Ok(())
            }
        }
    };
}

loop_on!(on_sqlite, sqlx::Sqlite, SqliteConnection, "BEGIN IMMEDIATE");
loop_on!(on_postgres, sqlx::Postgres, PgConnection, "BEGIN");
