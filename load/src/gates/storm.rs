//! `storm`: every socket is cut at once; all come back, each in its own time, and resume.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use tokio::sync::watch;

use super::Run;
use crate::check::{self, Rows, Side};
use crate::client::Orders;
use crate::client::agent::{self, Agent};
use crate::client::crowd::{Crowd, until};
use crate::client::play::Moment;
use crate::client::visitor::{Plan, Visitor};
use crate::report::Report;
use crate::site::{Site, Team};

/// All have to be back by then, in the short and in the long form: ten times as many come to the same
/// two cores.
const ALL_BACK: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(180));
/// The waits of eight in ten clients have to be spread over this time at least, of the second in which
/// all try to come back. It is the waits that are judged: when a busy machine gets round to a try
/// says nothing about the rule.
const SPREAD: u64 = 500;
/// Tries within this time, at most, are a figure.
const MOMENT: Duration = Duration::from_millis(100);
/// What the database may be asked for one client that leaves and comes back.
const STATEMENTS: f64 = 2.0;
/// Agents, with so many tabs each, who follow some conversations in each: the whole inbox is told anew.
const AGENTS: usize = 16;
const TABS: usize = 4;
const FOLLOWED: usize = 5;
/// What the database may be asked for one tab that comes back alone: whether its sign-in holds, for
/// its cards, its threads, what was given there and their visitors' visits, for its agent's drafts and
/// mentions, and that it was used until then; and, as may happen meanwhile, what the scheduler asks
/// twice a minute, and the outbox every five seconds.
const STATEMENTS_ALONE: u64 = 8 + 7 + 2;
/// For what is no storm: all have to begin, and the assistant has to answer each of them.
const PATIENCE: (Duration, Duration) = (Duration::from_secs(180), Duration::from_secs(1_200));

/// How long things may take.
#[derive(Clone, Copy)]
struct Waits {
    back: Duration,
    rest: Duration,
}

pub(super) async fn run(run: &mut Run, report: &mut Report) -> Result<()> {
    let sockets = run.size(1_000, 10_000);
    let waits = Waits {
        back: run.size(ALL_BACK.0, ALL_BACK.1),
        rest: run.size(PATIENCE.0, PATIENCE.1),
    };
    let team = Team {
        agents: AGENTS,
        chat_limit: 3,
    };
    let site = Site::open(run, team).await?;
    let in_step = run.sabotage.as_deref() == Some("no-jitter");
    let (orders, _) = watch::channel(Orders {
        turns: 1,
        in_step,
        ..Orders::default()
    });
    let mut crowd = Crowd::new();
    for together in 0..sockets / 50 {
        for _ in 0..50 {
            let plan = Plan {
                asks: false,
                pause: Duration::from_secs(2),
                messages: u64::MAX,
                ahead: 8,
            };
            let visitor = Visitor::new(site.chatbot, plan, run.chance.split());
            crowd.join(visitor, site.server.address, &orders, &mut run.chance);
        }
        // They come one after the other, as people do.
        until(Duration::from_secs(5), || crowd.live() >= together * 50).await;
    }
    ensure!(crowd.all_live(waits.rest).await, "not all could connect");
    eprintln!("  storm: {sockets} connected");
    let spoke = at_rest(&crowd, sockets as u64, waits).await;
    ensure!(spoke, "not all could speak");
    eprintln!("  storm: all have spoken");

    settle(&site, waits).await?;
    eprintln!("  storm: cut while nobody talks");
    let asked = site.server.statements();
    let held = crowd.retold();
    cut(report, &crowd, &orders, ("quiet", waits)).await;
    settle(&site, waits).await?;
    let each = (site.server.statements() - asked) as f64 / sockets as f64;
    report.figure("statements_each", hundredths(each));
    let case = format!("{each:.2} for each that came back");
    report.expect(each <= STATEMENTS, "too_many_statements", case);
    let again = crowd.retold() - held;
    report.expect(
        again == 0,
        "told_again",
        format!("{again} entries were held already"),
    );

    eprintln!("  storm: cut while everybody talks");
    // Everybody says something, and is cut before the answers came.
    orders.send_modify(|orders| orders.turns = 2);
    tokio::time::sleep(Duration::from_secs(1)).await;
    cut(report, &crowd, &orders, ("talking", waits)).await;
    let rest = crowd.settled(waits.rest).await && at_rest(&crowd, 2 * sockets as u64, waits).await;
    report.expect(
        rest,
        "never_at_rest",
        format!("{} not answered", crowd.unanswered()),
    );
    eprintln!("  storm: agents");
    agents(report, &site, run, waits).await?;
    judge(report, crowd, &orders, &site).await?;
    report.figure("sockets", sockets);
    site.server.remove().await
}

