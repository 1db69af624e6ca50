//! The team: invited by links that work once, changed, deactivated and let in again, with an owner at
//! all times.

use std::time::Duration;

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::audit::AuditView;
use protocol::card::{Card, CardState};
use protocol::close;
use protocol::entry::{Body, Destination, Event, Released};
use protocol::person::{Assigned, Availability, Role};
use protocol::settings::{RoutingMode, WeekTimes};
use protocol::team::{InviteLink, MemberView, TeamView};
use serde_json::{Value, json};

use crate::actors::{AgentActor, Answer, TestDesk, get, post};
use crate::floods::raw;

const PASSWORD: &str = "a quiet walk in the rain";

async fn team_as(desk: &TestDesk, cookie: &str) -> TeamView {
    let answer = desk.asks_pages_as(cookie, "load_team", &json!({})).await;
    serde_json::from_str(&answer.text).unwrap_or_else(|error| panic!("{error}: {}", answer.text))
}

async fn member(desk: &TestDesk, name: &str) -> MemberView {
    let team = team_as(desk, &desk.owner).await;
    let found = team.members.into_iter().find(|one| one.name == name);
    found.unwrap_or_else(|| panic!("{name} is not on the team"))
}

fn form(member: &MemberView) -> Value {
    json!({
        "agent": member.id, "version": member.version, "name": member.name, "role": member.role, "custom": member.custom,
        "assigned": member.assigned, "chat_limit": member.chat_limit, "priority": member.priority,
        "handoff_mail": member.handoff_mail, "hours": member.hours, "languages": member.languages,
    })
}

async fn saves(desk: &TestDesk, cookie: &str, form: Value) -> Answer {
    let body = json!({ "form": form });
    desk.asks_pages_as(cookie, "save_member", &body).await
}

async fn sets_active(desk: &TestDesk, cookie: &str, of: &MemberView, active: bool) -> Answer {
    let body = json!({ "agent": of.id, "version": of.version, "active": active });
    desk.asks_pages_as(cookie, "set_active", &body).await
}

/// Invites somebody; the secret of the link.
async fn invites(desk: &TestDesk, email: &str, role: Role) -> Result<String, String> {
    let body = json!({ "form": { "email": email, "role": role } });
    let answer = desk.asks_pages("invite", &body).await;
    match serde_json::from_str::<InviteLink>(&answer.text) {
        Ok(link) => {
            let (address, secret) = link
                .link
                .as_deref()
                .expect("a link")
                .split_once('#')
                .expect("a secret");
            assert_eq!(format!("{}/join", desk.url), address);
            Ok(secret.to_owned())
        }
        Err(_) => Err(answer.text),
    }
}

/// Joins in a browser of one's own.
async fn joins(desk: &TestDesk, token: &str, name: &str, password: &str) -> Answer {
    let body = json!({ "form": { "token": token, "name": name, "password": password } });
    desk.asks_pages_as("", "join", &body).await
}

fn cookie_of(answer: &Answer) -> String {
    let set = answer.headers["set-cookie"].to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_link_lets_one_person_in_once_and_the_team_sees_them() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let token = invites(&desk, " Ben@Example.org ", Role::Supervisor)
        .await
        .unwrap();
    let open = team_as(&desk, &desk.owner).await.invites;
    assert_eq!("ben@example.org", open[0].email);
    let page = get(&format!("{}/team", desk.url), &[("cookie", &desk.owner)]).await;
    assert!(page.text.contains("ben@example.org"), "{}", page.status);
    assert!(!open[0].expired);

    let body = json!({ "token": token });
    let seen = desk.asks_pages_as("", "load_invite", &body).await;
    assert!(seen.text.contains("ben@example.org"), "{}", seen.text);
    let short = joins(&desk, &token, "Ben", "short").await;
    assert!(short.text.contains("too short"), "{}", short.text);
    let joined = joins(&desk, &token, "Ben", PASSWORD).await;
    assert_eq!(200, joined.status, "{}", joined.text);
    let ben = AgentActor::connects(&desk.url, "Ben", cookie_of(&joined)).await;
    let hears = |event: &AgentEvent| match event {
        AgentEvent::TeamChanged(team) => team
            .iter()
            .any(|one| one.id == ben.id && one.role == Role::Supervisor)
            .then_some(()),
        _ => None,
    };
    ana.client.hears("of Ben", hears).await;
    assert!(desk.lets_in("ben@example.org", PASSWORD).await);

    let again = joins(&desk, &token, "Mallory", PASSWORD).await;
    assert!(again.text.contains("not valid any more"), "{}", again.text);
    assert!(team_as(&desk, &desk.owner).await.invites.is_empty());
    let twice = invites(&desk, "ben@example.org", Role::Agent)
        .await
        .unwrap_err();
    assert!(twice.contains("on the team"), "{twice}");
}

