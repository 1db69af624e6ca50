//! A crowd on a bad network: everybody follows one conversation and is cut again and again, is away for
//! some seconds, and gets what they missed; in the middle the server is killed.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use futures::{SinkExt as _, StreamExt as _};
use protocol::agent::AgentEvent;
use protocol::entry::{Body, Entry};
use protocol::text::Node;
use protocol::{ChatbotId, ConversationId, Seq};
use tokio_tungstenite::tungstenite::Message;

use super::cpu::Core;
use super::door::{self, Room};
use super::figures::{Figures, Goal};
use super::ground::Ground;
use super::speaker;
use super::stamp::{self, Epoch};
use super::watchers::Times;
use crate::chance::Chance;
use crate::client::crowd::until;
use crate::client::wire::Wire;
use crate::gates::Run;
use crate::server::Address;

/// Between two messages.
const PAUSE: Duration = Duration::from_millis(500);

/// How many are cut how often, while how much is said.
#[derive(Clone, Copy)]
struct Plan {
    clients: u32,
    messages: u64,
    /// Cut after this long, on average; a third of it more or less.
    stays: Duration,
    away: Duration,
}

const SHORT: Plan = Plan {
    clients: 1_000,
    messages: 16,
    stays: Duration::from_secs(3),
    away: Duration::from_secs(1),
};
const LONG: Plan = Plan {
    clients: 10_000,
    messages: 120,
    stays: Duration::from_secs(15),
    away: Duration::from_secs(2),
};

/// After a try that failed, at most.
const AGAIN: Duration = Duration::from_secs(1);
/// After the last message, whoever was cut comes back once more.
const PATIENCE: Duration = Duration::from_secs(60);

/// What all of them share.
struct Crowd {
    plan: Plan,
    address: Address,
    conversation: ConversationId,
    signed_in: (String, String),
    /// Nobody is cut any more.
    calm: AtomicBool,
    complete: AtomicU64,
    twice: AtomicU64,
    cuts: AtomicU64,
    refused: AtomicU64,
    /// From being connected again to having all that was missed.
    replays: Times,
    /// The same from the first try, a crowd's handshakes included.
    returns: Times,
}

pub(super) async fn run(run: &mut Run, figures: &mut Figures) -> Result<()> {
    let plan = run.size(SHORT, LONG);
    let clients = plan.clients;
    run.core = Core::Only(0);
    let mut ground = Ground::open(run, 1, 1).await?;
    let room = ground.rooms.pop().context("a room")?;
    let crowd = Arc::new(Crowd {
        plan,
        address: ground.site.server.address,
        conversation: room.conversation,
        signed_in: ground.signed_in.clone(),
        calm: AtomicBool::new(false),
        complete: AtomicU64::new(0),
        twice: AtomicU64::new(0),
        cuts: AtomicU64::new(0),
        refused: AtomicU64::new(0),
        replays: Times::default(),
        returns: Times::default(),
    });
    let mut tasks = Vec::new();
    for client in 0..clients {
        let chance = run.chance.split();
        // They come over the time between two cuts, as those do who were cut at any time.
        let at = plan.stays.mul_f64(f64::from(client) / f64::from(clients));
        tasks.push(tokio::spawn(follow(crowd.clone(), at, chance)));
    }
    tokio::time::sleep(plan.stays).await;
    let (address, chatbot) = (ground.site.server.address, ground.site.chatbot);
    let half = Arc::new(AtomicBool::new(false));
    let said = (plan.messages, half.clone());
    let talking = talk(address, chatbot, room, said, run.chance.split());
    let talking = tokio::spawn(talking);
    until(PATIENCE, || half.load(Ordering::Relaxed)).await;
    ground.site.server.kill().await?;
    ground.site.server.start().await?;
    talking.await??;
    crowd.calm.store(true, Ordering::Relaxed);
    let all = || crowd.complete.load(Ordering::Relaxed) == u64::from(clients);
    until(PATIENCE, all).await;
    tasks.iter().for_each(tokio::task::JoinHandle::abort);

    let every = plan.stays.as_secs();
    let of = format!("{clients} are cut every {every} s, and the server is killed once");
    let complete = crowd.complete.load(Ordering::Relaxed) as f64 / f64::from(clients);
    figures.hold(
        &of,
        "share who have everything",
        complete,
        Goal::AtLeast(1.0),
    );
    // What is kept while somebody is read for is told again behind it, by the same number.
    let twice = crowd.twice.load(Ordering::Relaxed) as f64;
    figures.note(&of, "told twice", twice);
    let replay = crowd.replays.within(0.99);
    figures.hold(
        &of,
        "ms to all that was missed, 99 of 100",
        replay,
        Goal::AtMost(500.0),
    );
    figures.note(
        &of,
        "ms to all that was missed, half",
        crowd.replays.within(0.5),
    );
    let from_the_first_try = crowd.returns.within(0.5);
    figures.note(&of, "ms from the first try, half", from_the_first_try);
    let from_the_first_try = crowd.returns.within(0.99);
    figures.note(&of, "ms from the first try, 99 of 100", from_the_first_try);
    figures.note(&of, "cuts", crowd.cuts.load(Ordering::Relaxed) as f64);
    let refused = crowd.refused.load(Ordering::Relaxed) as f64;
    figures.note(&of, "tries that failed", refused);
    ground.site.server.remove().await
}

