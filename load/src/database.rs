//! The database under a server: made for one gate, read beside the server, and dropped afterwards.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use protocol::{AgentId, ConversationId, HandoffId, Key};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{
    AssertSqlSafe, Connection as _, Executor as _, PgConnection, Row as _, SqliteConnection,
};
use uuid::Uuid;

use crate::history::{By, Line};

/// Which of the two databases a gate runs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    /// The URL of a server on which databases may be made.
    Postgres(String),
}

impl std::str::FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "sqlite" => Ok(Self::Sqlite),
            url if url.starts_with("postgres") => Ok(Self::Postgres(url.to_owned())),
            _ => Err("sqlite, or the URL of a PostgreSQL server".to_owned()),
        }
    }
}

impl Kind {
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres(_) => "postgres",
        }
    }
}

/// A database of one gate's own.
#[derive(Debug, Clone)]
pub(crate) enum Database {
    File(PathBuf),
    Postgres { server: String, name: String },
}

/// A row of entries.
#[derive(Debug, Clone)]
pub(crate) struct EntryRow {
    pub(crate) conversation: ConversationId,
    pub(crate) seq: u64,
    pub(crate) line: Line,
    /// The JSON of an event.
    pub(crate) event: Option<String>,
    pub(crate) author: Option<Uuid>,
}

/// A row of claims.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ClaimRow {
    pub(crate) handoff: HandoffId,
    pub(crate) agent: AgentId,
    pub(crate) at: i64,
    pub(crate) ended_at: Option<i64>,
}

/// A column as text: the two databases hold ids in different types.
struct Texts {
    uuid: fn(&str) -> String,
}

impl Database {
    /// A database with nothing in it.
    pub(crate) async fn fresh(kind: &Kind, folder: &Path) -> Result<Self> {
        let Kind::Postgres(server) = kind else {
            return Ok(Self::File(folder.join("baton.db")));
        };
        let mut bytes = [0; 8];
        getrandom::fill(&mut bytes).context("no randomness")?;
        let name = format!("gate_{:016x}", u64::from_le_bytes(bytes));
        let mut connection = PgConnection::connect(server).await?;
        let make = AssertSqlSafe(format!("CREATE DATABASE {name}"));
        connection.execute(make).await?;
        let server = server.clone();
        Ok(Self::Postgres { server, name })
    }

    /// What the server's setting `database.url` has to be.
    pub(crate) fn setting(&self) -> String {
        match self {
            Self::File(_) => String::new(),
            Self::Postgres { server, name } => {
                let (host, _) = server.rsplit_once('/').unwrap_or((server, ""));
                format!("{host}/{name}")
            }
        }
    }

    /// Removes what is not in the gate's folder.
    pub(crate) async fn drop(&self) -> Result<()> {
        if let Self::Postgres { server, name } = self {
            let mut connection = PgConnection::connect(server).await?;
            let drop = AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"));
            connection.execute(drop).await?;
        }
        Ok(())
    }

    /// Runs statements of the gate's own.
    pub(crate) async fn run(&self, statements: &str) -> Result<()> {
        match self {
            Self::File(path) => {
                let mut connection = sqlite(path).await?;
                connection
                    .execute(AssertSqlSafe(statements.to_owned()))
                    .await?;
                connection.close().await?;
            }
            Self::Postgres { .. } => {
                let mut connection = PgConnection::connect(&self.setting()).await?;
                connection
                    .execute(AssertSqlSafe(statements.to_owned()))
                    .await?;
                connection.close().await?;
            }
        }
        Ok(())
    }

    /// What SQLite finds wrong with a copy of the files, taken while no server runs: the files
    /// themselves are left for the server to recover.
    pub(crate) async fn damage(&self) -> Result<Option<String>> {
        let Self::File(path) = self else {
            return Ok(None);
        };
        let folder = tempfile::tempdir()?;
        let copy = folder.path().join("baton.db");
        std::fs::copy(path, &copy)?;
        let wal = |path: &Path| path.with_extension("db-wal");
        if wal(path).exists() {
            std::fs::copy(wal(path), wal(&copy))?;
        }
        let mut connection = sqlite(&copy).await?;
        let found: String = sqlx::query("PRAGMA integrity_check")
            .fetch_one(&mut connection)
            .await?
            .try_get(0)?;
        connection.close().await?;
        Ok((found != "ok").then_some(found))
    }