#[tokio::test]
async fn a_link_ends_with_its_day_when_it_is_renewed_and_when_it_is_taken_back() {
    let mut desk = TestDesk::start().await;
    let late = invites(&desk, "late@example.org", Role::Agent)
        .await
        .unwrap();
    desk.time_passes(Duration::from_secs(24 * 60 * 60 + 1));
    let refused = joins(&desk, &late, "Late", PASSWORD).await;
    assert!(refused.text.contains("not valid"), "{}", refused.text);
    desk.owner = desk.signs_in_again("Olga").await;
    let open = team_as(&desk, &desk.owner).await.invites;
    assert!(open[0].expired);

    let renewed = desk
        .asks_pages("renew_invite", &json!({ "invite": open[0].id }))
        .await;
    let link: InviteLink = serde_json::from_str(&renewed.text).expect(&renewed.text);
    let fresh = link.link.unwrap().split_once('#').unwrap().1.to_owned();
    assert_eq!(422, joins(&desk, &late, "Late", PASSWORD).await.status);
    let joined = joins(&desk, &fresh, "Late", PASSWORD).await;
    assert_eq!(200, joined.status, "{}", joined.text);

    let back = invites(&desk, "back@example.org", Role::Agent)
        .await
        .unwrap();
    let first = invites(&desk, "twice@example.org", Role::Agent)
        .await
        .unwrap();
    let second = invites(&desk, "twice@example.org", Role::Agent)
        .await
        .unwrap();
    let open = team_as(&desk, &desk.owner).await.invites;
    assert_eq!(2, open.len(), "one for each address: {open:?}");
    let taken = open.iter().find(|one| one.email == "back@example.org");
    let body = json!({ "invite": taken.unwrap().id });
    assert_eq!(200, desk.asks_pages("revoke_invite", &body).await.status);
    assert_eq!(422, joins(&desk, &back, "Back", PASSWORD).await.status);
    assert_eq!(422, joins(&desk, &first, "First", PASSWORD).await.status);
    assert_eq!(200, joins(&desk, &second, "Second", PASSWORD).await.status);
}

#[tokio::test]
async fn an_invitation_is_worth_what_who_gave_it_may_give() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let mut admin = member(&desk, "Ana").await;
    admin.role = Role::Admin;
    assert_eq!(200, saves(&desk, &desk.owner, form(&admin)).await.status);
    let body = json!({ "form": { "email": "ana2@example.org", "role": "admin" } });
    let made = desk.asks_pages_as(&ana.cookie, "invite", &body).await;
    let link: InviteLink = serde_json::from_str(&made.text).expect(&made.text);
    let link = link.link.unwrap();
    let token = link.split_once('#').unwrap().1;
    // An admin takes no invitation of an owner away by another to the same address.
    invites(&desk, "boss@example.org", Role::Owner)
        .await
        .unwrap();
    let body = json!({ "form": { "email": "boss@example.org", "role": "agent" } });
    let refused = desk.asks_pages_as(&ana.cookie, "invite", &body).await;
    assert!(refused.text.contains("not allow"), "{}", refused.text);

    let of = member(&desk, "Ana").await;
    assert_eq!(
        200,
        sets_active(&desk, &desk.owner, &of, false).await.status
    );
    let body = json!({ "token": token });
    let seen = desk.asks_pages_as("", "load_invite", &body).await;
    assert!(seen.text.contains("not valid"), "{}", seen.text);
    let joined = joins(&desk, token, "Ana again", PASSWORD).await;
    assert!(joined.text.contains("not valid"), "{}", joined.text);
}

