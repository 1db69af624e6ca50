//! The playground: everything as in the real workspace, and nothing of it there.

use std::time::Duration;

use domain::settings::defaults;
use protocol::card::CardState;
use protocol::entry::PublicEvent;
use protocol::label::Labels;
use protocol::person::Role;
use protocol::playground::{Play, PlayNo, PlayStep, PlayView, PlaygroundView};
use protocol::reply::Step;
use protocol::settings::{Day, Interval, RoutingMode};
use protocol::team::TeamView;
use protocol::{ChatbotId, Timestamp};
use serde_json::json;

use crate::actors::{AgentActor, Answer, Encoding, TestDesk, VisitorActor, get, post_json};

async fn asks(desk: &TestDesk, cookie: &str, play: &Play) -> Answer {
    let body = json!({ "play": play, "told": 0 });
    desk.asks_pages_as(cookie, "play", &body).await
}

fn view(answer: &Answer) -> PlaygroundView {
    serde_json::from_str(&answer.text).unwrap_or_else(|error| panic!("{error}: {}", answer.text))
}

async fn plays(desk: &TestDesk, play: Play) -> PlaygroundView {
    let answer = asks(desk, &desk.owner, &play).await;
    assert_eq!(200, answer.status, "{}", answer.text);
    view(&answer)
}

async fn begins(desk: &TestDesk) -> PlayView {
    let view = plays(desk, Play::Begin(desk.chatbot)).await;
    assert_eq!(None, view.no);
    view.open.expect("a playground")
}

async fn looks(desk: &TestDesk) -> Option<PlayView> {
    let body = json!({ "told": 0 });
    view(&desk.asks_pages("load_playground", &body).await).open
}

