//! What the gates of the disk begin with: people who talk, and a server on a disk that obeys.

use std::time::Duration;

use anyhow::{Result, ensure};

use super::Run;
use super::talk::{Size, Talk};
use crate::database::Kind;
use crate::site::{Site, Team};

/// A server whose disk fails when it is ordered to, and those who talk on it. On SQLite: PostgreSQL's
/// files are PostgreSQL's own affair.
pub(super) async fn begin(run: &mut Run) -> Result<(Site, Talk)> {
    ensure!(
        run.kind == Kind::Sqlite,
        "PostgreSQL's files are PostgreSQL's own affair"
    );
    let size = Size {
        asking: 6,
        others: 4,
        agents: 2,
        pause: Duration::from_millis(30),
    };
    let team = Team {
        agents: size.agents,
        chat_limit: 3,
    };
    let mut site = Site::open(run, team).await?;
    // What was set up was synced by the system's own hand.
    site.server.stop().await?;
    site.server.faulty_disk();
    site.server.start().await?;
    let talk = Talk::begin(&site, size, &mut run.chance).await?;
    Ok((site, talk))
}