#[tokio::test]
async fn two_owners_who_take_each_other_out_at_once_leave_one() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let mut second = member(&desk, "Ana").await;
    second.role = Role::Owner;
    assert_eq!(200, saves(&desk, &desk.owner, form(&second)).await.status);
    let members = team_as(&desk, &desk.owner).await.members;
    let owner = members.iter().find(|one| one.email == "olga@example.org");
    let (first, second) = (owner.unwrap().clone(), member(&desk, "Ana").await);
    let (one, other) = tokio::join!(
        sets_active(&desk, &desk.owner, &second, false),
        sets_active(&desk, &ana.cookie, &first, false),
    );
    let done = [one.status, other.status];
    assert_eq!(
        1,
        done.iter().filter(|status| **status == 200).count(),
        "{done:?}"
    );
}

#[tokio::test]
async fn of_many_who_hold_one_link_one_joins() {
    let desk = TestDesk::start().await;
    let token = invites(&desk, "one@example.org", Role::Agent)
        .await
        .unwrap();
    let tries = (0..8).map(|n| {
        let (desk, token) = (&desk, &token);
        async move {
            joins(desk, token, &format!("One {n}"), PASSWORD)
                .await
                .status
        }
    });
    let statuses = futures::future::join_all(tries).await;
    let joined = statuses.iter().filter(|status| **status == 200).count();
    assert_eq!(1, joined, "{statuses:?}");
    let members = team_as(&desk, &desk.owner).await.members;
    let named = members.iter().filter(|one| one.email == "one@example.org");
    assert_eq!(1, named.count());
}

/// A browser that goes away before it is answered takes nothing back that was begun.
#[tokio::test]
async fn who_is_deactivated_is_out_although_nobody_waits_for_the_answer() {
    let desk = TestDesk::start().await;
    let mut done = 0;
    for (name, millis) in [("Ana", 1), ("Ben", 2), ("Cem", 4), ("Dan", 8), ("Eve", 16)] {
        let agent = desk.agent(name).await;
        let of = member(&desk, name).await;
        let body = json!({ "agent": of.id, "version": of.version, "active": false }).to_string();
        let (url, cookie, length) = (&desk.url, &desk.owner, body.len());
        let host = url.trim_start_matches("http://");
        let request = format!(
            "POST /pages/set_active HTTP/1.1\r\nHost: {host}\r\nOrigin: {url}\r\n\
             Cookie: {cookie}\r\nAccept: application/json\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        let asked = raw(&desk, &request).await;
        tokio::time::sleep(Duration::from_millis(millis)).await;
        drop(asked);
        tokio::time::sleep(Duration::from_millis(500)).await;
        // Some are gone before anything was begun.
        if !member(&desk, name).await.active {
            assert_eq!(
                Some(close::REVOKED),
                agent.client.is_closed().await,
                "{name}"
            );
            done += 1;
        }
    }
    assert!(done > 0, "all went too soon");
}

#[tokio::test]
async fn who_is_deactivated_is_out_at_once_and_their_chats_go_back() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    ben.opens(conversation).await;
    ben.client.forget();

    let of = member(&desk, "Ana").await;
    let done = sets_active(&desk, &desk.owner, &of, false).await;
    assert_eq!(200, done.status, "{}", done.text);
    assert_eq!(Some(close::REVOKED), ana.client.is_closed().await);
    let pending = |card: &Card| matches!(card.state, CardState::Pending { .. });
    ben.sees_card(conversation, pending).await;
    ben.sees_entry("the release", |entry| {
        matches!(
            &entry.body,
            Body::Event(Event::HandoffReleased {
                why: Released::Unassigned,
                ..
            })
        )
    })
    .await;
    let asked = desk
        .asks_pages_as(&ana.cookie, "load_replies", &json!({}))
        .await;
    assert_ne!(200, asked.status, "the cookie works no more");
    let fields = [("form[email]", "ana@example.org"), ("form[password]", "x")];
    let url = format!("{}/pages/sign_in", desk.url);
    let headers = [
        ("origin", desk.url.as_str()),
        ("accept", "application/json"),
    ];
    let refused = post(&url, &headers, &fields).await;
    assert_eq!(422, refused.status, "{}", refused.text);

    let of = member(&desk, "Ana").await;
    assert!(!of.active);
    assert_eq!(200, sets_active(&desk, &desk.owner, &of, true).await.status);
    ana.cookie = desk.signs_in_again("Ana").await;
    let welcome = ana.comes_back(Vec::new()).await;
    assert_eq!(ana.id, welcome.me);
}

