//! 64 agents race for 500 handoffs through every way to a claim at once, routing among them.

use std::collections::HashMap;

use domain::agent::Assigned;
use domain::settings::defaults;
use domain::{Body, Command, Controller};
use protocol::entry::{Destination, Event};
use protocol::settings::{QueueSettings, RoutingMode, RoutingSettings, SettingsLayer, WhenNobody};
use protocol::{AgentId, HandoffId};
use server::store::Saved;

use crate::desk::{Desk, Guest, fresh, fresh_id, write};

const AGENTS: usize = 64;
const HANDOFFS: usize = 500;
/// 64 × 8 places for 500 handoffs: nearly everybody is full in the end.
const LIMIT: u32 = 8;
/// Agents who try the same handoff.
const RIVALS: usize = 16;

/// One way to a claim; which one depends on the turn.
fn way(turn: usize, guest: &Guest, agent: AgentId, handoff: HandoffId) -> Command {
    match turn % 5 {
        0 => guest.is_claimed_by(agent, handoff),
        1 => guest.is_told_by(agent, "I am here"),
        2 => Command::StepIn {
            conversation: guest.id(),
            agent,
            write: write(),
            fresh: fresh(HandoffId(fresh_id())),
        },
        3 => Command::Route {
            conversation: guest.id(),
            fresh: fresh(HandoffId(fresh_id())),
        },
        _ => Command::Transfer {
            conversation: guest.id(),
            agent,
            write: write(),
            handoff,
            to: Destination::Agent(agent),
            note: String::new(),
            fresh: fresh(HandoffId(fresh_id())),
        },
    }
}

/// Everything is assigned by routing, and waits when it cannot be.
async fn assigns(desk: &Desk) {
    let layer = SettingsLayer {
        routing: Some(RoutingSettings {
            mode: RoutingMode::Auto,
            ..defaults().routing
        }),
        queue: Some(QueueSettings {
            nobody: WhenNobody::Wait,
            ..defaults().queue
        }),
        ..SettingsLayer::default()
    };
    let saved = Saved {
        workspace: desk.workspace,
        chatbot: Some(desk.chatbot),
        layer,
        version: 0,
    };
    desk.store.save_settings(saved).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn each_handoff_has_one_winner_and_nobody_ever_holds_more_than_the_limit() {
    let desk = Desk::start().await;
    assigns(&desk).await;
    let mut agents = Vec::new();
    for number in 0..AGENTS {
        let name = format!("Agent {number}");
        agents.push(desk.agent_who(&name, LIMIT, Assigned::All).await);
    }
    let mut waiting = Vec::new();
    for _ in 0..HANDOFFS {
        waiting.push(desk.waiting_guest().await);
    }
    desk.store
        .set_presence(agents.clone(), Vec::new())
        .await
        .unwrap();
    desk.told();

    let mut commands = Vec::new();
    for (which, (guest, handoff)) in waiting.iter().enumerate() {
        for rival in 0..RIVALS {
            let turn = which + rival;
            let agent = agents[(which * 7 + rival * 5) % AGENTS];
            commands.push(way(turn, guest, agent, *handoff));
        }
    }
    desk.all_at_once(commands).await;

    // The history, in the order of the commits: who took what, and how much each held then.
    let mut winners: HashMap<_, Vec<AgentId>> = HashMap::new();
    let mut held: HashMap<AgentId, u32> = HashMap::new();
    for change in desk.told() {
        for entry in &change.entries {
            let Body::Event(Event::HandoffClaimed { agent, .. }) = entry.body else {
                continue;
            };
            let now = held.entry(agent).or_default();
            *now += 1;
            assert!(*now <= LIMIT, "{agent} held {now}");
            winners
                .entry(change.conversation.id)
                .or_default()
                .push(agent);
        }
    }
    for (guest, _) in &waiting {
        let winners = winners.get(&guest.id()).map_or(&[][..], Vec::as_slice);
        let [winner] = winners else {
            panic!("{} was won by {winners:?}", guest.id());
        };
        let found = desk.store.conversation(desk.workspace, guest.id()).await;
        let found = found.unwrap().unwrap();
        assert_eq!(Controller::Human(*winner), found.controller());
    }
    let open = "SELECT count(*) FROM claims WHERE ended_at IS NULL";
    assert_eq!(HANDOFFS as i64, desk.count(open).await);
    assert_eq!(
        HANDOFFS as i64,
        desk.count("SELECT CAST(sum(load) AS bigint) FROM agents")
            .await
    );
}
