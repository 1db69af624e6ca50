//! Who may call what: every server function, asked by everybody who could ask. A function without a row
//! fails the test.

use std::collections::BTreeSet;

use domain::permissions::Permission;
use leptos::server_fn::axum::server_fn_paths;
use protocol::forms::{ChatbotEdit, ReplyForm, TargetsForm};
use protocol::label::{LabelEdit, LabelKind};
use protocol::person::{Assigned, Role};
use protocol::reply::Share;
use protocol::settings::SettingsLayer;
use protocol::team::{InviteForm, MemberForm, TeamView};
use protocol::{AgentId, ConversationId, DeliveryId, InviteId, ReplyId, Timestamp};
use serde_json::{Value, json};

use crate::actors::{Answer, TestDesk, get, post_json};

const ROLES: [Role; 6] = [
    Role::SupportAgent,
    Role::Agent,
    Role::AccountManager,
    Role::Supervisor,
    Role::Admin,
    Role::Owner,
];

/// What somebody needs to call a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// Whoever is at the door calls it.
    Nothing,
    SignIn,
    May(Permission),
}

/// A function, what it needs, and what it is asked: nothing that another row would notice.
struct Row {
    name: &'static str,
    needs: Needs,
    body: Value,
}

fn row(name: &'static str, needs: Needs, body: Value) -> Row {
    Row { name, needs, body }
}

/// One row for each function, and another where it needs more for some of what it is asked.
async fn rows(desk: &TestDesk) -> Vec<Row> {
    use Needs::{May, Nothing, SignIn};
    use Permission::{
        EraseData, SaveSettings, SaveTeam, SeeAudit, SeeEmbedding, SeeIdentitySecrets, ShareReplies,
    };
    let nobody = AgentId::new(Timestamp(1), &[7; 10]);
    let no_reply = ReplyId::new(Timestamp(1), &[7; 10]);
    let no_invite = InviteId::new(Timestamp(1), &[7; 10]);
    let no_delivery = DeliveryId::new(Timestamp(1), &[7; 10]);
    let no_talk = ConversationId::new(Timestamp(1), &[7; 10]);
    let hours = desk.settings().await.effective.hours;
    let chatbot = desk.chatbot;
    let reply = |share| ReplyForm {
        id: None,
        version: 0,
        share,
        shortcut: "hi".to_owned(),
        title: "Hi".to_owned(),
        text: "Hello".to_owned(),
        steps: Vec::new(),
        files: Vec::new(),
    };
    let member = MemberForm {
        agent: nobody,
        version: 1,
        name: "Nobody".to_owned(),
        role: Role::Agent,
        assigned: Assigned::All,
        chat_limit: 3,
        priority: 1,
        handoff_mail: true,
    };
    let invite = InviteForm {
        email: "not an address".to_owned(),
        role: Role::Agent,
    };
    let targets = TargetsForm {
        chatbot: Some(chatbot),
        version: 99,
        own: None,
    };
    let rename = ChatbotEdit::Rename {
        chatbot,
        name: String::new(),
    };
    let label = LabelEdit::Add {
        kind: LabelKind::Tag,
        name: String::new(),
    };
    let layer = SettingsLayer::default();
    vec![
        row("load_me", Nothing, json!({})),
        row("load_workspace", Nothing, json!({})),
        row("sign_in", Nothing, json!({})),
        row("sign_out", Nothing, json!({})),
        row("set_up", Nothing, json!({})),
        row("load_invite", Nothing, json!({ "token": "none" })),
        row(
            "join",
            Nothing,
            json!({ "form": { "token": "none", "name": "A", "password": "b" } }),
        ),
        row("load_mails", Nothing, json!({})),
        row(
            "ask_reset",
            Nothing,
            json!({ "form": { "email": "nobody@example.org" } }),
        ),
        row("load_reset", Nothing, json!({ "token": "none" })),
        row(
            "reset_password",
            Nothing,
            json!({ "form": { "token": "none", "password": "b" } }),
        ),
        row("load_replies", SignIn, json!({})),
        row("save_reply", SignIn, json!({ "form": reply(Share::Own) })),
        row(
            "save_reply",
            May(ShareReplies),
            json!({ "form": reply(Share::Workspace) }),
        ),
        row(
            "delete_reply",
            SignIn,
            json!({ "reply": no_reply, "version": 1 }),
        ),
        row(
            "place_reply",
            SignIn,
            json!({ "reply": no_reply, "before": null }),
        ),
        row("load_diagnosis", SignIn, json!({ "conversation": no_talk })),
        row("load_embed", May(SeeEmbedding), json!({})),
        row("load_chatbots", May(SaveSettings), json!({})),
        row("load_begin", May(SaveSettings), json!({})),
        row(
            "teach",
            May(SaveSettings),
            json!({ "form": { "chatbot": chatbot, "text": "" } }),
        ),
        row("save_chatbot", May(SaveSettings), json!({ "edit": rename })),
        row(
            "load_identity_secret",
            May(SeeIdentitySecrets),
            json!({ "chatbot": chatbot }),
        ),
        row(
            "renew_identity_secret",
            May(SeeIdentitySecrets),
            json!({ "chatbot": chatbot }),
        ),
        row("load_labels", May(SaveSettings), json!({})),
        row("save_label", May(SaveSettings), json!({ "edit": label })),
        row("load_targets", May(SaveSettings), json!({})),
        row(
            "save_targets",
            May(SaveSettings),
            json!({ "form": targets }),
        ),
        row(
            "load_settings",
            May(SaveSettings),
            json!({ "chatbot": chatbot }),
        ),
        row(
            "save_settings",
            May(SaveSettings),
            json!({ "chatbot": chatbot, "layer": layer, "version": 99 }),
        ),
        row(
            "load_hours_now",
            May(SaveSettings),
            json!({ "hours": hours }),
        ),
        row("load_profile", SignIn, json!({})),
        row(
            "edit_profile",
            SignIn,
            json!({ "edit": { "confirm_two_steps": "none" } }),
        ),
        row(
            "edit_profile",
            May(SaveTeam),
            json!({ "edit": { "end_two_steps_of": nobody } }),
        ),
        row("load_team", May(SaveTeam), json!({})),
        row("save_member", May(SaveTeam), json!({ "form": member })),
        row(
            "save_assignment",
            May(SaveTeam),
            json!({ "agent": nobody, "assigned": "all" }),
        ),
        row(
            "set_active",
            May(SaveTeam),
            json!({ "agent": nobody, "version": 1, "active": false }),
        ),
        row("invite", May(SaveTeam), json!({ "form": invite })),
        row("mail_invite", May(SaveTeam), json!({ "invite": no_invite })),
        row("make_reset", May(SaveTeam), json!({ "agent": nobody })),
        row("load_deliveries", May(SaveSettings), json!({})),
        row("load_erasures", May(EraseData), json!({ "before": null })),
        row("load_data", May(SaveSettings), json!({})),
        row("end_import", May(SaveSettings), json!({ "digest": "none" })),
        row("load_audit", May(SeeAudit), json!({ "query": "" })),
        row(
            "send_again",
            May(SaveSettings),
            json!({ "delivery": no_delivery }),
        ),
        row("send_test", May(SaveSettings), json!({})),
        row(
            "renew_invite",
            May(SaveTeam),
            json!({ "invite": no_invite }),
        ),
        row(
            "revoke_invite",
            May(SaveTeam),
            json!({ "invite": no_invite }),
        ),
    ]
}

