//! The inbox among very many conversations: its page, a conversation, and a search, each through the
//! socket as an agent asks for it.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use protocol::agent::{AgentCommand, AgentEvent};
use protocol::card::{Cursor, Tab};
use protocol::{ConversationId, Key, Seq};

use super::cpu::Core;
use super::door;
use super::figures::{Figures, Goal, median};
use super::ground::Ground;
use super::seed;
use super::start;
use super::vocabulary;
use super::watchers::Times;
use crate::chance::{Chance, now};
use crate::client::wire::Wire;
use crate::database::Database;
use crate::gates::Run;

/// Requests of each kind.
const ASKED: usize = 500;
/// Between two of them: an agent is not a loop.
const PAUSE: Duration = Duration::from_millis(2);
/// Who comes later than this after somebody else is read for alone.
const ALONE: Duration = Duration::from_millis(150);
/// Searches, and the time between two of one agent: more are refused.
const SEARCHES: (usize, usize) = (24, 200);
const SEARCH_PAUSE: Duration = Duration::from_millis(250);

pub(super) async fn run(run: &mut Run, figures: &mut Figures) -> Result<()> {
    let conversations = run.size(30_000, 1_000_000);
    run.core = Core::Any;
    let mut ground = Ground::open(run, 1, 1).await?;
    let Database::File(path) = ground.site.server.database.clone() else {
        eprintln!("  left out: the seeder writes SQLite");
        return ground.site.server.remove().await;
    };
    ground.site.server.stop().await?;
    let began = Instant::now();
    let phrases = seed::fill(&path, ground.site.chatbot, conversations, &mut run.chance).await?;
    let of = format!("{conversations} conversations");
    figures.note(&of, "s to make them", began.elapsed().as_secs_f64());
    let size = std::fs::metadata(&path)?.len() as f64 / f64::from(1 << 20);
    figures.note(&of, "MiB of database", size);
    ground.site.server.start().await?;
    let (connected, _) = start::starts_of(&mut ground, run.size(3, 5)).await?;
    figures.hold(
        &of,
        "ms to the first connection",
        median(connected),
        Goal::AtMost(100.0),
    );

    let (mut wire, _) = door::agent(&ground.site, ground.signed_in.clone(), &[])
        .await
        .with_context(|| ground.site.server.log())?;
    let cards = pages(&mut wire, &of, figures).await?;
    open(&mut wire, &of, figures, &cards).await?;
    let searches = searches(&phrases, run);
    search(&mut wire, &of, figures, searches, &mut run.chance).await?;
    let tabs = run.size(20, ASKED / 5);
    greet(&ground, tabs, &of, figures).await?;
    ground.site.server.remove().await
}

/// Pages of every tab, one after the other; the conversations on them.
async fn pages(wire: &mut Wire, of: &str, figures: &mut Figures) -> Result<Vec<ConversationId>> {
    let mut conversations = Vec::new();
    let times = Times::default();
    for tab in [Tab::Pending, Tab::Active, Tab::Assistant, Tab::Resolved] {
        let mut after: Option<Cursor> = None;
        for _ in 0..ASKED / 4 {
            let list = AgentCommand::ListCards { tab, after };
            let answer = ask(wire, &list, r#"{"cards""#, &times).await?;
            let AgentEvent::Cards { cards, .. } = serde_json::from_str(&answer)? else {
                bail!("no cards")
            };
            conversations.extend(cards.iter().map(|card| card.conversation));
            after = cards.last().map(|card| Cursor {
                at: card.state.sorts_by(card.last.at),
                conversation: card.conversation,
            });
        }
    }
    let of = format!("{of}: a page of the inbox");
    tell(figures, &of, &times, Goal::AtMost(5.0));
    Ok(conversations)
}

async fn open(
    wire: &mut Wire,
    of: &str,
    figures: &mut Figures,
    conversations: &[ConversationId],
) -> Result<()> {
    let times = Times::default();
    let step = (conversations.len() / ASKED).max(1);
    for conversation in conversations.iter().copied().step_by(step).take(ASKED) {
        let open = AgentCommand::OpenThread {
            conversation,
            after: Seq(0),
        };
        ask(wire, &open, r#"{"thread""#, &times).await?;
        door::send(wire, &AgentCommand::CloseThread { conversation }).await?;
    }
    let of = format!("{of}: opening one");
    tell(figures, &of, &times, Goal::AtMost(5.0));
    Ok(())
}

/// What is looked for: words of what somebody said.
fn searches(phrases: &[Vec<String>], run: &mut Run) -> Vec<String> {
    let (count, chance) = (run.size(SEARCHES.0, SEARCHES.1), &mut run.chance);
    let mut searches = Vec::new();
    for _ in 0..count {
        let phrase = chance.one_of(phrases).map_or(&[][..], Vec::as_slice);
        searches.push(vocabulary::search(phrase, chance));
    }
    searches
}

async fn search(
    wire: &mut Wire,
    of: &str,
    figures: &mut Figures,
    searches: Vec<String>,
    chance: &mut Chance,
) -> Result<()> {
    let times = Times::default();
    for query in searches {
        let search = AgentCommand::Search {
            key: Key::new(now(), &chance.bytes()),
            query,
            after: None,
        };
        ask(wire, &search, r#"{"found""#, &times).await?;
        tokio::time::sleep(SEARCH_PAUSE).await;
    }
    let of = format!("{of}: a search");
    tell(figures, &of, &times, Goal::AtMost(50.0));
    Ok(())
}

/// A tab comes: from the handshake to its welcome with a full page.
async fn greet(ground: &Ground, tabs: usize, of: &str, figures: &mut Figures) -> Result<()> {
    let times = Times::default();
    for _ in 0..tabs {
        let began = Instant::now();
        let (wire, _) = door::agent(&ground.site, ground.signed_in.clone(), &[]).await?;
        times.note(u64::try_from(began.elapsed().as_micros())?);
        drop(wire);
        tokio::time::sleep(ALONE).await;
    }
    let of = format!("{of}: a tab is greeted");
    figures.note(&of, "ms, half within", times.within(0.5));
    figures.note(&of, "ms, 99 of 100 within", times.within(0.99));
    Ok(())
}

fn tell(figures: &mut Figures, of: &str, times: &Times, goal: Goal) {
    figures.note(of, "ms, half within", times.within(0.5));
    figures.hold(of, "ms, 99 of 100 within", times.within(0.99), goal);
}

async fn ask(
    wire: &mut Wire,
    command: &AgentCommand,
    begins: &str,
    times: &Times,
) -> Result<String> {
    let began = Instant::now();
    door::send(wire, command).await?;
    let answer = door::answer(wire, begins).await.context("an answer")?;
    times.note(u64::try_from(began.elapsed().as_micros())?);
    tokio::time::sleep(PAUSE).await;
    Ok(answer)
}