#[tokio::test]
async fn a_role_counts_in_an_open_inbox_at_once() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let refused = desk
        .asks_pages_as(&ana.cookie, "load_team", &json!({}))
        .await;
    assert_eq!(422, refused.status, "{}", refused.text);
    let mut of = member(&desk, "Ana").await;
    of.role = Role::Admin;
    of.name = "Ana Ruiz".to_owned();
    of.chat_limit = 7;
    of.assigned = Assigned::Only(vec![desk.chatbot]);
    let saved = saves(&desk, &desk.owner, form(&of)).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    assert_eq!(Some(close::RESUME), ana.client.is_closed().await);
    let welcome = ana.comes_back(Vec::new()).await;
    let me = welcome.team.iter().find(|one| one.id == ana.id).unwrap();
    assert_eq!((Role::Admin, "Ana Ruiz"), (me.role, &*me.face.name));
    let now = member(&desk, "Ana Ruiz").await;
    assert_eq!(
        (7, of.assigned, of.version + 1),
        (now.chat_limit, now.assigned, now.version)
    );

    // Saved on what was looked at before, it changes nothing.
    of.name = "Somebody else".to_owned();
    let stale = saves(
        &desk,
        &desk.owner,
        form(&MemberView {
            assigned: Assigned::All,
            ..of
        }),
    )
    .await;
    assert!(stale.text.contains("meanwhile"), "{}", stale.text);
    let kept = member(&desk, "Ana Ruiz").await;
    assert_eq!(now.version, kept.version);
}

#[tokio::test]
async fn owners_are_kept_by_owners_and_the_last_one_stays() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let mut admin = member(&desk, "Ana").await;
    admin.role = Role::Admin;
    assert_eq!(200, saves(&desk, &desk.owner, form(&admin)).await.status);

    let team = team_as(&desk, &ana.cookie).await;
    assert!(!team.keeps_owners);
    let owner = team
        .members
        .iter()
        .find(|one| one.role == Role::Owner)
        .unwrap()
        .clone();
    for refused in [
        {
            let body = json!({ "agent": owner.id, "assigned": { "only": [] } });
            desk.asks_pages_as(&ana.cookie, "save_assignment", &body)
                .await
        },
        sets_active(&desk, &ana.cookie, &owner, false).await,
        saves(
            &desk,
            &ana.cookie,
            form(&MemberView {
                role: Role::Agent,
                ..owner.clone()
            }),
        )
        .await,
        {
            let me = member(&desk, "Ana").await;
            saves(
                &desk,
                &ana.cookie,
                form(&MemberView {
                    role: Role::Owner,
                    ..me
                }),
            )
            .await
        },
        {
            let body = json!({ "form": { "email": "eve@example.org", "role": "owner" } });
            desk.asks_pages_as(&ana.cookie, "invite", &body).await
        },
    ] {
        assert!(refused.text.contains("not allow"), "{}", refused.text);
    }
    for refused in [
        sets_active(&desk, &desk.owner, &owner, false).await,
        saves(
            &desk,
            &desk.owner,
            form(&MemberView {
                role: Role::Admin,
                ..owner.clone()
            }),
        )
        .await,
    ] {
        assert!(
            refused.text.contains("has to be an owner"),
            "{}",
            refused.text
        );
    }
    let me = member(&desk, "Ana").await;
    let made = saves(
        &desk,
        &desk.owner,
        form(&MemberView {
            role: Role::Owner,
            ..me
        }),
    )
    .await;
    assert_eq!(200, made.status, "{}", made.text);
    let gone = sets_active(&desk, &desk.owner, &owner, false).await;
    assert_eq!(200, gone.status, "{}", gone.text);
}

