//! `claim`: 64 agents want the same handoffs, and lose their connections while they do.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use tokio::sync::watch;

use super::Run;
use crate::check::Rows;
use crate::client::Orders;
use crate::client::claimer::Claimer;
use crate::client::crowd::Crowd;
use crate::client::visitor::{Plan, Visitor};
use crate::linear;
use crate::report::Report;
use crate::site::{Site, Team};

const CLAIMERS: usize = 64;
/// Chats that one of them may hold.
const LIMIT: u32 = 2;
/// Of a thousand turns of a claimer, those after which its connection breaks.
const BREAKS: u64 = 3;
/// Visitors who ask at once.
const TOGETHER: usize = 50;
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) async fn run(run: &mut Run, report: &mut Report) -> Result<()> {
    let handoffs = run.size(1_000, 5_000);
    let team = Team {
        agents: CLAIMERS,
        chat_limit: LIMIT,
    };
    let site = Site::open(run, team).await?;
    for _ in 0..handoffs / TOGETHER {
        ask(&site, run).await?;
    }
    eprintln!("  claim: {handoffs} wait");

    let (orders, _) = watch::channel(Orders::default());
    let mut claimers = Crowd::new();
    for number in 0..CLAIMERS {
        let signed_in = site.sign_in(number).await?;
        let claimer = Claimer::new(signed_in, BREAKS, run.chance.split());
        claimers.join(claimer, site.server.address, &orders, &mut run.chance);
    }
    ensure!(
        claimers.all_live(PATIENCE).await,
        "not every agent could connect"
    );
    let began = Instant::now();
    orders.send_modify(|orders| orders.turns = u64::MAX);
    let longest = PATIENCE + Duration::from_secs(1) * u32::try_from(handoffs)?;
    while open(&site).await? > 0 && began.elapsed() < longest {
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let left = open(&site).await?;
    report.expect(
        left == 0,
        "never_at_rest",
        format!("{left} handoffs are still open"),
    );
    report.figure("seconds_claiming", began.elapsed().as_secs());
    orders.send_modify(|orders| orders.turns = 0);
    let settled = claimers.settled(PATIENCE).await;
    let case = format!("{} not answered", claimers.unanswered());
    report.expect(settled, "never_at_rest", case);
    report.figure("connections", claimers.welcomes());
    report.expect(site.server.panics() == 0, "panicked", site.server.log());
    orders.send_modify(|orders| orders.end = true);

    let rows = Rows::new(site.server.database.entries().await?);
    let claims = site.server.database.claims().await?;
    let claimers = claimers.end().await?;
    linear::check(report, &claimers, &rows);
    linear::limits(report, &claimers, &claims, LIMIT as usize);
    report.figure("handoffs", handoffs);
    report.figure("claims", claims.len());
    site.server.remove().await
}

/// Some visitors ask for a person and leave.
async fn ask(site: &Site, run: &mut Run) -> Result<()> {
    let (orders, _) = watch::channel(Orders {
        turns: u64::MAX,
        ..Orders::default()
    });
    let mut visitors = Crowd::new();
    for _ in 0..TOGETHER {
        let plan = Plan {
            asks: true,
            pause: Duration::from_millis(20),
            messages: 0,
            ahead: 1,
        };
        let visitor = Visitor::new(site.chatbot, plan, run.chance.split());
        visitors.join(visitor, site.server.address, &orders, &mut run.chance);
    }
    let held = TOGETHER as u64;
    let asked = crate::client::crowd::until(PATIENCE, || visitors.held() >= held).await;
    ensure!(asked, "not every visitor could ask");
    orders.send_modify(|orders| orders.end = true);
    visitors.end().await?;
    Ok(())
}

/// How many handoffs are still pending or active.
async fn open(site: &Site) -> Result<u64> {
    let database = &site.server.database;
    database
        .count("handoffs", "state IN ('pending', 'active')")
        .await
}