/// What became of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Came {
    /// Nobody is signed in.
    Door,
    /// The role does not allow it.
    NotAllowed,
    /// It was done, or refused for what was asked.
    In,
}

fn came(name: &str, answer: &Answer) -> Came {
    match answer.status {
        401 => Came::Door,
        422 if answer.text.contains(r#""not_allowed""#) => Came::NotAllowed,
        // A body that the function cannot read would prove nothing of who may send it.
        200 | 422 => Came::In,
        other => panic!("{name}: {other}: {}", answer.text),
    }
}

#[tokio::test]
async fn every_function_has_a_row() {
    let desk = TestDesk::start().await;
    let rows: BTreeSet<_> = rows(&desk).await.iter().map(|row| row.name).collect();
    let served = server_fn_paths().map(|(path, method)| {
        assert_eq!("POST", method.as_str(), "{path}");
        path.strip_prefix("/pages/").expect("all in one place")
    });
    let served: BTreeSet<_> = served.collect();
    assert!(served.len() > 20, "nothing is served");
    assert_eq!(served, rows);
}

#[tokio::test]
async fn a_function_answers_those_who_may_and_nobody_else() {
    let desk = TestDesk::start().await;
    let mut cookies = Vec::new();
    for role in ROLES {
        let cookie = desk.signs_in_as(&format!("Agent {role:?}"), role).await;
        cookies.push((role, cookie));
    }
    let gone = desk.signs_in_as("Gone", Role::Owner).await;
    deactivate(&desk, "Gone").await;
    for Row { name, needs, body } in rows(&desk).await {
        if needs == Needs::Nothing {
            continue;
        }
        for (who, cookie) in [("a stranger", ""), ("who was deactivated", &*gone)] {
            let answer = desk.asks_pages_as(cookie, name, &body).await;
            assert_eq!(Came::Door, came(name, &answer), "{name}, asked by {who}");
        }
        for (role, cookie) in &cookies {
            let allowed = match needs {
                Needs::May(permission) => permission.is_given_to(*role),
                Needs::Nothing | Needs::SignIn => true,
            };
            let expected = if allowed { Came::In } else { Came::NotAllowed };
            let answer = desk.asks_pages_as(cookie, name, &body).await;
            let case = format!("{name}, asked by {role:?}: {}", answer.text);
            assert_eq!(expected, came(name, &answer), "{case}");
        }
    }
}

#[tokio::test]
async fn no_function_answers_another_site_or_a_link() {
    let desk = TestDesk::start().await;
    for Row { name, body, .. } in rows(&desk).await {
        let url = format!("{}/pages/{name}", desk.url);
        for origin in [Some("https://evil.example"), Some("null"), None] {
            let mut headers = vec![("cookie", &*desk.owner), ("accept", "application/json")];
            headers.extend(origin.map(|origin| ("origin", origin)));
            let answer = post_json(&url, &headers, &body).await;
            assert_eq!(
                403, answer.status,
                "{name} from {origin:?}: {}",
                answer.text
            );
        }
        let link = get(&url, &[("cookie", &desk.owner)]).await;
        assert!(
            link.status == 404 || link.status == 405,
            "{name} by a link: {}",
            link.status
        );
    }
}

async fn deactivate(desk: &TestDesk, name: &str) {
    let team = desk.asks_pages("load_team", &json!({})).await;
    let team: TeamView = serde_json::from_str(&team.text).unwrap();
    let member = team.members.iter().find(|member| member.name == name);
    let member = member.expect("on the team");
    let body = json!({ "agent": member.id, "version": member.version, "active": false });
    let done = desk.asks_pages("set_active", &body).await;
    assert_eq!(200, done.status, "{}", done.text);
}
