//! The team's page at the moment: who is there, since when they are not, and how many chats each holds.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use protocol::AgentId;
use protocol::agent::AgentCommand;
use protocol::person::Availability;
use protocol::team::{MemberNow, MemberPresence, TeamView};
use serde_json::json;

use crate::actors::{AgentActor, TestDesk};

async fn team(desk: &TestDesk) -> TeamView {
    let answer = desk.asks_pages("load_team", &json!({})).await;
    serde_json::from_str(&answer.text).unwrap_or_else(|error| panic!("{error}: {}", answer.text))
}

async fn now_of(desk: &TestDesk, agent: AgentId) -> MemberNow {
    let now = team(desk).await.now;
    let found = now.into_iter().find(|one| one.agent == agent);
    found.unwrap_or_else(|| panic!("{agent} is not told of"))
}

/// Looks until somebody is seen as told.
async fn becomes(desk: &TestDesk, agent: AgentId, what: &str, is: fn(MemberPresence) -> bool) {
    for _ in 0..100 {
        if is(now_of(desk, agent).await.presence) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("never {what}: {:?}", now_of(desk, agent).await);
}

#[expect(
    clippy::disallowed_methods,
    reason = "the server's clock begins with that of the machine"
)]
fn by_the_machine() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(now.as_millis()).unwrap()
}

/// What `save_member` takes: a member as they are, with these hours.
async fn works(desk: &TestDesk, agent: AgentId, hours: serde_json::Value) {
    let members = team(desk).await.members;
    let of = members.into_iter().find(|one| one.id == agent).unwrap();
    let form = json!({
        "agent": of.id, "version": of.version, "name": of.name, "role": of.role,
        "assigned": of.assigned, "chat_limit": of.chat_limit, "priority": of.priority,
        "handoff_mail": of.handoff_mail, "hours": hours,
    });
    let saved = desk
        .asks_pages("save_member", &json!({ "form": form }))
        .await;
    assert_eq!(200, saved.status, "{}", saved.text);
}

#[tokio::test]
async fn who_comes_chooses_and_leaves_is_seen_so() {
    let desk = TestDesk::start().await;
    let cookie = desk.signs_in("Ana").await;
    let members = team(&desk).await.members;
    let ana = members.iter().find(|one| one.name == "Ana").unwrap().id;
    let never = MemberPresence::Offline { since: None };
    assert_eq!(
        never,
        now_of(&desk, ana).await.presence,
        "nobody knows a time"
    );

    let mut came = AgentActor::connects(&desk.url, "Ana", cookie).await;
    assert_eq!(MemberPresence::Online, now_of(&desk, ana).await.presence);
    let (away, before) = (Availability::Away, by_the_machine());
    came.client
        .send(&AgentCommand::SetAvailability { availability: away })
        .await;
    becomes(&desk, ana, "away", |is| {
        matches!(is, MemberPresence::Away { since: Some(_) })
    })
    .await;
    let MemberPresence::Away { since: Some(since) } = now_of(&desk, ana).await.presence else {
        panic!("she came back by herself");
    };
    assert!(since.millis() >= before, "{since:?} is before {before}");
    // Who chooses the same again is so since they first did.
    came.client
        .send(&AgentCommand::SetAvailability { availability: away })
        .await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let again = MemberPresence::Away { since: Some(since) };
    assert_eq!(again, now_of(&desk, ana).await.presence);

    let before = by_the_machine();
    drop(came);
    becomes(&desk, ana, "gone", |is| {
        matches!(is, MemberPresence::Offline { since: Some(_) })
    })
    .await;
    let MemberPresence::Offline { since: Some(since) } = now_of(&desk, ana).await.presence else {
        panic!("she came back by herself");
    };
    assert!(since.millis() >= before, "{since:?} is before {before}");
}

#[tokio::test]
async fn who_chose_to_be_offline_is_so_since_they_chose() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let offline = Availability::Offline;
    ana.client
        .send(&AgentCommand::SetAvailability {
            availability: offline,
        })
        .await;
    becomes(&desk, ana.id, "offline", |is| {
        matches!(is, MemberPresence::Offline { since: Some(_) })
    })
    .await;
    let id = ana.id;
    let chose = now_of(&desk, id).await.presence;
    drop(ana);
    // What is written when somebody left is written some seconds later.
    tokio::time::sleep(Duration::from_secs(6)).await;
    assert_eq!(chose, now_of(&desk, id).await.presence);
}

#[tokio::test]
async fn the_chats_of_each_are_counted_as_routing_counts_them() {
    let desk = TestDesk::start().await;
    let (mut ana, ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut visitor = desk.visitor().await;
        visitor.asks_for_human().await.unwrap();
        let handoff = ana.sees_pending(visitor.conversation).await;
        ana.claims(visitor.conversation, handoff).await.unwrap();
        held.push((visitor, handoff));
    }
    assert_eq!(2, now_of(&desk, ana.id).await.load);
    assert_eq!(0, now_of(&desk, ben.id).await.load);

    let (visitor, handoff) = &held[0];
    ana.releases(visitor.conversation, *handoff).await.unwrap();
    assert_eq!(1, now_of(&desk, ana.id).await.load);
}

#[tokio::test]
async fn outside_of_their_hours_a_member_is_seen_so_and_deactivated_not_at_all() {
    let desk = TestDesk::start().await;
    let (ana, ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    works(
        &desk,
        ana.id,
        json!({ "zone": "Europe/Zurich", "open": [] }),
    )
    .await;
    let now = now_of(&desk, ana.id).await.presence;
    assert_eq!(MemberPresence::OutOfHours, now, "whatever she chose");
    let now = now_of(&desk, ben.id).await.presence;
    assert_eq!(MemberPresence::Online, now, "who has no hours works always");

    let members = team(&desk).await.members;
    let of = members.iter().find(|one| one.id == ben.id).unwrap();
    let body = json!({ "agent": of.id, "version": of.version, "active": false });
    let out = desk.asks_pages("set_active", &body).await;
    assert_eq!(200, out.status, "{}", out.text);
    let now = team(&desk).await.now;
    assert!(now.iter().all(|one| one.agent != ben.id), "{now:?}");
}