#[tokio::test]
async fn what_a_member_cannot_be_is_refused_and_changes_nothing() {
    let desk = TestDesk::start().await;
    desk.agent("Ana").await;
    let ana = member(&desk, "Ana").await;
    let unknown = crate::actors::fresh_key().0;
    let with = |field: &str, value: Value| {
        let mut form = form(&ana);
        form[field] = value;
        form
    };
    for (form, status) in [
        (with("name", json!(" ")), 422),
        (with("chat_limit", json!(0)), 422),
        (with("chat_limit", json!(51)), 422),
        (with("priority", json!(101)), 422),
        (with("assigned", json!({ "only": [unknown] })), 422),
        (with("agent", json!(unknown)), 422),
        (with("role", json!("king")), 400),
        (with("chat_limit", json!(-1)), 400),
    ] {
        let refused = saves(&desk, &desk.owner, form.clone()).await;
        assert_eq!(status, refused.status, "{form}: {}", refused.text);
    }
    assert_eq!(ana, member(&desk, "Ana").await);
    for email in ["", "nobody", "a@b"] {
        assert!(invites(&desk, email, Role::Agent).await.is_err(), "{email}");
    }
    let nobody = json!({ "invite": unknown });
    assert_eq!(422, desk.asks_pages("revoke_invite", &nobody).await.status);
    assert_eq!(422, joins(&desk, "guess", "Eve", PASSWORD).await.status);
}

#[tokio::test]
async fn only_who_keeps_the_team_sees_it_and_nobody_without_a_sign_in() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let of = member(&desk, "Ana").await;
    for (name, body) in [
        ("load_team", json!({})),
        ("save_member", json!({ "form": form(&of) })),
        (
            "set_active",
            json!({ "agent": of.id, "version": of.version, "active": false }),
        ),
        (
            "invite",
            json!({ "form": { "email": "eve@example.org", "role": "agent" } }),
        ),
        ("renew_invite", json!({ "invite": of.id })),
        ("revoke_invite", json!({ "invite": of.id })),
    ] {
        let refused = desk.asks_pages_as(&ana.cookie, name, &body).await;
        assert_eq!(422, refused.status, "{name}: {}", refused.text);
        assert!(
            refused.text.contains("not allow"),
            "{name}: {}",
            refused.text
        );
        assert_eq!(
            401,
            desk.asks_pages_as("", name, &body).await.status,
            "{name}"
        );
    }
}

/// Hands the workspace over, with this password.
async fn hands_over(desk: &TestDesk, cookie: &str, to: &MemberView, password: &str) -> Answer {
    let body = json!({ "form": { "to": to.id, "version": to.version, "password": password } });
    desk.asks_pages_as(cookie, "hand_over", &body).await
}

#[tokio::test]
async fn an_owner_hands_the_workspace_over_and_is_an_admin_at_once() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut olga = AgentActor::connects(&desk.url, "Olga", desk.owner.clone()).await;
    let of = member(&desk, "Ana").await;
    let owner_password = "a small boat in the fog";
    let wrong = hands_over(&desk, &desk.owner, &of, "a small boat").await;
    assert!(wrong.text.contains("not your password"), "{}", wrong.text);
    let me = member(&desk, "Olga Owner").await;
    let oneself = hands_over(&desk, &desk.owner, &me, owner_password).await;
    assert_eq!(422, oneself.status, "{}", oneself.text);
    let thief = hands_over(&desk, &ana.cookie, &me, owner_password).await;
    assert!(thief.text.contains("not_allowed"), "{}", thief.text);
    // Nobody hands over to somebody who is somebody else by now.
    let stale = MemberView {
        version: of.version + 1,
        ..of.clone()
    };
    let stale = hands_over(&desk, &desk.owner, &stale, owner_password).await;
    assert!(stale.text.contains("meanwhile"), "{}", stale.text);

    let done = hands_over(&desk, &desk.owner, &of, owner_password).await;
    assert_eq!(200, done.status, "{}", done.text);
    assert_eq!(Some(close::RESUME), ana.client.is_closed().await);
    assert_eq!(Some(close::RESUME), olga.client.is_closed().await);
    let welcome = ana.comes_back(Vec::new()).await;
    let role = |id| welcome.team.iter().find(|one| one.id == id).unwrap().role;
    assert_eq!((Role::Owner, Role::Admin), (role(ana.id), role(olga.id)));
    olga.comes_back(Vec::new()).await;
    assert!(!team_as(&desk, &desk.owner).await.keeps_owners);
    let log = json!({ "query": "kind=member" });
    let log = desk.asks_pages_as(&ana.cookie, "load_audit", &log).await;
    let log: AuditView = serde_json::from_str(&log.text).unwrap();
    let mut told: Vec<_> = log
        .rows
        .iter()
        .map(|row| {
            (
                row.name.as_str(),
                row.subject_name.as_str(),
                row.changes[0].after.as_str(),
            )
        })
        .collect();
    told.sort_unstable();
    let by = "Olga Owner";
    assert_eq!(vec![(by, "Ana", "owner"), (by, by, "admin")], told);
    let again = hands_over(&desk, &desk.owner, &of, owner_password).await;
    assert!(again.text.contains("not_allowed"), "{}", again.text);
    // Who owns it now is the last owner, and stays one.
    let mut last = member(&desk, "Ana").await;
    last.role = Role::Agent;
    let refused = saves(&desk, &ana.cookie, form(&last)).await;
    assert!(refused.text.contains("last_owner"), "{}", refused.text);
}

