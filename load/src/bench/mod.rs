//! What the hot paths cost, beside what the machine can do at best, measured in the same run.

mod claims;
pub(crate) mod cpu;
mod cuts;
mod door;
mod durable;
mod fanout;
mod figures;
mod ground;
mod inbox;
mod memory;
mod reconnect;
mod seed;
mod slow;
mod speaker;
pub(crate) mod stamp;
mod start;
mod targets;
mod vocabulary;
mod watchers;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use serde_json::json;

use self::cpu::Core;
use self::figures::Figures;
use crate::chance::Chance;
use crate::database::Kind;
use crate::gates::Run;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// What to measure; all of it when nothing is named.
    what: Vec<Bench>,
    /// The server, built for release with the feature `faults`.
    #[arg(long)]
    program: PathBuf,
    /// `sqlite`, or the URL of a PostgreSQL server on which databases may be made.
    #[arg(long, default_value = "sqlite")]
    database: Kind,
    /// Fewer rounds and smaller crowds: the same figures, less surely.
    #[arg(long)]
    short: bool,
    /// What chance begins from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Bench {
    /// From the start of the program to the first socket.
    Start,
    /// Telling many what one says.
    Fanout,
    /// Messages that are kept before they are acknowledged.
    Durable,
    /// Sockets that are open and silent.
    Memory,
    /// Everybody comes back to a server that starts again.
    Reconnect,
    /// A crowd that is cut again and again, and a server that is killed meanwhile.
    Cuts,
    /// Agents who want the same handoffs.
    Claims,
    /// Watchers who stop to read.
    Slow,
    /// Lists, conversations and searches among very many.
    Inbox,
}

impl Bench {
    const ALL: [Self; 9] = [
        Self::Start,
        Self::Fanout,
        Self::Durable,
        Self::Memory,
        Self::Reconnect,
        Self::Cuts,
        Self::Claims,
        Self::Slow,
        Self::Inbox,
    ];

    async fn run(self, run: &mut Run, figures: &mut Figures) -> Result<()> {
        match self {
            Self::Start => start::run(run, figures).await,
            Self::Fanout => fanout::run(run, figures).await,
            Self::Durable => durable::run(run, figures).await,
            Self::Memory => memory::run(run, figures).await,
            Self::Reconnect => reconnect::run(run, figures).await,
            Self::Cuts => cuts::run(run, figures).await,
            Self::Claims => claims::run(run, figures).await,
            Self::Slow => slow::run(run, figures).await,
            Self::Inbox => inbox::run(run, figures).await,
        }
    }
}

/// Measures what is asked for, one after the other.
pub(crate) async fn run(args: Args) -> Result<()> {
    let all = Bench::ALL.to_vec();
    let what = if args.what.is_empty() { all } else { args.what };
    let mut figures = Figures::default();
    let began = Instant::now();
    for bench in what {
        let mut run = Run {
            program: args.program.clone(),
            kind: args.database.clone(),
            long: !args.short,
            sabotage: None,
            chance: Chance::seeded(args.seed),
            core: Core::Any,
        };
        eprintln!("{bench:?}, {:.0} s", began.elapsed().as_secs_f64());
        bench.run(&mut run, &mut figures).await?;
    }
    let line = json!({
        "database": args.database.name(),
        "short": args.short,
        "seconds": began.elapsed().as_secs(),
        "figures": figures,
    });
    println!("{line}");
    Ok(())
}
