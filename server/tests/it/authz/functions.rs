//! Every server function, asked by everybody who could ask, about what is theirs and what is not. A
//! function without a row fails the test.

use std::collections::BTreeSet;

use domain::permissions::Permission;
use leptos::server_fn::axum::server_fn_paths;
use protocol::api_token::Scope;
use protocol::forms::{ChatbotEdit, RepliesView, ReplyForm, TargetsForm};
use protocol::label::{LabelEdit, LabelKind};
use protocol::person::{Assigned, Role};
use protocol::reply::Share;
use protocol::settings::SettingsLayer;
use protocol::team::{InviteForm, MemberForm, TeamView};
use protocol::{AgentId, ApiTokenId, ConversationId, DeliveryId, InviteId, ReplyId, Timestamp};
use serde_json::{Value, json};

use super::Actor;
use super::report::{Came, Report};
use super::secrets::Ear;
use super::world::World;
use crate::actors::{Answer, TestDesk, get, post_json};
use crate::profile::profile_as;

/// What somebody needs to call a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    /// Whoever is at the door calls it.
    Nothing,
    SignIn,
    May(Permission),
}

impl Needs {
    /// Whether a role is enough.
    pub(super) fn are_met_by(self, actor: Actor) -> bool {
        match self {
            Self::Nothing | Self::SignIn => true,
            Self::May(permission) => actor.has(permission),
        }
    }
}

/// A function, what it needs, and what it is asked: nothing that another row would notice.
struct Row {
    name: &'static str,
    needs: Needs,
    body: Value,
    /// Whether it names what is not there for those who ask.
    foreign: bool,
}

fn row(name: &'static str, needs: Needs, body: Value) -> Row {
    Row {
        name,
        needs,
        body,
        foreign: false,
    }
}

