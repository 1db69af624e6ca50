//! What agents want to be told of: mail and sounds as they choose, and quiet hours without either.

use std::time::Duration;

use protocol::agent::AgentEvent;
use protocol::close;
use protocol::person::Notices;
use protocol::profile::{MailOfWaits, ProfileView};
use protocol::settings::{Day, Interval, WeekTimes};
use protocol::team::TeamView;
use serde_json::{Value, json};

use crate::actors::{Answer, MailServer, TestDesk};
use crate::profile::{edits, profile_as};

const WEEK: [Day; 7] = [
    Day::Monday,
    Day::Tuesday,
    Day::Wednesday,
    Day::Thursday,
    Day::Friday,
    Day::Saturday,
    Day::Sunday,
];

/// Quiet around the clock, all week.
fn always() -> WeekTimes {
    let day = |day| Interval {
        day,
        from: 0,
        to: 24 * 60,
    };
    WeekTimes {
        zone: "Pacific/Auckland".to_owned(),
        open: WEEK.map(day).to_vec(),
    }
}

async fn saves(desk: &TestDesk, cookie: &str, notices: &Notices) -> Answer {
    let ProfileView { version, .. } = profile_as(desk, cookie).await;
    let body = json!({ "notices": { "version": version, "notices": notices } });
    edits(desk, cookie, body).await
}

#[tokio::test]
async fn what_somebody_wants_to_hear_of_is_in_the_next_welcome_of_every_inbox() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    assert_eq!(
        Notices::default(),
        profile_as(&desk, &ana.cookie).await.notices
    );
    let wanted = Notices {
        requests: false,
        quiet: Some(always()),
        ..Notices::default()
    };
    let saved = saves(&desk, &ana.cookie, &wanted).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    assert_eq!(Some(close::RESUME), ana.client.is_closed().await);
    assert_eq!(wanted, ana.comes_back(Vec::new()).await.notices);
    assert_eq!(wanted, profile_as(&desk, &ana.cookie).await.notices);
    // Nobody else's.
    let ben = desk.agent("Ben").await;
    assert_eq!(
        Notices::default(),
        profile_as(&desk, &ben.cookie).await.notices
    );

    let audit = desk.asks_pages("load_audit", &json!({ "query": "" })).await;
    assert!(audit.text.contains("quiet_hours"), "{}", audit.text);
    assert!(audit.text.contains("Pacific/Auckland"), "{}", audit.text);
}

#[tokio::test]
async fn quiet_hours_that_cannot_be_are_refused_and_so_is_an_overtaken_page() {
    let desk = TestDesk::start().await;
    let ana = desk.signs_in("Ana").await;
    let with = |quiet: WeekTimes| Notices {
        quiet: Some(quiet),
        ..Notices::default()
    };
    let nowhere = WeekTimes {
        zone: "Moon/Tranquility".to_owned(),
        ..always()
    };
    let refused = saves(&desk, &ana, &with(nowhere)).await;
    assert!(refused.text.contains("quiet.zone"), "{}", refused.text);
    let never = WeekTimes {
        open: Vec::new(),
        ..always()
    };
    let refused = saves(&desk, &ana, &with(never)).await;
    assert!(refused.text.contains("quiet.open"), "{}", refused.text);
    let twice = WeekTimes {
        open: [always().open, always().open].concat(),
        ..always()
    };
    let refused = saves(&desk, &ana, &with(twice)).await;
    assert_eq!(422, refused.status, "{}", refused.text);
    let late = json!({ "notices": { "version": 99, "notices": Notices::default() } });
    let late = edits(&desk, &ana, late).await;
    assert!(late.text.contains("meanwhile"), "{}", late.text);
    assert_eq!(None, profile_as(&desk, &ana).await.notices.quiet);
}

#[tokio::test]
async fn no_mail_in_quiet_hours_nor_to_who_wants_none_whoever_switched_it() {
    let mails = MailServer::starts().await;
    let desk = TestDesk::start_mailing(&mails).await;
    // All of them have gone home; Ben is there.
    let [ana, cleo, dora, _emil] = [
        desk.signs_in("Ana").await,
        desk.signs_in("Cleo").await,
        desk.signs_in("Dora").await,
        desk.signs_in("Emil").await,
    ];
    let none = Notices {
        mail: false,
        ..Notices::default()
    };
    assert_eq!(200, saves(&desk, &ana, &none).await.status);
    let quiet = Notices {
        quiet: Some(always()),
        ..Notices::default()
    };
    assert_eq!(200, saves(&desk, &cleo, &quiet).await.status);
    // Who keeps the team switches Dora's off; her own switch does not bring it back.
    assert_eq!(MailOfWaits::Can, profile_as(&desk, &dora).await.mails);
    keeper_switches(&desk, "dora@example.org", false).await;
    let view = profile_as(&desk, &dora).await;
    assert_eq!(
        (MailOfWaits::SwitchedOff, true),
        (view.mails, view.notices.mail)
    );
    assert_eq!(200, saves(&desk, &dora, &none).await.status);
    assert_eq!(200, saves(&desk, &dora, &Notices::default()).await.status);
    // And switching it on for Ana brings hers back no more than that.
    keeper_switches(&desk, "ana@example.org", true).await;

    let ben = desk.agent("Ben").await;
    let mut waits = desk.visitor().await;
    waits.asks_for_human().await.unwrap();
    ben.sees_pending(waits.conversation).await;
    desk.time_passes(Duration::from_secs(61));
    mails.gets(1).await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    let to: Vec<_> = mails.mails().into_iter().map(|mail| mail.to).collect();
    assert_eq!(vec!["emil@example.org"], to);
    let heard = |event: &AgentEvent| matches!(event, AgentEvent::Refused { .. });
    assert!(!ben.client.takes().iter().any(heard));
}

/// Whoever keeps the team switches a member's mails.
async fn keeper_switches(desk: &TestDesk, email: &str, on: bool) {
    let team = desk.asks_pages("load_team", &json!({})).await;
    let team: TeamView = serde_json::from_str(&team.text).unwrap();
    let member = team.members.iter().find(|one| one.email == email).unwrap();
    let form: Value = json!({ "form": {
        "agent": member.id, "version": member.version, "name": member.name,
        "role": member.role, "custom": member.custom, "assigned": member.assigned,
        "chat_limit": member.chat_limit, "priority": member.priority,
        "handoff_mail": on, "hours": member.hours, "languages": member.languages,
    }});
    let saved = desk.asks_pages("save_member", &form).await;
    assert_eq!(200, saved.status, "{}", saved.text);
}