/// Agents leave and come back as well: all at once, and then one of them alone.
async fn agents(report: &mut Report, site: &Site, run: &mut Run, waits: Waits) -> Result<()> {
    let (orders, _) = watch::channel(Orders::default());
    let (alone, _) = watch::channel(Orders::default());
    let (mut agents, mut one) = (Crowd::new(), Crowd::new());
    let rows = Rows::new(site.server.database.entries().await?);
    let follows: Vec<_> = rows.conversations().take(FOLLOWED).collect();
    let plan = agent::Plan {
        pause: Duration::from_secs(2),
        ahead: 1,
        notes: 0,
    };
    for number in 0..AGENTS {
        let signed_in = site.sign_in(number).await?;
        for _ in 0..TABS {
            let (signed_in, chance) = (signed_in.clone(), run.chance.split());
            let tab = Agent::new(signed_in, follows.clone(), plan, chance);
            agents.join(tab, site.server.address, &orders, &mut run.chance);
        }
        if number == 0 {
            let tab = Agent::new(signed_in, follows.clone(), plan, run.chance.split());
            one.join(tab, site.server.address, &alone, &mut run.chance);
        }
    }
    ensure!(
        agents.all_live(waits.rest).await,
        "not all agents connected"
    );
    ensure!(one.all_live(waits.rest).await, "not all agents connected");
    settle(site, waits).await?;

    let asked = site.server.statements();
    come_back(report, &agents, &orders, waits).await;
    settle(site, waits).await?;
    let tabs = agents.pulses.len();
    let each = (site.server.statements() - asked) as f64 / tabs as f64;
    report.figure("agents_tabs", tabs);
    report.figure("statements_each_agent", hundredths(each));
    let case = format!("{each:.2} for each agent");
    report.expect(each <= STATEMENTS, "too_many_statements", case);

    let asked = site.server.statements();
    come_back(report, &one, &alone, waits).await;
    settle(site, waits).await?;
    let asked = site.server.statements() - asked;
    report.figure("statements_agent_alone", asked);
    let case = format!("{asked} for an agent alone");
    report.expect(asked <= STATEMENTS_ALONE, "too_many_statements", case);
    for orders in [orders, alone] {
        orders.send_modify(|orders| orders.end = true);
    }
    agents.end().await?;
    one.end().await?;
    Ok(())
}

/// Cuts agents and waits until they are back.
async fn come_back(
    report: &mut Report,
    agents: &Crowd<Agent>,
    orders: &watch::Sender<Orders>,
    waits: Waits,
) {
    let all = agents.welcomes() + agents.pulses.len() as u64;
    orders.send_modify(|orders| orders.cuts += 1);
    let back = until(waits.back, || agents.welcomes() >= all).await;
    report.expect(back, "not_back", "an agent");
}

/// Cuts every socket and waits until all are back.
async fn cut(
    report: &mut Report,
    crowd: &Crowd<Visitor>,
    orders: &watch::Sender<Orders>,
    (what, waits): (&'static str, Waits),
) {
    let (welcomes, began) = (crowd.welcomes(), Instant::now());
    orders.send_modify(|orders| orders.cuts += 1);
    let sockets = crowd.pulses.len();
    let back = || crowd.welcomes() >= welcomes + sockets as u64;
    let all = until(waits.back, back).await;
    let missing = sockets as u64 - (crowd.welcomes() - welcomes).min(sockets as u64);
    report.expect(
        all,
        "not_back",
        format!("{missing} after {:?}, {what}", waits.back),
    );

    let mut times = Vec::new();
    let mut tries = Vec::new();
    for pulse in &crowd.pulses {
        for (moment, at) in pulse.moments() {
            let Some(after) = at.checked_duration_since(began) else {
                continue;
            };
            match moment {
                Moment::Tries => tries.push(after),
                Moment::Welcomed => {
                    times.push(u64::try_from(after.as_millis()).unwrap_or(u64::MAX))
                }
            }
        }
    }
    let waits = crowd.pulses.iter();
    let mut waits: Vec<u64> = waits
        .map(|pulse| pulse.waits.load(Ordering::SeqCst))
        .collect();
    waits.sort_unstable();
    let at = |percent: usize| waits.get(waits.len() * percent / 100).copied().unwrap_or(0);
    let spread = at(90) - at(10);
    let case = format!("eight in ten meant to come back within {spread} ms, {what}");
    report.expect(spread >= SPREAD, "came_together", case);
    let (peaks, backs, spreads) = match what {
        "quiet" => ("peak_quiet", "back_quiet_ms", "spread_quiet_ms"),
        _ => ("peak_talking", "back_talking_ms", "spread_talking_ms"),
    };
    report.figure(peaks, peak(tries));
    report.figure(spreads, spread);
    report.times(backs, times);
}

fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The most tries within one moment.
fn peak(mut tries: Vec<Duration>) -> usize {
    tries.sort_unstable();
    let ends = tries.iter().enumerate().map(|(first, begin)| {
        let end = tries.partition_point(|other| *other < *begin + MOMENT);
        end - first
    });
    ends.max().unwrap_or(0)
}

/// Waits until everybody holds what was said and nothing more comes.
async fn at_rest(crowd: &Crowd<Visitor>, least: u64, waits: Waits) -> bool {
    let began = Instant::now();
    while began.elapsed() < waits.rest {
        let held = crowd.held();
        tokio::time::sleep(Duration::from_secs(2)).await;
        if held >= least && held == crowd.held() && crowd.unanswered() == 0 {
            return true;
        }
    }
    false
}

/// Lets the assistant finish, and the server finish counting.
async fn settle(site: &Site, waits: Waits) -> Result<()> {
    let (database, began) = (&site.server.database, Instant::now());
    while began.elapsed() < waits.rest {
        let (counted, told) = (site.server.statements(), site.server.counts());
        let answers = database.count("runs", "state = 'open'").await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        // A server that is busy all the time does not say how much it asked.
        let rests = counted == site.server.statements() && site.server.counts() > told + 1;
        if answers == 0 && rests {
            return Ok(());
        }
    }
    Ok(())
}

async fn judge(
    report: &mut Report,
    crowd: Crowd<Visitor>,
    orders: &watch::Sender<Orders>,
    site: &Site,
) -> Result<()> {
    report.figure("connections", crowd.welcomes());
    report.expect(site.server.panics() == 0, "panicked", site.server.log());
    let rows = Rows::new(site.server.database.entries().await?);
    orders.send_modify(|orders| orders.end = true);
    check::rows(report, &rows);
    let mut said = 0;
    for visitor in crowd.end().await? {
        said += visitor.history.said.len();
        check::client(report, &visitor.history, Side::Visitor, &rows);
    }
    report.figure("said", said);
    report.figure("entries", rows.len());
    Ok(())
}