/// One row for each function, and another where it needs more for some of what it is asked.
async fn own_rows(desk: &TestDesk) -> Vec<Row> {
    use Needs::{May, Nothing, SignIn};
    use Permission::{
        EraseData, SaveOwners, SaveSettings, SaveTeam, SeeAudit, SeeEmbedding, SeeIdentitySecrets,
        ShareReplies, UseApi,
    };
    let nobody = AgentId::new(Timestamp(1), &[7; 10]);
    let no_reply = ReplyId::new(Timestamp(1), &[7; 10]);
    let no_invite = InviteId::new(Timestamp(1), &[7; 10]);
    let no_token = ApiTokenId::new(Timestamp(1), &[7; 10]);
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
        custom: None,
        assigned: Assigned::All,
        chat_limit: 3,
        priority: 1,
        handoff_mail: true,
        hours: None,
        languages: Vec::new(),
    };
    let invite = InviteForm {
        email: "not an address".to_owned(),
        role: Role::Agent,
        custom: None,
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
        row(
            "load_knowledge",
            May(SaveSettings),
            json!({ "chatbot": chatbot, "before": null }),
        ),
        row(
            "forget_source",
            May(SaveSettings),
            json!({ "form": { "chatbot": chatbot, "source": 0, "learned_at": 0 } }),
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
            "load_hours_outlook",
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
            SignIn,
            json!({ "edit": { "notices": { "version": 99, "notices": {
                "mail": true, "requests": true, "replies": true, "quiet": null,
            } } } }),
        ),
        row(
            "edit_profile",
            May(SaveTeam),
            json!({ "edit": { "end_two_steps_of": nobody } }),
        ),
        row(
            "edit_profile",
            May(SaveTeam),
            json!({ "edit": { "revoke_token_of": no_token } }),
        ),
        row(
            "edit_profile",
            May(UseApi),
            json!({ "edit": { "make_token": {
                "name": "", "scopes": [], "lasts": "month", "password": "",
            } } }),
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
        row(
            "save_group",
            May(SaveTeam),
            json!({ "edit": { "add": { "name": "" } } }),
        ),
        row(
            "save_role",
            May(SaveTeam),
            json!({ "edit": { "add": { "name": "", "like": "agent", "without": [] } } }),
        ),
        row("load_modules", May(SaveTeam), json!({})),
        // Which it is anyway.
        row(
            "save_module",
            May(SaveTeam),
            json!({ "rule": { "module": "assistant", "on": true, "presets": [], "roles": [] } }),
        ),
        // A wrong password, so that nobody is handed anything.
        row(
            "hand_over",
            May(SaveOwners),
            json!({ "form": { "to": nobody, "version": 1, "password": "none" } }),
        ),
        row("load_playground", May(SaveSettings), json!({ "told": 0 })),
        row(
            "play",
            May(SaveSettings),
            json!({ "play": { "turn": 15 }, "told": 0 }),
        ),
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

/// The same functions, asked about another workspace, or about a chatbot that one is not assigned to.
async fn foreign_rows(world: &World) -> Vec<Row> {
    use Needs::{May, SignIn};
    use Permission::{SaveSettings, SaveTeam, SeeIdentitySecrets, ShareReplies};
    let chatbot = world.foreign.chatbot;
    let agent = world.fia.id;
    let cookie = &world.fia.cookie;
    let group = json!({ "edit": { "add": { "name": "quillback" } } });
    let _made = world.desk.asks_pages_as(cookie, "save_group", &group).await;
    let role =
        json!({ "edit": { "add": { "name": "quillback", "like": "agent", "without": [] } } });
    let _made = world.desk.asks_pages_as(cookie, "save_role", &role).await;
    let theirs = world
        .desk
        .asks_pages_as(cookie, "load_team", &json!({}))
        .await;
    let theirs: TeamView = serde_json::from_str(&theirs.text).unwrap();
    let invite = theirs.invites[0].id;
    let group = theirs.groups[0].id;
    let role = theirs.roles[0].id;
    let version = theirs.members[0].version;
    let replies = world
        .desk
        .asks_pages_as(cookie, "load_replies", &json!({}))
        .await;
    let replies: RepliesView = serde_json::from_str(&replies.text).unwrap();
    let reply = &replies.replies[0];
    crate::api::token(&world.desk, cookie, vec![Scope::Read]).await;
    let token = profile_as(&world.desk, cookie).await.tokens[0].id;
    let labels = world
        .desk
        .asks_pages_as(cookie, "load_labels", &json!({}))
        .await;
    let labels: Value = serde_json::from_str(&labels.text).unwrap();
    let tag = &labels["tags"][0]["id"];
    assert!(tag.is_string(), "{labels}");
    let member = json!({
        "agent": agent, "version": version, "name": "Mallory", "role": "agent", "assigned": "all",
        "chat_limit": 3, "priority": 1, "handoff_mail": true,
    });
    let form = json!({
        "id": reply.id, "version": reply.version, "share": "workspace", "shortcut": "theirs",
        "title": "Theirs", "text": "Mallory",
    });
    let share = json!({
        "id": null, "version": 0, "share": { "chatbot": chatbot }, "shortcut": "theirs",
        "title": "Theirs", "text": "Mallory",
    });
    let layer = SettingsLayer::default();
    let targets = json!({ "chatbot": chatbot, "version": 0, "own": null });
    let unassigned = json!({ "conversation": world.unassigned.conversation });
    let foreign = |name, needs, body| Row {
        foreign: true,
        ..row(name, needs, body)
    };
    vec![
        // Why one does not get it is what is asked there, so it exists; nothing else is told of it.
        row("load_diagnosis", SignIn, unassigned),
        foreign("save_reply", May(ShareReplies), json!({ "form": form })),
        foreign("save_reply", May(ShareReplies), json!({ "form": share })),
        foreign(
            "delete_reply",
            SignIn,
            json!({ "reply": reply.id, "version": reply.version }),
        ),
        foreign(
            "place_reply",
            SignIn,
            json!({ "reply": reply.id, "before": null }),
        ),
        foreign(
            "load_diagnosis",
            SignIn,
            json!({ "conversation": world.foreign.conversation }),
        ),
        foreign(
            "save_chatbot",
            May(SaveSettings),
            json!({ "edit": { "rename": { "chatbot": chatbot, "name": "Mallory" } } }),
        ),
        foreign(
            "save_chatbot",
            May(SaveSettings),
            json!({ "edit": { "archive": { "chatbot": chatbot, "archived": true } } }),
        ),
        foreign(
            "load_identity_secret",
            May(SeeIdentitySecrets),
            json!({ "chatbot": chatbot }),
        ),
        foreign(
            "renew_identity_secret",
            May(SeeIdentitySecrets),
            json!({ "chatbot": chatbot }),
        ),
        foreign(
            "load_identity_secret",
            May(SeeIdentitySecrets),
            json!({ "chatbot": world.unassigned.chatbot }),
        ),
        foreign(
            "teach",
            May(SaveSettings),
            json!({ "form": { "chatbot": chatbot, "text": "Mallory was here" } }),
        ),
        foreign(
            "load_knowledge",
            May(SaveSettings),
            json!({ "chatbot": chatbot, "before": null }),
        ),
        foreign(
            "forget_source",
            May(SaveSettings),
            json!({ "form": { "chatbot": chatbot, "source": 1, "learned_at": 0 } }),
        ),
        foreign(
            "load_settings",
            May(SaveSettings),
            json!({ "chatbot": chatbot }),
        ),
        foreign(
            "save_settings",
            May(SaveSettings),
            json!({ "chatbot": chatbot, "layer": layer, "version": 0 }),
        ),
        foreign(
            "save_targets",
            May(SaveSettings),
            json!({ "form": targets }),
        ),
        foreign(
            "save_label",
            May(SaveSettings),
            json!({ "edit": { "rename": { "label": { "tag": tag }, "name": "Mallory" } } }),
        ),
        foreign("save_member", May(SaveTeam), json!({ "form": member })),
        foreign(
            "save_assignment",
            May(SaveTeam),
            json!({ "agent": agent, "assigned": "all" }),
        ),
        foreign(
            "set_active",
            May(SaveTeam),
            json!({ "agent": agent, "version": version, "active": false }),
        ),
        foreign("make_reset", May(SaveTeam), json!({ "agent": agent })),
        foreign(
            "save_role",
            May(SaveTeam),
            json!({ "edit": { "save": { "role": role, "name": "Mallory", "without": [] } } }),
        ),
        foreign(
            "save_role",
            May(SaveTeam),
            json!({ "edit": { "delete": { "role": role } } }),
        ),
        foreign(
            "save_group",
            May(SaveTeam),
            json!({ "edit": { "save": { "id": group, "name": "Mallory", "members": [] } } }),
        ),
        foreign(
            "save_group",
            May(SaveTeam),
            json!({ "edit": { "delete": { "group": group } } }),
        ),
        foreign(
            "edit_profile",
            May(SaveTeam),
            json!({ "edit": { "end_two_steps_of": agent } }),
        ),
        foreign(
            "edit_profile",
            SignIn,
            json!({ "edit": { "revoke_token": token } }),
        ),
        foreign(
            "edit_profile",
            May(SaveTeam),
            json!({ "edit": { "revoke_token_of": token } }),
        ),
        foreign("mail_invite", May(SaveTeam), json!({ "invite": invite })),
        foreign("renew_invite", May(SaveTeam), json!({ "invite": invite })),
        foreign("revoke_invite", May(SaveTeam), json!({ "invite": invite })),
    ]
}

/// What became of a call.
fn came(row: &Row, answer: &Answer) -> Came {
    match answer.status {
        401 => Came::Door,
        403 => Came::NotAllowed,
        422 if answer.text.contains(r#""not_allowed""#) => Came::NotAllowed,
        422 if row.foreign && is_not_there(&answer.text) => Came::NotFound,
        // A body that the function cannot read would prove nothing of who may send it.
        200 | 422 => Came::In,
        400 if row.needs == Needs::Nothing => Came::In,
        other => Came::Broken(other),
    }
}

/// What is another workspace's is answered as what does not exist is.
fn is_not_there(text: &str) -> bool {
    ["not_found", "reply_changed", "chatbot_unknown", "link_over"]
        .iter()
        .any(|word| text.contains(&format!("\"{word}\"")))
}

/// Every function has a row.
pub(super) async fn are_all_here(desk: &TestDesk) {
    let rows: BTreeSet<_> = own_rows(desk).await.iter().map(|row| row.name).collect();
    let served = server_fn_paths().map(|(path, method)| {
        assert_eq!("POST", method.as_str(), "{path}");
        path.strip_prefix("/pages/").expect("all in one place")
    });
    let served: BTreeSet<_> = served.collect();
    assert!(served.len() > 20, "nothing is served");
    assert_eq!(served, rows, "a server function without a row");
}

/// Every member asks every function.
pub(super) async fn matrix(world: &World, report: &mut Report) {
    let mut rows = own_rows(&world.desk).await;
    rows.extend(foreign_rows(world).await);
    for row in &rows {
        let stranger = asks(world, report, (Ear::Stranger, ""), row).await;
        let expected = match row.needs {
            Needs::Nothing => Came::In,
            Needs::SignIn | Needs::May(_) => Came::Door,
        };
        report.cell(&name(row), "a stranger", expected, stranger);
        other_sites(world, report, row).await;
        if row.needs == Needs::Nothing {
            continue;
        }
        for member in &world.members {
            let who = (Ear::Member(member.role), &*member.agent.cookie);
            let came = asks(world, report, who, row).await;
            let expected = match (row.needs.are_met_by(member.role), row.foreign) {
                (false, _) => Came::NotAllowed,
                (true, true) => Came::NotFound,
                (true, false) => Came::In,
            };
            // Of two reasons either will do.
            let came = match (expected, came) {
                (Came::NotAllowed, Came::NotFound) => Came::NotAllowed,
                _ => came,
            };
            let case = format!("{:?} asking {}", member.role, row.body);
            report.cell(&name(row), &case, expected, came);
        }
    }
}

/// The same by those who are deactivated meanwhile: nobody is in.
pub(super) async fn gone(world: &World, report: &mut Report) {
    let mut rows = own_rows(&world.desk).await;
    rows.extend(foreign_rows(world).await);
    for row in rows.iter().filter(|row| row.needs != Needs::Nothing) {
        for member in &world.members {
            let who = (Ear::Gone(member.role), &*member.agent.cookie);
            let came = asks(world, report, who, row).await;
            let case = format!("deactivated {:?}", member.role);
            report.cell(&name(row), &case, Came::Door, came);
        }
    }
}

fn name(row: &Row) -> String {
    format!("function {}", row.name)
}

async fn asks(world: &World, report: &mut Report, (ear, cookie): (Ear, &str), row: &Row) -> Came {
    let answer = world.desk.asks_pages_as(cookie, row.name, &row.body).await;
    // What was asked about by its id is no news.
    let asked = world.unassigned.conversation.to_string();
    let told = match row.body.to_string().contains(&asked) {
        true => answer.text.replace(&asked, ""),
        false => answer.text.clone(),
    };
    report.ears.listen(ear, &name(row), &told);
    came(row, &answer)
}

/// No function answers another site, or a link.
async fn other_sites(world: &World, report: &mut Report, row: &Row) {
    let url = format!("{}/pages/{}", world.desk.url, row.name);
    for origin in [Some("https://evil.example"), Some("null"), None] {
        let mut headers = vec![
            ("cookie", &*world.desk.owner),
            ("accept", "application/json"),
        ];
        headers.extend(origin.map(|origin| ("origin", origin)));
        let answer = post_json(&url, &headers, &row.body).await;
        let case = format!("from {origin:?}");
        report.cell(&name(row), &case, Came::NotAllowed, came(row, &answer));
    }
    let link = get(&url, &[("cookie", &world.desk.owner)]).await;
    let holds = link.status == 404 || link.status == 405;
    report.check(&name(row), "by a link", holds);
}
