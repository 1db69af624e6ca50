//! Roles that a workspace makes itself: what one takes away cannot be done by any way, and counts at
//! once.

use std::time::{Duration, Instant};

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::close;
use protocol::entry::Destination;
use protocol::erasure::Subject;
use protocol::permission::{Permission, PermissionSet};
use protocol::person::Role;
use protocol::team::{InviteLink, MemberView, TeamRole, TeamView};
use protocol::{ConversationId, Refusal};
use serde_json::{Value, json};

use crate::actors::{AgentActor, Answer, TestDesk, get};

async fn team(desk: &TestDesk) -> TeamView {
    let answer = desk.asks_pages("load_team", &json!({})).await;
    serde_json::from_str(&answer.text).unwrap_or_else(|error| panic!("{error}: {}", answer.text))
}

async fn member(desk: &TestDesk, name: &str) -> MemberView {
    let mut members = team(desk).await.members.into_iter();
    members.find(|one| one.name == name).expect(name)
}

async fn edits(desk: &TestDesk, cookie: &str, edit: Value) -> Answer {
    let body = json!({ "edit": edit });
    desk.asks_pages_as(cookie, "save_role", &body).await
}

/// Makes a role, as it is kept.
pub(crate) async fn makes(
    desk: &TestDesk,
    name: &str,
    like: Role,
    without: &[Permission],
) -> TeamRole {
    let edit = json!({ "add": { "name": name, "like": like, "without": without } });
    let made = edits(desk, &desk.owner, edit).await;
    assert_eq!(200, made.status, "{}", made.text);
    let mut roles = team(desk).await.roles.into_iter();
    roles.find(|role| role.name == name).expect(name)
}

async fn takes_away(desk: &TestDesk, role: &TeamRole, without: &[Permission]) -> Answer {
    let edit = json!({ "save": { "role": role.id, "name": role.name, "without": without } });
    edits(desk, &desk.owner, edit).await
}

/// Gives somebody a preset, or a role that is like it.
pub(crate) async fn gives(
    desk: &TestDesk,
    cookie: &str,
    name: &str,
    role: Role,
    own: Value,
) -> Answer {
    let of = member(desk, name).await;
    let body = json!({ "form": {
        "agent": of.id, "version": of.version, "name": of.name, "role": role, "custom": own,
        "assigned": of.assigned, "chat_limit": of.chat_limit, "priority": of.priority,
        "handoff_mail": of.handoff_mail,
    } });
    desk.asks_pages_as(cookie, "save_member", &body).await
}

async fn erases(agent: &mut AgentActor, conversation: ConversationId) -> Result<(), Refusal> {
    let subject = Subject::Conversation;
    let asked = agent.asks(|key| AgentCommand::Erase {
        conversation,
        key,
        subject,
    });
    asked.await.map(drop)
}

#[tokio::test]
async fn what_a_role_takes_away_cannot_be_done_by_any_way() {
    let desk = TestDesk::start().await;
    let taken = [Permission::EraseData, Permission::SeeAudit];
    let role = makes(&desk, "Night admin", Role::Admin, &taken).await;
    let cookie = desk.signs_in_as("Ada", Role::Admin).await;
    let given = gives(&desk, &desk.owner, "Ada", Role::Admin, json!(role.id)).await;
    assert_eq!(200, given.status, "{}", given.text);
    assert_eq!(Some(role.id), member(&desk, "Ada").await.custom);

    let mut ada = AgentActor::connects(&desk.url, "Ada", cookie.clone()).await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    ada.sees_pending(conversation).await;
    ada.opens(conversation).await;
    let refused = erases(&mut ada, conversation).await;
    assert_eq!(Err(Refusal::NotAllowed), refused);
    for (name, body) in [
        ("load_erasures", json!({ "before": null })),
        ("load_audit", json!({ "query": "" })),
    ] {
        let answer = desk.asks_pages_as(&cookie, name, &body).await;
        assert!(
            answer.text.contains("not_allowed"),
            "{name}: {}",
            answer.text
        );
    }
    let header = [("cookie", &*cookie)];
    let file = get(&format!("{}/audit/export.csv", desk.url), &header).await;
    assert_ne!(200, file.status);
    let index = get(&format!("{}/settings", desk.url), &header).await;
    assert!(index.text.contains("/team") && !index.text.contains("/erasures"));
    // The rest of an admin is there.
    let settings = desk.asks_pages_as(&cookie, "load_team", &json!({})).await;
    assert_eq!(200, settings.status, "{}", settings.text);

    let gone = json!({ "delete": { "role": role.id } });
    let gone = edits(&desk, &desk.owner, gone).await;
    assert_eq!(200, gone.status, "{}", gone.text);
    assert_eq!(None, member(&desk, "Ada").await.custom);
    assert_eq!(Role::Admin, member(&desk, "Ada").await.role);
    let body = json!({ "before": null });
    let allowed = desk.asks_pages_as(&cookie, "load_erasures", &body).await;
    assert_eq!(200, allowed.status, "{}", allowed.text);
}