/// Waits until the log has a line of this step.
async fn logs(desk: &TestDesk, step: PlayStep) -> PlayView {
    for _ in 0..100 {
        let open = looks(desk).await.expect("a playground");
        if open.lines.iter().any(|line| line.step == step) {
            return open;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{step:?} is not in {:?}", looks(desk).await);
}

fn pane(desk: &TestDesk, open: &PlayView, actor: &str) -> String {
    format!("{}/playground/{}/{actor}", desk.url, open.id)
}

async fn agent(desk: &TestDesk, open: &PlayView, at: usize) -> AgentActor {
    let actor = ["first", "second"][at];
    let cookie = desk.owner.clone();
    AgentActor::connects(&pane(desk, open, actor), &open.agents[at], cookie).await
}

async fn visitor(desk: &TestDesk, open: &PlayView) -> VisitorActor {
    let headers = vec![("cookie", desk.owner.clone()), ("origin", desk.url.clone())];
    let url = pane(desk, open, "visitor");
    VisitorActor::arrives_with(&url, desk.chatbot, Encoding::Postcard, headers).await
}

/// Everything that the real workspace tells of itself: conversations, mails, and what people did.
async fn real(desk: &TestDesk) -> String {
    let audit = desk.asks_pages("load_audit", &json!({ "query": "" })).await;
    let mails = desk.asks_pages("load_deliveries", &json!({})).await;
    let team = desk.asks_pages("load_team", &json!({})).await;
    let mut inbox = AgentActor::connects(&desk.url, "Olga", desk.owner.clone()).await;
    let welcome = inbox.comes_back(Vec::new()).await;
    let told = format!("{:?} {:?}", welcome.counts, welcome.cards);
    format!("{} {} {} {told}", audit.text, mails.text, team.text)
}

#[tokio::test]
async fn a_request_reaches_the_playgrounds_agent_and_nothing_reaches_the_workspace() {
    let desk = TestDesk::start().await;
    desk.trains("# Returns\n\nYou can return a tent within thirty days.\n")
        .await;
    let before = real(&desk).await;
    let open = begins(&desk).await;
    let mut alex = agent(&desk, &open, 0).await;
    let mut visitor = visitor(&desk, &open).await;

    let asked = visitor.says("How can I return a tent?").await.unwrap();
    visitor.hears_the_ai(asked).await;
    visitor.asks_for_human().await.unwrap();
    let handoff = alex.sees_pending(visitor.conversation).await;
    alex.claims(visitor.conversation, handoff).await.unwrap();
    alex.says(visitor.conversation, "Hello from Alex")
        .await
        .unwrap();
    visitor.reads("Hello from Alex").await;

    let open = logs(&desk, PlayStep::AgentSaid).await;
    let steps: Vec<_> = open.lines.iter().map(|line| line.step).collect();
    let expected = [
        PlayStep::Began,
        PlayStep::VisitorSaid,
        PlayStep::AssistantSaid,
        PlayStep::Requested,
        PlayStep::Claimed,
        PlayStep::AgentSaid,
    ];
    assert_eq!(expected.to_vec(), steps, "{:?}", open.lines);
    assert_eq!("Alex Agent", open.lines[4].who);
    assert_eq!(before, real(&desk).await);
}

#[tokio::test]
async fn its_agents_work_with_the_workspaces_modules_labels_and_replies() {
    let desk = TestDesk::start().await;
    let does = async |name: &str, body: serde_json::Value| {
        let done = desk.asks_pages(name, &body).await;
        assert_eq!(200, done.status, "{}", done.text);
        done.text
    };
    let edit = json!({ "add": { "kind": "tag", "name": "Refund" } });
    let labels: Labels =
        serde_json::from_str(&does("save_label", json!({ "edit": edit })).await).unwrap();
    let tag = labels.tags[0].id;
    let group = json!({ "edit": { "add": { "name": "Workshop" } } });
    does("save_group", group).await;
    let team: TeamView = serde_json::from_str(&does("load_team", json!({})).await).unwrap();
    let group = team.groups[0].id;
    let (tags, hands_on) = (
        json!({ "add_tag": tag }),
        json!({ "transfer": { "group": group } }),
    );
    for (share, shortcut, text, steps) in [
        (
            json!("workspace"),
            "hi",
            "Hello there",
            json!([tags, hands_on]),
        ),
        (
            json!({ "chatbot": desk.chatbot }),
            "tent",
            "About tents",
            json!([]),
        ),
        (json!("workspace"), "on", "", json!([hands_on])),
        (json!("own"), "mine", "Nobody's business", json!([])),
    ] {
        let form = json!({
            "id": null, "version": 0, "share": share, "shortcut": shortcut, "title": shortcut,
            "text": text, "steps": steps,
        });
        does("save_reply", json!({ "form": form })).await;
    }
    let rule = json!({ "module": "assistant", "on": false, "presets": [], "roles": [] });
    does("save_module", json!({ "rule": rule })).await;

    let open = begins(&desk).await;
    let mut alex = agent(&desk, &open, 0).await;
    let welcome = alex.comes_back(Vec::new()).await;
    let mut team: Vec<_> = welcome.team.iter().map(|one| &*one.face.name).collect();
    team.sort_unstable();
    assert_eq!(vec!["Alex Agent", "Robin Agent"], team);
    assert_eq!(labels, welcome.labels);
    let replies = alex.lists_replies().await;
    let replies: Vec<_> = replies
        .iter()
        .map(|reply| (&*reply.shortcut, &*reply.text, &*reply.steps))
        .collect();
    let expected: [(_, _, &[Step]); 2] = [
        ("hi", "Hello there", &[Step::AddTag(tag)]),
        ("tent", "About tents", &[]),
    ];
    assert_eq!(expected.to_vec(), replies);
    // Without the assistant whoever writes waits for a person.
    let mut visitor = visitor(&desk, &open).await;
    visitor.says("Is anybody there?").await.unwrap();
    alex.sees_pending(visitor.conversation).await;
}

#[tokio::test]
async fn nobody_else_comes_into_a_playground() {
    let desk = TestDesk::start().await;
    let admin = desk.signs_in_as("Ada Admin", Role::Admin).await;
    let agent = desk.signs_in_as("Ben Agent", Role::Agent).await;
    let open = begins(&desk).await;
    let inbox = format!("{}/inbox", pane(&desk, &open, "first"));
    for (cookie, status) in [
        (desk.owner.as_str(), 200),
        (admin.as_str(), 404),
        (agent.as_str(), 403),
        ("", 401),
    ] {
        assert_eq!(status, get(&inbox, &[("cookie", cookie)]).await.status);
    }
    let page = get(&inbox, &[("cookie", &desk.owner)]).await;
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("frame-ancestors 'self'"), "{policy}");
    assert!(page.text.contains("/first/within.js"));
    // Nobody is signed out, or in, by what happens within.
    let url = format!("{}/pages/sign_out", pane(&desk, &open, "first"));
    let headers = [("cookie", desk.owner.as_str()), ("origin", &desk.url)];
    let left = post_json(&url, &headers, &json!({})).await;
    assert_eq!(200, left.status, "{}", left.text);
    assert!(left.headers.get("set-cookie").is_none());
    assert!(looks(&desk).await.is_some());
    for origin in ["https://evil.example", "null"] {
        let headers = [("cookie", desk.owner.as_str()), ("origin", origin)];
        assert_eq!(403, post_json(&url, &headers, &json!({})).await.status);
    }
}

#[tokio::test]
async fn what_ends_leaves_nothing_and_another_takes_its_place() {
    let mut desk = TestDesk::start().await;
    let folder = desk.folder().join("playground");
    let count = || std::fs::read_dir(&folder).map_or(0, Iterator::count);
    let first = begins(&desk).await;
    assert_eq!(1, count());
    let second = begins(&desk).await;
    assert_ne!(first.id, second.id);
    assert_eq!(1, count());
    let gone = format!("{}/inbox", pane(&desk, &first, "first"));
    assert_eq!(404, get(&gone, &[("cookie", &desk.owner)]).await.status);
    let alex = agent(&desk, &second, 0).await;

    assert_eq!(None, plays(&desk, Play::End).await.open);

    alex.client.is_closed().await;
    assert_eq!(0, count());
    assert_eq!(Some(PlayNo::Over), plays(&desk, Play::Race).await.no);

    begins(&desk).await;
    desk.stops().await;
    assert_eq!(0, count());
}

#[tokio::test]
async fn who_signs_out_is_out_of_the_playground_too() {
    let desk = TestDesk::start().await;
    let admin = desk.signs_in_as("Ada Admin", Role::Admin).await;
    let begun = view(&asks(&desk, &admin, &Play::Begin(desk.chatbot)).await);
    let open = begun.open.unwrap();
    let alex = AgentActor::connects(&pane(&desk, &open, "first"), "Alex", admin.clone()).await;

    desk.asks_pages_as(&admin, "sign_out", &json!({})).await;

    alex.client.is_closed().await;
    let inbox = format!("{}/inbox", pane(&desk, &open, "first"));
    assert_eq!(401, get(&inbox, &[("cookie", &admin)]).await.status);
}

#[tokio::test]
async fn there_are_so_many_places_and_no_more() {
    let desk = TestDesk::start().await;
    let mut admins = Vec::new();
    for number in 0..5 {
        let name = format!("Admin {number}");
        admins.push(desk.signs_in_as(&name, Role::Admin).await);
    }
    let begin = Play::Begin(desk.chatbot);
    for admin in &admins[..4] {
        let begun = view(&asks(&desk, admin, &begin).await);
        assert!(begun.open.is_some(), "{begun:?}");
    }
    let full = view(&asks(&desk, &admins[4], &begin).await);
    assert_eq!(Some(PlayNo::Full), full.no);
    asks(&desk, &admins[0], &Play::End).await;
    let begun = view(&asks(&desk, &admins[4], &begin).await);
    assert!(begun.open.is_some());
    let nothing = Play::Begin(ChatbotId::new(Timestamp(1), &[7; 10]));
    assert_eq!(422, asks(&desk, &admins[1], &nothing).await.status);
}

#[tokio::test]
async fn of_two_who_race_one_wins_and_the_other_is_told_who() {
    let desk = TestDesk::start().await;
    let open = begins(&desk).await;
    assert_eq!(Some(PlayNo::NobodyWaits), plays(&desk, Play::Race).await.no);
    let alex = agent(&desk, &open, 0).await;
    let _robin = agent(&desk, &open, 1).await;
    let mut visitor = visitor(&desk, &open).await;
    visitor.says("Hello").await.unwrap();
    visitor.asks_for_human().await.unwrap();
    alex.sees_pending(visitor.conversation).await;

    let raced = plays(&desk, Play::Race).await.open.unwrap();

    let find = |step| raced.lines.iter().find(|line| line.step == step).unwrap();
    let (won, beaten) = (find(PlayStep::Won), find(PlayStep::Beaten));
    assert_ne!(won.who, beaten.who);
    assert_eq!(won.who, find(PlayStep::Claimed).who);
    let told = beaten.refusal.as_ref().unwrap();
    assert!(told.to_string().contains(&won.who), "{told}");
}

#[tokio::test]
async fn who_vanishes_loses_the_chat_and_can_come_back() {
    let desk = TestDesk::start().await;
    let open = begins(&desk).await;
    assert_eq!(
        Some(PlayNo::NobodyHolds),
        plays(&desk, Play::Vanish).await.no
    );
    let mut alex = agent(&desk, &open, 0).await;
    let robin = agent(&desk, &open, 1).await;
    let mut visitor = visitor(&desk, &open).await;
    visitor.says("Hello").await.unwrap();
    visitor.asks_for_human().await.unwrap();
    let handoff = alex.sees_pending(visitor.conversation).await;
    alex.claims(visitor.conversation, handoff).await.unwrap();
    visitor.says("Are you still there?").await.unwrap();
    robin.client.forget();

    let vanished = plays(&desk, Play::Vanish).await.open.unwrap();

    assert_eq!(vec![true, false], vanished.cut);
    alex.client.is_closed().await;
    let open = logs(&desk, PlayStep::Lost).await;
    robin
        .sees_card(visitor.conversation, |card| {
            matches!(card.state, CardState::Pending { .. })
        })
        .await;
    let lost = open.lines.iter().find(|line| line.step == PlayStep::Lost);
    assert_eq!("Alex Agent", lost.unwrap().who);
    let back = plays(&desk, Play::ComeBack).await.open.unwrap();
    assert_eq!(vec![false, false], back.cut);
    alex.comes_back(Vec::new()).await;
}

#[tokio::test]
async fn its_clock_is_turned_until_it_closes_and_a_request_is_missed() {
    let desk = TestDesk::start().await;
    let open = begins(&desk).await;
    assert!(open.open);
    // Always open so far: the copy keeps hours of its own from then on, and the real chatbot none.
    let closed = plays(&desk, Play::TurnToChange).await;
    assert_eq!(None, closed.no);
    let closed = closed.open.unwrap();
    let steps: Vec<_> = closed.lines.iter().map(|line| line.step).collect();
    assert!(
        !closed.open && steps.contains(&PlayStep::Hours),
        "{steps:?}"
    );
    assert_eq!(Some(&PlayStep::Shut), steps.last());
    let opened = plays(&desk, Play::TurnToChange).await.open.unwrap();
    assert!(opened.open, "{opened:?}");
    assert!(!desk.settings().await.effective.hours.enabled);
    // Who never closes has no such moment.
    desk.sets(|all, layer| {
        let mut hours = all.hours.clone();
        hours.enabled = true;
        for interval in &mut hours.times.open {
            (interval.from, interval.to) = (0, 24 * 60);
        }
        let first = hours.times.open[0];
        let weekend = [Day::Saturday, Day::Sunday];
        let weekend = weekend.map(|day| Interval { day, ..first });
        hours.times.open.extend(weekend);
        layer.hours = Some(hours);
    })
    .await;
    begins(&desk).await;
    let never = plays(&desk, Play::TurnToChange).await;
    assert_eq!(Some(PlayNo::NeverChanges), never.no);
    desk.sets(|all, layer| {
        let mut hours = defaults().hours;
        hours.enabled = true;
        hours.outside = all.hours.outside;
        layer.hours = Some(hours);
        let mut routing = all.routing.clone();
        routing.mode = RoutingMode::Pool;
        layer.routing = Some(routing);
    })
    .await;
    let open = begins(&desk).await;
    let mut now = plays(&desk, Play::TurnToChange).await.open.unwrap();
    if now.open {
        now = plays(&desk, Play::TurnToChange).await.open.unwrap();
    }
    assert!(!now.open, "{now:?}");
    assert!(now.now.millis() > open.now.millis());
    let turned = plays(&desk, Play::Turn(1)).await.open.unwrap();
    assert_eq!("1", turned.lines.last().unwrap().text);
    let _alex = agent(&desk, &now, 0).await;
    let mut visitor = visitor(&desk, &now).await;
    visitor.says("Hello").await.unwrap();
    visitor.asks_for_human().await.unwrap();
    visitor
        .is_told("missed", |event| {
            matches!(event, PublicEvent::Missed { .. })
        })
        .await;
    logs(&desk, PlayStep::MissedClosed).await;
}

#[tokio::test]
async fn a_bad_network_delays_and_breaks_and_loses_no_words() {
    let desk = TestDesk::start().await;
    let open = begins(&desk).await;
    let mut visitor = visitor(&desk, &open).await;
    for _ in 0..2 {
        let bad = plays(&desk, Play::Network(40)).await.open.unwrap();
        assert_eq!(40, bad.network);
        // What is as it was is told once.
        let told = bad.lines.iter();
        let told = told.filter(|line| line.step == PlayStep::Network);
        assert_eq!(1, told.count());
    }
    let before = std::time::Instant::now();
    visitor.says("Through the fog").await.unwrap();
    assert!(before.elapsed() > Duration::from_millis(500));
    plays(&desk, Play::Network(0)).await;
    let open = logs(&desk, PlayStep::VisitorSaid).await;
    let said = open
        .lines
        .iter()
        .filter(|line| line.step == PlayStep::VisitorSaid);
    assert_eq!(1, said.count());
}