#[tokio::test]
async fn two_handovers_at_once_leave_one_owner() {
    let desk = TestDesk::start().await;
    let (ana, ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let (to_ana, to_ben) = (member(&desk, "Ana").await, member(&desk, "Ben").await);
    let password = "a small boat in the fog";
    let (one, other) = tokio::join!(
        hands_over(&desk, &desk.owner, &to_ana, password),
        hands_over(&desk, &desk.owner, &to_ben, password),
    );
    assert_eq!(
        622,
        one.status + other.status,
        "{} {}",
        one.text,
        other.text
    );
    let owner = if one.status == 200 { &ana } else { &ben };
    let members = team_as(&desk, &owner.cookie).await.members;
    let owners = members.iter().filter(|one| one.role == Role::Owner);
    assert_eq!(vec![owner.id], owners.map(|one| one.id).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_chat_is_passed_on_to_a_group_that_was_made() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let edit = |edit: Value| {
        let desk = &desk;
        async move {
            desk.asks_pages("save_group", &json!({ "edit": edit }))
                .await
        }
    };
    let empty = edit(json!({ "add": { "name": " " } })).await;
    assert_eq!(422, empty.status, "{}", empty.text);
    let added = edit(json!({ "add": { "name": "Repairs" } })).await;
    assert_eq!(200, added.status, "{}", added.text);
    let twice = edit(json!({ "add": { "name": "repairs" } })).await;
    assert!(twice.text.contains("twice"), "{}", twice.text);
    let group = team_as(&desk, &desk.owner).await.groups.remove(0);
    let stranger =
        json!({ "save": { "id": group.id, "name": "Repairs", "members": [desk.chatbot] } });
    assert_eq!(422, edit(stranger).await.status);
    let save = json!({ "save": { "id": group.id, "name": "Workshop", "members": [ben.id] } });
    let saved = edit(save).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    let group = team_as(&desk, &desk.owner).await.groups.remove(0);
    assert_eq!(("Workshop", vec![ben.id]), (&*group.name, group.members));
    let known = ana.comes_back(Vec::new()).await.groups;
    assert_eq!(group.id, known[0].id);
    ben.comes_back(Vec::new()).await;

    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    let passed = ana
        .asks(|key| AgentCommand::Transfer {
            conversation,
            handoff,
            key,
            to: Destination::Group(group.id),
            note: String::new(),
        })
        .await;
    passed.unwrap();
    ben.sees_pending(conversation).await;
    // Who waits for a group that is gone waits for everybody.
    let gone = edit(json!({ "delete": { "group": group.id } })).await;
    assert_eq!(200, gone.status, "{}", gone.text);
    assert_eq!(
        422,
        edit(json!({ "delete": { "group": group.id } }))
            .await
            .status
    );
    assert!(ben.comes_back(Vec::new()).await.groups.is_empty());
    ben.claims(conversation, handoff).await.unwrap();
}

#[tokio::test]
async fn open_inboxes_know_at_once_what_groups_there_are() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let desk = &desk;
    let edit = |edit: Value| async move {
        let answer = desk
            .asks_pages("save_group", &json!({ "edit": edit }))
            .await;
        assert_eq!(200, answer.status, "{}", answer.text);
    };
    edit(json!({ "add": { "name": "Repairs" } })).await;
    assert_eq!(Some(close::RESUME), ana.client.is_closed().await);
    let known = ana.comes_back(Vec::new()).await.groups;
    let [group] = &known[..] else {
        panic!("{known:?}")
    };
    assert_eq!("Repairs", group.name);
    let save =
        |name: &str| json!({ "save": { "id": group.id, "name": name, "members": [ana.id] } });

    // Who is in it no inbox shows: they stay as they are, and the next change reaches them all the same.
    edit(save("Repairs")).await;
    ana.client.send(&AgentCommand::Ping).await;
    let pong = |event: &AgentEvent| matches!(event, AgentEvent::Pong).then_some(());
    ana.client.hears("an answer", pong).await;
    edit(save("Workshop")).await;
    assert_eq!(Some(close::RESUME), ana.client.is_closed().await);
    let known = ana.comes_back(Vec::new()).await.groups;
    assert_eq!("Workshop", known[0].name);
    edit(json!({ "delete": { "group": known[0].id } })).await;
    assert_eq!(Some(close::RESUME), ana.client.is_closed().await);
    assert!(ana.comes_back(Vec::new()).await.groups.is_empty());
}

#[tokio::test]
async fn a_chat_goes_to_who_speaks_the_visitors_language_and_to_others_when_they_have_no_room() {
    let desk = TestDesk::start().await;
    let (ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    desk.sets(|effective, layer| {
        effective.routing.mode = RoutingMode::Auto;
        layer.routing = Some(effective.routing.clone());
    })
    .await;
    let mut of = member(&desk, "Ben").await;
    // The visitors of these stories have a browser in British English.
    of.languages = vec!["en".to_owned()];
    of.chat_limit = 1;
    let saved = saves(&desk, &desk.owner, form(&of)).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    ben.comes_back(Vec::new()).await;

    // Of two who never had a chat Ana would be first.
    for holder in [&ben, &ana] {
        let mut visitor = desk.visitor().await;
        visitor.asks_for_human().await.unwrap();
        let held = |card: &Card| matches!(card.state, CardState::Active { agent, .. } if agent == holder.id);
        ana.sees_card(visitor.conversation, held).await;
    }
}

#[tokio::test]
async fn outside_of_their_hours_somebody_is_offline_to_colleagues_and_to_routing() {
    let desk = TestDesk::start().await;
    let (ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut of = member(&desk, "Ben").await;
    of.hours = Some(WeekTimes {
        zone: "Europe/Zurich".to_owned(),
        open: Vec::new(),
    });
    of.languages = vec!["pt".to_owned(), "de".to_owned(), "de".to_owned()];
    let saved = saves(&desk, &desk.owner, form(&of)).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    let now = member(&desk, "Ben").await;
    assert_eq!(of.hours, now.hours);
    assert_eq!(vec!["de", "pt"], now.languages);
    let welcome = ben.comes_back(Vec::new()).await;
    let me = welcome.team.iter().find(|one| one.id == ben.id).unwrap();
    assert_eq!(Availability::Offline, me.availability);
    let told = |event: &AgentEvent| match event {
        AgentEvent::TeamChanged(team) => team
            .iter()
            .any(|one| {
                let off = one.availability == Availability::Offline;
                one.id == ben.id && off && one.languages == ["de", "pt"]
            })
            .then_some(()),
        _ => None,
    };
    ana.client.hears("that Ben is off", told).await;

    for (hours, languages, problem) in [
        (
            json!({ "zone": "Nowhere/At_all", "open": [] }),
            json!([]),
            "unknown_zone",
        ),
        (Value::Null, json!(["tongue twister"]), "not_a_language"),
    ] {
        let mut wrong = form(&now);
        wrong["hours"] = hours;
        wrong["languages"] = languages;
        let refused = saves(&desk, &desk.owner, wrong).await;
        assert!(refused.text.contains(problem), "{}", refused.text);
    }
}