#[tokio::test]
async fn what_is_taken_away_while_somebody_works_is_gone_within_a_second() {
    let desk = TestDesk::start().await;
    let role = makes(&desk, "Lead", Role::Supervisor, &[]).await;
    let cookie = desk.signs_in_as("Sue", Role::Supervisor).await;
    let given = gives(&desk, &desk.owner, "Sue", Role::Supervisor, json!(role.id)).await;
    assert_eq!(200, given.status, "{}", given.text);
    let ben = desk.agent("Ben").await;
    let mut sue = AgentActor::connects(&desk.url, "Sue", cookie).await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = sue.sees_pending(conversation).await;
    ben.client.forget();

    let since = Instant::now();
    let taken = [Permission::AssignChats, Permission::TakeChats];
    let saved = takes_away(&desk, &role, &taken).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    assert_eq!(Some(close::RESUME), sue.client.is_closed().await);
    assert!(
        since.elapsed() < Duration::from_secs(1),
        "{:?}",
        since.elapsed()
    );
    let without: PermissionSet = taken.into_iter().collect();
    let id = sue.id;
    let hears = |event: &AgentEvent| match event {
        AgentEvent::TeamChanged(team) => {
            let mut team = team.iter();
            team.any(|one| one.id == id && one.without == without)
                .then_some(())
        }
        _ => None,
    };
    ben.client.hears("what Sue may do", hears).await;

    let welcome = sue.comes_back(Vec::new()).await;
    let me = welcome.team.iter().find(|one| one.id == id).unwrap();
    assert_eq!((Role::Supervisor, without), (me.role, me.without));
    let to = Destination::Agent(ben.id);
    let passes = sue.asks(|key| AgentCommand::Transfer {
        handoff,
        conversation,
        key,
        to,
        note: String::new(),
    });
    assert_eq!(Err(Refusal::NotAllowed), passes.await);
    let claimed = sue.claims(conversation, handoff).await;
    assert_eq!(Err(Refusal::NotAllowed), claimed.map(drop));

    let saved = takes_away(&desk, &role, &[]).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    assert_eq!(Some(close::RESUME), sue.client.is_closed().await);
    sue.comes_back(Vec::new()).await;
    sue.claims(conversation, handoff).await.unwrap();
}

#[tokio::test]
async fn nobody_comes_to_more_than_they_have() {
    let desk = TestDesk::start().await;
    let role = makes(&desk, "Tame", Role::Admin, &[Permission::EraseData]).await;
    let own = json!(role.id);
    let cookie = desk.signs_in_as("Ada", Role::Admin).await;
    desk.signs_in_as("Alva", Role::Admin).await;
    desk.agent("Ben").await;
    let given = gives(&desk, &desk.owner, "Ada", Role::Admin, own.clone()).await;
    assert_eq!(200, given.status, "{}", given.text);

    let refused = |answer: Answer| assert!(answer.text.contains("not_allowed"), "{}", answer.text);
    refused(gives(&desk, &cookie, "Ada", Role::Admin, Value::Null).await);
    refused(gives(&desk, &cookie, "Ben", Role::Admin, Value::Null).await);
    refused(edits(&desk, &cookie, json!({ "delete": { "role": role.id } })).await);
    let all = json!({ "save": { "role": role.id, "name": "Tame", "without": [] } });
    refused(edits(&desk, &cookie, all).await);
    let alva = member(&desk, "Alva").await.id;
    for (name, body) in [
        ("make_reset", json!({ "agent": alva })),
        (
            "invite",
            json!({ "form": { "email": "a@example.org", "role": "admin" } }),
        ),
    ] {
        refused(desk.asks_pages_as(&cookie, name, &body).await);
    }
    // What they have they give.
    let given = gives(&desk, &cookie, "Ben", Role::Admin, own).await;
    assert_eq!(200, given.status, "{}", given.text);
    let demoted = gives(&desk, &cookie, "Alva", Role::Agent, Value::Null).await;
    assert_eq!(200, demoted.status, "{}", demoted.text);
}

#[tokio::test]
async fn roles_have_names_of_their_own_and_are_given_as_what_they_are() {
    let desk = TestDesk::start().await;
    let role = makes(
        &desk,
        "Night shift",
        Role::Agent,
        &[Permission::EditContacts],
    )
    .await;
    desk.agent("Ben").await;
    for (name, like) in [("night SHIFT", "agent"), ("", "agent"), ("Boss", "owner")] {
        let edit = json!({ "add": { "name": name, "like": like, "without": [] } });
        let refused = edits(&desk, &desk.owner, edit).await;
        assert_eq!(422, refused.status, "{name:?}: {}", refused.text);
    }
    let wrong = gives(&desk, &desk.owner, "Ben", Role::Admin, json!(role.id)).await;
    assert_eq!(422, wrong.status, "{}", wrong.text);
    let given = gives(&desk, &desk.owner, "Ben", Role::Agent, json!(role.id)).await;
    assert_eq!(200, given.status, "{}", given.text);
    let page = get(&format!("{}/team", desk.url), &[("cookie", &desk.owner)]).await;
    assert!(page.text.contains("Night shift"));
    let log = desk.asks_pages("load_audit", &json!({ "query": "" })).await;
    for word in ["role_made", "Night shift", "edit_contacts"] {
        assert!(log.text.contains(word), "{word}: {}", log.text);
    }
    // Whoever is given another preset has its role no more.
    let given = gives(&desk, &desk.owner, "Ben", Role::Supervisor, Value::Null).await;
    assert_eq!(200, given.status, "{}", given.text);
    assert_eq!(None, member(&desk, "Ben").await.custom);
}

