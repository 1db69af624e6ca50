//! Agents who want the same handoffs: how many are answered in a second, and how soon the losers know.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use futures::StreamExt as _;
use protocol::agent::AgentCommand;
use protocol::{ConversationId, HandoffId, Key};
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};
use uuid::Uuid;

use super::cpu::{self, Core};
use super::door;
use super::durable::key;
use super::figures::{Figures, Goal};
use super::ground::Ground;
use super::watchers::Times;
use crate::chance::{Chance, now};
use crate::client::wire::Wire;
use crate::gates::Run;

/// Agents who want the same handoff.
const RACERS: usize = 20;

type Wanted = Arc<Vec<(HandoffId, ConversationId)>>;

#[derive(Default)]
struct Shared {
    won: AtomicU64,
    lost: AtomicU64,
    losers: Times,
    winners: Times,
}

pub(super) async fn run(run: &mut Run, figures: &mut Figures) -> Result<()> {
    let (agents, handoffs) = run.size((40, 1_000), (200, 10_000));
    run.core = Core::Any;
    let ground = Ground::open(run, handoffs, agents).await?;
    let wanted: Wanted = Arc::new(pending(&ground).await?);
    ensure!(wanted.len() == handoffs, "{} wait", wanted.len());
    let mut wires = Vec::new();
    for number in 0..agents {
        let signed_in = ground.site.sign_in(number).await?;
        wires.push(door::agent(&ground.site, signed_in, &[]).await?.0);
    }
    let shared = Arc::new(Shared::default());
    let pid = ground.pid()?;
    let (began, before) = (Instant::now(), cpu::spent(pid)?);
    let groups = (agents / RACERS).max(1);
    let mut racers = Vec::new();
    for (number, wire) in wires.into_iter().enumerate() {
        let of = (number % groups, groups);
        let race = race(wire, wanted.clone(), of, shared.clone(), run.chance.split());
        racers.push(tokio::spawn(race));
    }
    let mut wires = Vec::new();
    for racer in racers {
        wires.push(racer.await??);
    }
    let (took, spent) = (began.elapsed().as_secs_f64(), cpu::spent(pid)? - before);
    let (won, lost) = (
        shared.won.load(Ordering::Relaxed),
        shared.lost.load(Ordering::Relaxed),
    );
    let of = format!("{agents} agents, {handoffs} handoffs, {RACERS} for each");
    let claims = ground
        .site
        .server
        .database
        .count("claims", "ended_at IS NULL");
    let owners = claims.await? as f64;
    figures.hold(&of, "owners kept", owners, Goal::AtLeast(handoffs as f64));
    figures.hold(&of, "claims won", won as f64, Goal::AtMost(handoffs as f64));
    let answers = (won + lost) as f64;
    figures.hold(
        &of,
        "claims answered a second",
        answers / took,
        Goal::AtLeast(8_000.0),
    );
    figures.note(&of, "of these won and kept", won as f64 / took);
    figures.note(
        &of,
        "µs of processor time each",
        spent.as_micros() as f64 / answers,
    );
    figures.hold(
        &of,
        "ms for losers, 99 of 100",
        shared.losers.within(0.99),
        Goal::AtMost(50.0),
    );
    figures.note(&of, "ms for losers, half within", shared.losers.within(0.5));
    figures.note(
        &of,
        "ms for winners, 99 of 100",
        shared.winners.within(0.99),
    );
    drop(wires);
    ground.site.server.remove().await
}

/// Everything that waits.
async fn pending(ground: &Ground) -> Result<Vec<(HandoffId, ConversationId)>> {
    let database = &ground.site.server.database;
    let uuid = match database {
        crate::database::Database::File(_) => |column| format!("lower(hex({column}))"),
        crate::database::Database::Postgres { .. } => |column| format!("CAST({column} AS TEXT)"),
    };
    let (handoff, conversation) = (uuid("id"), uuid("conversation_id"));
    let question = format!(
        "SELECT {handoff}, {conversation} FROM handoffs WHERE state = 'pending' ORDER BY handoffs.id"
    );
    let rows = database.rows(&question).await?;
    let id =
        |text: &Option<String>| anyhow::Ok(Uuid::try_parse(text.as_deref().context("an id")?)?);
    let pair = |row: &Vec<Option<String>>| {
        let [handoff, conversation] = row.as_slice() else {
            anyhow::bail!("two ids");
        };
        Ok((HandoffId(id(handoff)?), ConversationId(id(conversation)?)))
    };
    rows.iter().map(pair).collect()
}

/// Claims its group's share of what waits, in the same order as the rest of the group, and one at a
/// time, as a person does: who claims several at once waits for its own queue.
async fn race(
    mut wire: Wire,
    wanted: Wanted,
    (group, groups): (usize, usize),
    shared: Arc<Shared>,
    mut chance: Chance,
) -> Result<Wire> {
    for (handoff, conversation) in wanted.iter().skip(group).step_by(groups) {
        let key = Key::new(now(), &chance.bytes());
        let claim = AgentCommand::Claim {
            conversation: *conversation,
            handoff: *handoff,
            key,
        };
        let began = Instant::now();
        door::send(&mut wire, &claim).await?;
        let answer = answered(&mut wire, &key.0.to_string()).await?;
        let micros = u64::try_from(began.elapsed().as_micros())?;
        if answer.starts_with(r#"{"done""#) {
            shared.won.fetch_add(1, Ordering::Relaxed);
            shared.winners.note(micros);
        } else {
            ensure!(answer.contains("taken_by"), "{answer}");
            shared.lost.fetch_add(1, Ordering::Relaxed);
            shared.losers.note(micros);
        }
    }
    Ok(wire)
}

/// What the server says to the command of this key, whatever else it tells before.
async fn answered(wire: &mut Wire, of: &str) -> Result<Utf8Bytes> {
    loop {
        let heard = wire.next().await.context("the connection ended")??;
        let Message::Text(text) = heard else { continue };
        let answers = [r#"{"done""#, r#"{"refused""#];
        if answers.iter().any(|begins| text.starts_with(begins)) && key(&text) == Some(of) {
            return Ok(text);
        }
    }
}
