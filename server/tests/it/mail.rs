//! Mail that leaves: invitations, new passwords and news of who waits, by a real mail server that
//! refuses, stalls and loses answers.

use std::process::{Command, Stdio};
use std::time::Duration;

use protocol::agent::AgentCommand;
use protocol::audit::AuditView;
use protocol::delivery::{DeliveriesView, DeliveryKind, DeliveryState, DeliveryView, Outcome};
use protocol::person::Availability;
use protocol::team::{InviteLink, TeamView};
use serde_json::json;

use crate::actors::{Answer, MailServer, Meets, TestDesk, get};

const PASSWORD: &str = "a quiet walk in the rain";
const MINUTE: Duration = Duration::from_secs(60);

async fn log(desk: &TestDesk) -> Vec<DeliveryView> {
    let answer = desk.asks_pages("load_deliveries", &json!({})).await;
    let view: DeliveriesView = serde_json::from_str(&answer.text).expect(&answer.text);
    assert!(view.from.unwrap().contains("chat@example.org"));
    view.deliveries
}

/// The newest mail, once it stands so.
async fn stands(desk: &TestDesk, is: impl Fn(&DeliveryView) -> bool) -> DeliveryView {
    let mut newest = None;
    for _ in 0..500 {
        newest = log(desk).await.into_iter().next();
        if newest.as_ref().is_some_and(&is) {
            return newest.unwrap();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it stands as {newest:?}");
}

async fn invites(desk: &TestDesk, email: &str) -> InviteLink {
    let body = json!({ "form": { "email": email, "role": "agent" } });
    let answer = desk.asks_pages("invite", &body).await;
    serde_json::from_str(&answer.text).expect(&answer.text)
}

async fn joins(desk: &TestDesk, token: &str, name: &str) -> Answer {
    let body = json!({ "form": { "token": token, "name": name, "password": PASSWORD } });
    desk.asks_pages_as("", "join", &body).await
}

async fn forgets(desk: &TestDesk, email: &str) -> Answer {
    let body = json!({ "form": { "email": email } });
    desk.asks_pages_as("", "ask_reset", &body).await
}

async fn resets(desk: &TestDesk, token: &str, password: &str) -> Answer {
    let body = json!({ "form": { "token": token, "password": password } });
    desk.asks_pages_as("", "reset_password", &body).await
}

#[tokio::test]
async fn an_invitation_is_mailed_once_in_both_forms_and_its_link_works() {
    let mails = MailServer::starts().await;
    let desk = TestDesk::start_mailing(&mails).await;
    let made = invites(&desk, " Ben@Example.org ").await;
    assert_eq!(("ben@example.org", None), (&*made.email, made.link));
    let mail = mails.gets(1).await;
    assert_eq!("ben@example.org", mail.to);
    assert_eq!("Join the team of Tarn & Trail", mail.subject);
    assert!(
        mail.text.contains("Olga Owner invites you"),
        "{}",
        mail.text
    );
    assert!(mail.html.contains("Tarn &amp; Trail"), "{}", mail.html);
    assert!(mail.head.contains("Auto-Submitted: auto-generated"));

    let secret = mail.secret("join");
    let entered = stands(&desk, |one| matches!(one.state, DeliveryState::Sent { .. })).await;
    assert_eq!((DeliveryKind::Invite, 1), (entered.kind, entered.attempts));
    assert_eq!(200, joins(&desk, &secret, "Ben").await.status);
    assert_eq!(422, joins(&desk, &secret, "Mallory").await.status);
    desk.time_passes(MINUTE * 30);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(1, mails.mails().len());

    // An open invitation on the page, which knows no clock of its reader's.
    invites(&desk, "cleo@example.org").await;
    let first = mails.gets(2).await.secret("join");
    let page = get(&format!("{}/team", desk.url), &[("cookie", &desk.owner)]).await;
    assert!(page.text.contains("cleo@example.org"), "{}", page.status);
    let team = desk.asks_pages("load_team", &json!({})).await;
    let team: TeamView = serde_json::from_str(&team.text).unwrap();
    assert!(team.mails);
    let body = json!({ "invite": team.invites[0].id });
    assert_eq!(200, desk.asks_pages("mail_invite", &body).await.status);
    let second = mails.gets(3).await.secret("join");
    assert_eq!(422, joins(&desk, &first, "Cleo").await.status);
    assert_eq!(200, joins(&desk, &second, "Cleo").await.status);
}

#[tokio::test]
async fn what_is_put_off_is_tried_again_and_what_is_refused_can_be_sent_again_by_hand() {
    let mails = MailServer::starts().await;
    let desk = TestDesk::start_mailing(&mails).await;
    mails.next(&[Meets::Later, Meets::Later]);
    invites(&desk, "ben@example.org").await;
    mails.is_tried(1).await;
    let waiting = stands(&desk, |one| {
        matches!(one.latest[0].outcome, Some(Outcome::Later { .. }))
    })
    .await;
    let DeliveryState::Waiting { due_at } = waiting.state else {
        panic!("{waiting:?}");
    };
    let pause = due_at.millis_since(waiting.latest[0].at);
    assert!((7_000..20_000).contains(&pause), "{pause}");
    assert!(format!("{waiting:?}").contains("the box is being moved"));
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(1, mails.tried(), "not before its time");
    desk.time_passes(Duration::from_secs(16));
    mails.is_tried(2).await;
    stands(&desk, |one| {
        one.attempts == 2 && one.latest[0].outcome.is_some()
    })
    .await;
    desk.time_passes(Duration::from_secs(31));
    let secret = mails.gets(1).await.secret("join");
    assert_eq!(200, joins(&desk, &secret, "Ben").await.status);

    mails.next(&[Meets::Never]);
    invites(&desk, "cleo@example.org").await;
    let failed = stands(&desk, |one| {
        matches!(one.state, DeliveryState::Failed { .. })
    })
    .await;
    assert!(format!("{failed:?}").contains("no such box here"));
    desk.time_passes(MINUTE * 120);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(1, mails.mails().len());
    let ana = desk.signs_in("Ana").await;
    let body = json!({ "delivery": failed.id });
    let refused = desk.asks_pages_as(&ana, "send_again", &body).await;
    assert!(refused.text.contains("not_allowed") || refused.text.contains("NotAllowed"));
    for name in ["load_deliveries", "send_test"] {
        let refused = desk.asks_pages_as(&ana, name, &json!({})).await;
        assert_eq!(422, refused.status, "{name}: {}", refused.text);
        let nobody = desk.asks_pages_as("", name, &json!({})).await;
        assert_eq!(401, nobody.status, "{name}: {}", nobody.text);
    }
    assert_eq!(200, desk.asks_pages("send_again", &body).await.status);
    let secret = mails.gets(2).await.secret("join");
    assert_eq!(200, joins(&desk, &secret, "Cleo").await.status);
    stands(&desk, |one| matches!(one.state, DeliveryState::Sent { .. })).await;
    assert_eq!(422, desk.asks_pages("send_again", &body).await.status);
    // Who had it sent is written down, once.
    let query = json!({ "query": "kind=mail_sent_again" });
    let told = desk.asks_pages("load_audit", &query).await;
    let told: AuditView = serde_json::from_str(&told.text).expect(&told.text);
    let [row] = &told.rows[..] else {
        panic!("{told:?}");
    };
    assert_eq!(
        ("Olga Owner", "cleo@example.org (invite)"),
        (&*row.name, &*row.changes[0].after)
    );
    // On the page, as every delivery is called.
    let page = format!("{}/audit?kind=mail_sent_again", desk.url);
    let page = get(&page, &[("cookie", &desk.owner)]).await;
    let (_, shown) = page.text.rsplit_once("<main").unwrap();
    assert!(shown.contains("cleo@example.org (Invitation)"), "{shown}");

    assert_eq!(200, desk.asks_pages("send_test", &json!({})).await.status);
    // Pressed in haste, which within one second is once.
    for _ in 0..3 {
        assert_eq!(200, desk.asks_pages("send_test", &json!({})).await.status);
    }
    mails.is_tried(6).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let tests = mails.mails().split_off(2);
    assert!((1..=2).contains(&tests.len()), "{tests:#?}");
    assert_eq!("olga@example.org", tests[0].to);
}

#[tokio::test]
async fn a_mail_whose_answer_is_lost_comes_again_under_the_same_id_and_both_links_work() {
    let mails = MailServer::starts().await;
    let desk = TestDesk::start_mailing(&mails).await;
    mails.next(&[Meets::LostAnswer]);
    invites(&desk, "ben@example.org").await;
    let first = mails.gets(1).await;
    stands(&desk, |one| one.latest[0].outcome.is_some()).await;
    desk.time_passes(Duration::from_secs(16));
    let second = mails.gets(2).await;
    assert_eq!(first.id, second.id);
    assert_ne!(first.secret("join"), second.secret("join"));
    assert_eq!(200, joins(&desk, &first.secret("join"), "Ben").await.status);
    assert_eq!(
        422,
        joins(&desk, &second.secret("join"), "Ben").await.status
    );
}

#[tokio::test]
async fn what_was_written_down_leaves_after_the_server_was_killed() {
    let mails = MailServer::starts().await;
    let mut desk = TestDesk::start_mailing(&mails).await;
    desk.stops().await;
    mails.next(&[Meets::Silence]);
    let url = desk.url.clone();
    let mut program = Command::new(env!("CARGO_BIN_EXE_baton"));
    program
        .arg("serve")
        .envs(desk.environment())
        .env("BATON__SERVER__LISTEN", url.trim_start_matches("http://"))
        .env("BATON__SERVER__PUBLIC_URL", &url)
        .env("BATON__MAIL__HOST", "127.0.0.1")
        .env("BATON__MAIL__PORT", mails.address.port().to_string())
        .env("BATON__MAIL__TLS", "none")
        .env("BATON__MAIL__FROM", "chat@example.org")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut served = program.spawn().unwrap();
    for _ in 0..200 {
        let up = tokio::net::TcpStream::connect(url.trim_start_matches("http://")).await;
        if up.is_ok() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let made = invites(&desk, "ben@example.org").await;
    assert_eq!(None, made.link);
    // On its way, and nobody knows how far, when the power goes.
    mails.is_tried(1).await;
    served.kill().unwrap();
    served.wait().unwrap();

    desk.starts_again().await;
    desk.time_passes(Duration::from_secs(91));
    let secret = mails.gets(1).await.secret("join");
    assert_eq!(200, joins(&desk, &secret, "Ben").await.status);
    let sent = stands(&desk, |one| matches!(one.state, DeliveryState::Sent { .. })).await;
    assert_eq!(2, sent.attempts);
    assert_eq!(None, sent.latest[1].outcome, "the one that was cut off");
}

#[tokio::test]
async fn a_forgotten_password_is_chosen_anew_by_a_link_that_works_once_and_signs_out_everywhere() {
    let mails = MailServer::starts().await;
    let desk = TestDesk::start_mailing(&mails).await;
    let ana = desk.agent("Ana").await;
    assert_eq!(200, forgets(&desk, " ANA@example.org").await.status);
    let first = mails.gets(1).await;
    assert_eq!("A new password for Tarn & Trail", first.subject);
    assert_eq!(200, forgets(&desk, "ana@example.org").await.status);
    let secret = mails.gets(2).await.secret("reset");

    let body = json!({ "token": secret });
    let seen = desk.asks_pages_as("", "load_reset", &body).await;
    assert!(seen.text.contains("ana@example.org"), "{}", seen.text);
    let short = resets(&desk, &secret, "short").await;
    assert!(short.text.contains("too short"), "{}", short.text);
    let done = resets(&desk, &secret, PASSWORD).await;
    assert_eq!(200, done.status, "{}", done.text);
    assert!(!done.headers.contains_key("set-cookie"));
    assert_eq!(Some(protocol::close::REVOKED), ana.client.is_closed().await);
    assert!(desk.lets_in("ana@example.org", PASSWORD).await);
    let me = desk.asks_pages_as(&ana.cookie, "load_me", &json!({})).await;
    assert!(!me.text.contains("ana@example.org"), "{}", me.text);
    let told = mails.gets(3).await;
    assert_eq!("Your password for Tarn & Trail was changed", told.subject);
    // Neither that link nor the one before it.
    for used in [secret, first.secret("reset")] {
        let again = resets(&desk, &used, "another one that is long").await;
        assert!(again.text.contains("not valid any more"), "{}", again.text);
    }

    assert_eq!(200, forgets(&desk, "ana@example.org").await.status);
    let late = mails.gets(4).await.secret("reset");
    desk.time_passes(MINUTE * 61);
    let over = resets(&desk, &late, "another one that is long").await;
    assert!(over.text.contains("not valid any more"), "{}", over.text);
}

#[tokio::test]
async fn an_unknown_address_gets_the_same_answer_and_leaves_nothing_behind() {
    let mails = MailServer::starts().await;
    let desk = TestDesk::start_mailing(&mails).await;
    let known = forgets(&desk, "olga@example.org").await;
    let unknown = forgets(&desk, "nobody@example.org").await;
    assert_eq!((known.status, &known.text), (unknown.status, &unknown.text));
    assert_eq!("olga@example.org", mails.gets(1).await.to);
    stands(&desk, |one| matches!(one.state, DeliveryState::Sent { .. })).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(1, log(&desk).await.len());
    assert_eq!(1, mails.mails().len());

    // Who floods a box gets the answers of who does not, and the box is spared.
    for _ in 0..8 {
        assert_eq!(200, forgets(&desk, "olga@example.org").await.status);
    }
    let fifth = mails.gets(5).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(5, mails.mails().len());
    // The newest five are all good.
    assert_eq!(
        200,
        resets(&desk, &fifth.secret("reset"), PASSWORD).await.status
    );
    let mut refused = 0;
    for number in 0..20 {
        let email = format!("nobody{number}@example.org");
        refused += usize::from(forgets(&desk, &email).await.status == 422);
    }
    assert!(refused > 0, "one network asks for so much and no more");
}

#[tokio::test]
async fn where_no_mail_leaves_an_admin_makes_the_links() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let page = get(&format!("{}/forgot", desk.url), &[]).await;
    assert!(page.text.contains("Ask an admin"), "{}", page.text);
    let refused = forgets(&desk, "ana@example.org").await;
    assert!(refused.text.contains("No mail leaves"), "{}", refused.text);

    let team = desk.asks_pages("load_team", &json!({})).await;
    let team: TeamView = serde_json::from_str(&team.text).unwrap();
    assert!(!team.mails);
    let olga = team.members.iter().find(|one| one.id == team.me).unwrap();
    assert!(!olga.handoff_mail);
    let body = json!({ "agent": ana.id });
    let made = desk.asks_pages("make_reset", &body).await;
    let link: InviteLink = serde_json::from_str(&made.text).expect(&made.text);
    let link = link.link.unwrap();
    let (address, secret) = link.split_once('#').unwrap();
    assert_eq!(format!("{}/reset", desk.url), address);
    assert_eq!(200, resets(&desk, secret, PASSWORD).await.status);
    assert!(desk.lets_in("ana@example.org", PASSWORD).await);

    let ben = desk.signs_in("Ben").await;
    let refused = desk.asks_pages_as(&ben, "make_reset", &body).await;
    assert_eq!(422, refused.status, "{}", refused.text);
}

#[tokio::test]
async fn who_is_away_is_mailed_once_of_who_waits_and_nobody_of_who_was_taken() {
    let mails = MailServer::starts().await;
    let desk = TestDesk::start_mailing(&mails).await;
    // Olga is the owner and Ana has gone home; Cleo is away at her desk and Ben is there.
    desk.signs_in("Ana").await;
    let mut ben = desk.agent("Ben").await;
    let mut cleo = desk.agent("Cleo").await;
    let away = AgentCommand::SetAvailability {
        availability: Availability::Away,
    };
    cleo.client.send(&away).await;
    let is_away =
        |event: &protocol::agent::AgentEvent| format!("{event:?}").contains("Away").then_some(());
    ben.client.hears("that Cleo is away", is_away).await;

    let mut taken = desk.visitor().await;
    taken.asks_for_human().await.unwrap();
    let handoff = ben.sees_pending(taken.conversation).await;
    ben.claims(taken.conversation, handoff).await.unwrap();
    let mut waits = desk.visitor().await;
    waits
        .says("My card number is 4711, SECRET-CANARY")
        .await
        .unwrap();
    waits.asks_for_human().await.unwrap();
    ben.sees_pending(waits.conversation).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(0, mails.tried(), "not within the first minute");

    desk.time_passes(Duration::from_secs(61));
    mails.gets(2).await;
    let sent = mails.mails();
    let mut to: Vec<_> = sent.iter().map(|mail| mail.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(vec!["ana@example.org", "cleo@example.org"], to);
    for mail in &sent {
        let (who, where_) = mail.subject.split_once(" is waiting at ").unwrap();
        assert!(who.starts_with("Visitor "), "{who}");
        assert_eq!("Shop help", where_);
        let link = format!("{}/inbox/{}", desk.url, waits.conversation);
        assert!(mail.text.contains(&link), "{}", mail.text);
        let all = format!("{mail:?}");
        assert!(!all.contains("SECRET-CANARY"), "{all}");
    }
    // Given back and waiting again, it is the same request.
    let handoff = ben.sees_pending(waits.conversation).await;
    ben.claims(waits.conversation, handoff).await.unwrap();
    ben.releases(waits.conversation, handoff).await.unwrap();
    desk.time_passes(Duration::from_secs(70));
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(2, mails.mails().len());
}