    /// Rows of a statement whose columns are all text or null.
    pub(crate) async fn rows(&self, statement: &str) -> Result<Vec<Vec<Option<String>>>> {
        let statement = AssertSqlSafe(statement.to_owned());
        match self {
            Self::File(path) => {
                let mut connection = sqlite(path).await?;
                let rows = sqlx::query(statement).fetch_all(&mut connection).await?;
                let rows = rows
                    .iter()
                    .map(|row| (0..row.len()).map(|at| row.try_get(at)).collect());
                Ok(rows.collect::<Result<_, _>>()?)
            }
            Self::Postgres { .. } => {
                let mut connection = PgConnection::connect(&self.setting()).await?;
                let rows = sqlx::query(statement).fetch_all(&mut connection).await?;
                let rows = rows
                    .iter()
                    .map(|row| (0..row.len()).map(|at| row.try_get(at)).collect());
                Ok(rows.collect::<Result<_, _>>()?)
            }
        }
    }

    /// How many rows of a table are so.
    pub(crate) async fn count(&self, table: &str, so: &str) -> Result<u64> {
        let question = format!("SELECT CAST(count(*) AS TEXT) FROM {table} WHERE {so}");
        let rows = self.rows(&question).await?;
        let count = rows.first().and_then(|row| row.first()?.as_deref());
        count.context("a count")?.parse().context("a number")
    }

    /// Every entry, in order.
    pub(crate) async fn entries(&self) -> Result<Vec<EntryRow>> {
        let Texts { uuid } = self.texts();
        let statement = format!(
            "SELECT {}, CAST(seq AS TEXT), CAST(public_seq AS TEXT), {}, author_kind, {}, \
             CASE WHEN body_kind = 'event' THEN NULL ELSE text END, \
             CASE WHEN body_kind = 'event' THEN data ELSE NULL END \
             FROM entries ORDER BY entries.conversation_id, entries.seq, entries.id",
            uuid("conversation_id"),
            uuid("key"),
            uuid("author_id"),
        );
        let rows = self.rows(&statement).await?;
        rows.into_iter()
            .map(|row| entry(&row).context("an entry"))
            .collect()
    }

    /// Every claim.
    pub(crate) async fn claims(&self) -> Result<Vec<ClaimRow>> {
        let Texts { uuid } = self.texts();
        let statement = format!(
            "SELECT {}, {}, CAST(at AS TEXT), CAST(ended_at AS TEXT) FROM claims \
             ORDER BY claims.handoff_id, claims.number",
            uuid("handoff_id"),
            uuid("agent_id"),
        );
        let rows = self.rows(&statement).await?;
        rows.into_iter()
            .map(|row| claim(&row).context("a claim"))
            .collect()
    }

    fn texts(&self) -> Texts {
        match self {
            Self::File(_) => Texts {
                uuid: |column| format!("lower(hex({column}))"),
            },
            Self::Postgres { .. } => Texts {
                uuid: |column| format!("CAST({column} AS TEXT)"),
            },
        }
    }
}

pub(crate) async fn sqlite(path: &Path) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(std::time::Duration::from_secs(20));
    Ok(SqliteConnection::connect_with(&options).await?)
}

type Row = [Option<String>];

fn text(row: &Row, at: usize) -> Option<&str> {
    // SQLite's hex() of nothing is an empty text.
    row.get(at)?.as_deref().filter(|text| !text.is_empty())
}

fn id(row: &Row, at: usize) -> Option<Uuid> {
    Uuid::try_parse(text(row, at)?).ok()
}

fn number<N: std::str::FromStr>(row: &Row, at: usize) -> Option<N> {
    text(row, at)?.parse().ok()
}

fn entry(row: &Row) -> Option<EntryRow> {
    let by = match text(row, 4)? {
        "visitor" => By::Visitor,
        "ai" => By::Ai,
        "agent" => By::Team,
        _ => By::System,
    };
    Some(EntryRow {
        conversation: ConversationId(id(row, 0)?),
        seq: number(row, 1)?,
        author: id(row, 5),
        event: text(row, 7).map(str::to_owned),
        line: Line {
            key: id(row, 3).map(Key),
            public: number(row, 2),
            by,
            text: row.get(6).cloned().flatten(),
        },
    })
}

fn claim(row: &Row) -> Option<ClaimRow> {
    Some(ClaimRow {
        handoff: HandoffId(id(row, 0)?),
        agent: AgentId(id(row, 1)?),
        at: number(row, 2)?,
        ended_at: number(row, 3),
    })
}