/// Says all messages, each until it is kept, whatever happens to the server meanwhile.
async fn talk(
    address: Address,
    chatbot: ChatbotId,
    room: Room,
    (messages, half): (u64, Arc<AtomicBool>),
    mut chance: Chance,
) -> Result<()> {
    let (epoch, began) = (Epoch::now(), Instant::now());
    let mut wire: Option<Wire> = None;
    for number in 0..messages {
        // The same frame, and with it the same key, however often it is sent.
        let frame = speaker::frame(stamp::text(epoch.micros(), number), &mut chance)?;
        while let Err(_lost) = kept(&mut wire, (address, chatbot), &room, &frame).await {
            wire = None;
            tokio::time::sleep(chance.within(AGAIN / 4)).await;
        }
        if number == messages / 2 {
            half.store(true, Ordering::Relaxed);
        }
        let next = PAUSE * u32::try_from(number + 1)?;
        tokio::time::sleep(next.saturating_sub(began.elapsed())).await;
    }
    Ok(())
}

async fn kept(
    wire: &mut Option<Wire>,
    (address, chatbot): (Address, ChatbotId),
    room: &Room,
    frame: &Message,
) -> Result<()> {
    let wire = match wire {
        Some(wire) => wire,
        none => none.insert(door::back(address, chatbot, room).await?.0),
    };
    wire.send(frame.clone()).await?;
    door::answer(wire, r#"{"done""#).await?;
    Ok(())
}

/// One of the crowd, until they have everything.
async fn follow(crowd: Arc<Crowd>, at: Duration, mut chance: Chance) {
    tokio::time::sleep(at).await;
    let (mut held, mut last) = (BTreeSet::new(), Seq(0));
    while (held.len() as u64) < crowd.plan.messages {
        let stays = crowd
            .plan
            .stays
            .mul_f64(2.0 / 3.0 + chance.part() * 2.0 / 3.0);
        match stay(&crowd, stays, &mut held, &mut last).await {
            Ok(()) => {
                crowd.cuts.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(crowd.plan.away).await;
            }
            Err(_) => {
                crowd.refused.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(chance.within(AGAIN)).await;
            }
        }
    }
    crowd.complete.fetch_add(1, Ordering::Relaxed);
}

/// Is connected for this long, or until everything is there.
async fn stay(
    crowd: &Crowd,
    long: Duration,
    held: &mut BTreeSet<u64>,
    last: &mut Seq,
) -> Result<()> {
    let follows = [(crowd.conversation, *last)];
    let (comes_back, began) = (*last > Seq(0), Instant::now());
    let mut wire = door::knock(crowd.address, crowd.signed_in.clone()).await?;
    let connected = Instant::now();
    door::enter(&mut wire, &follows).await?;
    let ends = tokio::time::Instant::now() + long;
    loop {
        let next = match crowd.calm.load(Ordering::Relaxed) {
            true => wire.next().await,
            false => match tokio::time::timeout_at(ends, wire.next()).await {
                Ok(next) => next,
                Err(_) => break,
            },
        };
        let Message::Text(text) = next.context("the connection ended")?? else {
            continue;
        };
        match read(&text)? {
            Told::Thread(entries) => {
                entries
                    .iter()
                    .for_each(|entry| hold(crowd, entry, held, last));
                if comes_back {
                    for (times, since) in [(&crowd.replays, connected), (&crowd.returns, began)] {
                        times.note(u64::try_from(since.elapsed().as_micros())?);
                    }
                }
            }
            Told::Entry(entry) => hold(crowd, &entry, held, last),
            Told::Other => {}
        }
        if held.len() as u64 == crowd.plan.messages {
            break;
        }
    }
    // Cut, not closed: the system tells the server of the rest that is not read.
    drop(wire);
    Ok(())
}

enum Told {
    Thread(Vec<Entry>),
    Entry(Entry),
    Other,
}

fn read(text: &str) -> Result<Told> {
    if !text.starts_with(r#"{"entry_added""#) && !text.starts_with(r#"{"thread""#) {
        return Ok(Told::Other);
    }
    Ok(match serde_json::from_str(text)? {
        AgentEvent::Thread(thread) => Told::Thread(thread.entries),
        AgentEvent::EntryAdded { entry, .. } => Told::Entry(entry),
        _ => Told::Other,
    })
}

fn hold(crowd: &Crowd, entry: &Entry, held: &mut BTreeSet<u64>, last: &mut Seq) {
    *last = (*last).max(entry.seq);
    let Body::Message(message) = &entry.body else {
        return;
    };
    let number = message.text.0.iter().find_map(|node| match node {
        Node::Text(text) => stamp::read(text),
        _ => None,
    });
    if let Some((_, number)) = number
        && !held.insert(number)
    {
        crowd.twice.fetch_add(1, Ordering::Relaxed);
    }
}