async fn invites(
    desk: &TestDesk,
    cookie: &str,
    email: &str,
    (like, role): (Role, Value),
) -> Answer {
    let body = json!({ "form": { "email": email, "role": like, "custom": role } });
    desk.asks_pages_as(cookie, "invite", &body).await
}

fn secret(answer: &Answer) -> String {
    let link: InviteLink = serde_json::from_str(&answer.text).expect(&answer.text);
    let link = link.link.unwrap();
    link.split_once('#').unwrap().1.to_owned()
}

async fn joins(desk: &TestDesk, token: &str, name: &str) -> Answer {
    let password = "a quiet walk in the rain";
    let body = json!({ "form": { "token": token, "name": name, "password": password } });
    desk.asks_pages_as("", "join", &body).await
}

#[tokio::test]
async fn who_is_invited_to_a_role_of_the_workspaces_own_joins_without_what_it_takes_away() {
    let desk = TestDesk::start().await;
    let taken = [Permission::EraseData, Permission::SeeAudit];
    let role = makes(&desk, "Night admin", Role::Admin, &taken).await;
    let own = (Role::Admin, json!(role.id));
    let made = invites(&desk, &desk.owner, "ada@example.org", own).await;
    let token = secret(&made);
    let listed = team(&desk).await.invites;
    assert_eq!(
        (Role::Admin, Some(role.id)),
        (listed[0].role, listed[0].custom)
    );
    // Whoever reads it sees its own name.
    let seen = json!({ "token": token });
    let seen = desk.asks_pages_as("", "load_invite", &seen).await;
    assert!(seen.text.contains("Night admin"), "{}", seen.text);
    let joined = joins(&desk, &token, "Ada").await;
    assert_eq!(200, joined.status, "{}", joined.text);
    assert_eq!(Some(role.id), member(&desk, "Ada").await.custom);
    let set = joined.headers["set-cookie"].to_str().unwrap();
    let ada = set.split(';').next().unwrap().to_owned();
    let query = json!({ "query": "" });
    let audit = desk.asks_pages_as(&ada, "load_audit", &query).await;
    assert!(audit.text.contains("not_allowed"), "{}", audit.text);
    // And has it as anybody who was given it.
    let settings = desk.asks_pages_as(&ada, "load_team", &json!({})).await;
    assert_eq!(200, settings.status, "{}", settings.text);

    // Nobody invites to more than they have: not to what was taken away from themselves.
    let full = makes(&desk, "Day admin", Role::Admin, &[]).await;
    let more = (Role::Admin, json!(full.id));
    let refused = invites(&desk, &ada, "eve@example.org", more).await;
    assert!(refused.text.contains("not_allowed"), "{}", refused.text);
    let preset = (Role::Admin, json!(null));
    let refused = invites(&desk, &ada, "eve@example.org", preset).await;
    assert!(refused.text.contains("not_allowed"), "{}", refused.text);
    let same = (Role::Admin, json!(role.id));
    let made = invites(&desk, &ada, "bea@example.org", same).await;
    assert_eq!(200, made.status, "{}", made.text);
    // Nor under the name of another preset.
    let wrong = (Role::Agent, json!(role.id));
    let refused = invites(&desk, &desk.owner, "eve@example.org", wrong).await;
    assert!(refused.text.contains("not_found"), "{}", refused.text);
}

#[tokio::test]
async fn an_invitation_ends_with_its_role_and_gives_no_more_instead() {
    let desk = TestDesk::start().await;
    let role = makes(&desk, "Night admin", Role::Admin, &[Permission::EraseData]).await;
    let own = (Role::Admin, json!(role.id));
    let made = invites(&desk, &desk.owner, "ada@example.org", own).await;
    let token = secret(&made);
    let gone = json!({ "delete": { "role": role.id } });
    let gone = edits(&desk, &desk.owner, gone).await;
    assert_eq!(200, gone.status, "{}", gone.text);
    assert!(team(&desk).await.invites.is_empty());
    let joined = joins(&desk, &token, "Ada").await;
    assert!(joined.text.contains("invite_over"), "{}", joined.text);
    let audit = desk.asks_pages("load_audit", &json!({ "query": "" })).await;
    let ended = audit.text.find("invite_revoked").expect(&audit.text);
    assert!(audit.text[ended..].contains("ada@example.org"));
    // The address is free for another.
    let preset = (Role::Agent, json!(null));
    let made = invites(&desk, &desk.owner, "ada@example.org", preset).await;
    assert_eq!(200, made.status, "{}", made.text);
}
