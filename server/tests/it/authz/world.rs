//! Two workspaces on one server, with everybody in them who could ask or be told.

use domain::permissions::Rights;
use protocol::agent::{AgentCommand, AgentEvent};
use protocol::card::Tab;
use protocol::contact::ContactChange;
use protocol::draft::DraftMode;
use protocol::entry::Body;
use protocol::forms::ChatbotRow;
use protocol::person::{Assigned, Role};
use protocol::team::TeamView;
use protocol::view::{SavedView, View};
use protocol::{AgentId, AttachmentId, ChatbotId, ConversationId, HandoffId, Seq, ViewId};
use sea_orm::{ConnectionTrait as _, Database};
use serde_json::{Value, json};
use server::store::DatabaseUrl;
use uuid::Uuid;

use super::report::Report;
use super::secrets::{Ear, Place, Secret};
use super::{Actor, ROLES};
use crate::actors::{AgentActor, Encoding, TestDesk, VisitorActor, fresh_key};

/// A conversation that waits for a person, and what is in it.
pub(super) struct Spot {
    pub(super) place: Place,
    pub(super) chatbot: ChatbotId,
    pub(super) visitor: VisitorActor,
    pub(super) conversation: ConversationId,
    pub(super) handoff: HandoffId,
    /// A note, and a file that went along with one.
    pub(super) note: Seq,
    pub(super) note_file: AttachmentId,
    /// A file of the visitor's.
    pub(super) file: AttachmentId,
    pub(super) version: u64,
}

/// A member of the team, assigned to one chatbot, and the visitor who waits for them.
pub(super) struct MemberOf {
    pub(super) role: Actor,
    pub(super) agent: AgentActor,
    pub(super) waiting: VisitorActor,
    pub(super) handoff: HandoffId,
}

pub(super) struct World {
    pub(super) desk: TestDesk,
    pub(super) olga: AgentActor,
    /// The owner of the other workspace.
    pub(super) fia: AgentActor,
    pub(super) members: Vec<MemberOf>,
    pub(super) own: Spot,
    pub(super) unassigned: Spot,
    pub(super) foreign: Spot,
    /// Somebody who waits for nobody.
    pub(super) other: VisitorActor,
}

impl World {
    pub(super) async fn begins(report: &mut Report) -> Self {
        let desk = TestDesk::start_with(|config| {
            let here = "127.0.0.0/8".to_owned().try_into();
            config.server.trusted_proxies = vec![here.unwrap()];
        })
        .await;
        let (shop, foreign_shop) = (desk.chatbot, ChatbotId(fresh_key().0));
        let mut cookies = Vec::new();
        for role in ROLES {
            let cookie = desk
                .signs_in_as(&format!("Agent {role:?}"), role.rights().role)
                .await;
            cookies.push((role, cookie));
        }
        desk.signs_in("Ptarmigan").await;
        let fia = moves_to_another_workspace(&desk, foreign_shop, report).await;
        let outlet = outlet(&desk).await;
        assigns(&desk, shop).await;
        takes_away(&desk).await;
        desk.sets(|effective, layer| {
            effective.handoff.typing_preview = true;
            layer.handoff = Some(effective.handoff.clone());
        })
        .await;
        let secret = desk
            .asks_pages("renew_identity_secret", &json!({ "chatbot": shop }))
            .await;
        let secret: String = serde_json::from_str(&secret.text).unwrap();
        report.ears.knows(Secret::OfSite, secret);
        let olga = AgentActor::connects(&desk.url, "Olga", desk.owner.clone()).await;
        let fia = AgentActor::connects(&desk.url, "Fia", fia).await;
        report.ears.knows(Secret::ForeignId, fia.id);
        report.ears.was_here(fia.id);
        report.ears.knows(Secret::ForeignId, foreign_shop);

        let own = waits(&desk, &olga, (Place::Own, shop), "203.0.113.77").await;
        let unassigned = waits(&desk, &olga, (Place::Unassigned, outlet), "198.51.100.7").await;
        let foreign = waits(&desk, &fia, (Place::Foreign, foreign_shop), "198.51.100.8").await;
        report
            .ears
            .knows(Secret::UnassignedId, unassigned.conversation);
        report.ears.knows(Secret::UnassignedId, unassigned.handoff);
        report.ears.knows(Secret::ForeignId, foreign.conversation);
        report.ears.knows(Secret::ForeignId, foreign.handoff);
        let mut members = Vec::new();
        for (role, cookie) in cookies {
            let agent = AgentActor::connects(&desk.url, &format!("{role:?}"), cookie).await;
            let (waiting, handoff) = asks(&desk, &olga, shop, None).await;
            members.push(MemberOf {
                role,
                agent,
                waiting,
                handoff,
            });
        }
        let other = desk.visitor().await;
        Self {
            desk,
            olga,
            fia,
            members,
            own,
            unassigned,
            foreign,
            other,
        }
    }

    pub(super) fn spot(&self, place: Place) -> &Spot {
        match place {
            Place::Own => &self.own,
            Place::Unassigned => &self.unassigned,
            Place::Foreign => &self.foreign,
        }
    }

    /// Everything that everybody was told since the last time goes to the report's ears, and its names
    /// come back.
    pub(super) fn hears(&self, report: &mut Report, at: &str) -> Vec<(Ear, Vec<String>)> {
        let members = self.members.iter();
        let members = members.map(|member| (Ear::Member(member.role), &member.agent));
        let agents = members.chain([(Ear::Owner, &self.olga), (Ear::ForeignOwner, &self.fia)]);
        let mut all = Vec::new();
        for (ear, agent) in agents {
            all.push((ear, super::events::agent_heard(report, ear, agent, at)));
        }
        let waiting = self.members.iter();
        let visitors = waiting
            .map(|member| (Ear::OtherVisitor, &member.waiting))
            .chain([
                (Ear::OtherVisitor, &self.other),
                (Ear::Visitor(Place::Own), &self.own.visitor),
                (Ear::Visitor(Place::Unassigned), &self.unassigned.visitor),
                (Ear::Visitor(Place::Foreign), &self.foreign.visitor),
            ]);
        for (ear, visitor) in visitors {
            all.push((ear, super::events::visitor_heard(report, ear, visitor, at)));
        }
        all
    }
}

/// A visitor arrives and asks for a person, in sight of who sees everything.
async fn asks(
    desk: &TestDesk,
    sees: &AgentActor,
    chatbot: ChatbotId,
    address: Option<&str>,
) -> (VisitorActor, HandoffId) {
    let arrives = VisitorActor::arrives_from(&desk.url, chatbot, Encoding::Json, address);
    let mut visitor = arrives.await;
    visitor.asks_for_human().await.unwrap();
    let handoff = sees.sees_pending(visitor.conversation).await;
    (visitor, handoff)
}

async fn waits(
    desk: &TestDesk,
    sees: &AgentActor,
    (place, chatbot): (Place, ChatbotId),
    address: &str,
) -> Spot {
    let (visitor, handoff) = asks(desk, sees, chatbot, Some(address)).await;
    Spot {
        place,
        chatbot,
        conversation: visitor.conversation,
        visitor,
        handoff,
        note: Seq(0),
        note_file: AttachmentId(fresh_key().0),
        file: AttachmentId(fresh_key().0),
        version: 0,
    }
}

/// A second chatbot of the workspace.
async fn outlet(desk: &TestDesk) -> ChatbotId {
    let body = json!({ "edit": { "add": { "name": "Outlet" } } });
    let rows = desk.asks_pages("save_chatbot", &body).await;
    let rows: Vec<ChatbotRow> = serde_json::from_str(&rows.text).unwrap();
    rows.iter().find(|row| row.name == "Outlet").unwrap().id
}

pub(super) async fn team(desk: &TestDesk) -> TeamView {
    let team = desk.asks_pages("load_team", &json!({})).await;
    serde_json::from_str(&team.text).unwrap_or_else(|error| panic!("{error}: {}", team.text))
}

/// Everybody but the one who set it up sees one chatbot.
async fn assigns(desk: &TestDesk, chatbot: ChatbotId) {
    let team = team(desk).await;
    for member in team.members.iter().filter(|member| member.id != team.me) {
        let assigned = Assigned::Only(vec![chatbot]);
        let body = json!({ "agent": member.id, "assigned": assigned });
        let saved = desk.asks_pages("save_assignment", &body).await;
        assert_eq!(200, saved.status, "{}", saved.text);
    }
}

/// A role of the workspace's own is given to who has to have it.
async fn takes_away(desk: &TestDesk) {
    let Rights { role, without } = Actor::Custom.rights();
    let body = json!({ "edit": { "add": { "name": "Custom", "like": role, "without": without } } });
    let made = desk.asks_pages("save_role", &body).await;
    assert_eq!(200, made.status, "{}", made.text);
    let team = team(desk).await;
    let mut members = team.members.iter();
    let member = members.find(|one| one.name == "Agent Custom").unwrap();
    let body = json!({ "form": {
        "agent": member.id, "version": member.version, "name": member.name, "role": member.role,
        "custom": team.roles[0].id, "assigned": member.assigned, "chat_limit": member.chat_limit,
        "priority": member.priority, "handoff_mail": member.handoff_mail,
    } });
    let saved = desk.asks_pages("save_member", &body).await;
    assert_eq!(200, saved.status, "{}", saved.text);
}

/// There is no way to a second workspace yet but by the database: it gets one there, with a chatbot,
/// and somebody who joined is its owner from now on. Returns their cookie.
async fn moves_to_another_workspace(
    desk: &TestDesk,
    chatbot: ChatbotId,
    report: &mut Report,
) -> String {
    desk.signs_in_as("Fia Quillback", Role::Owner).await;
    let url = match desk.database_url() {
        DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
        DatabaseUrl::Postgres(url) => url,
    };
    let sqlite = url.starts_with("sqlite");
    let id = |id: Uuid| match sqlite {
        true => format!("x'{}'", id.simple()),
        false => format!("'{id}'::uuid"),
    };
    let workspace = fresh_key().0;
    report.ears.knows(Secret::ForeignId, workspace);
    let (workspace, chatbot) = (id(workspace), id(chatbot.0));
    let database = Database::connect(url).await.unwrap();
    for statement in [
        format!(
            "INSERT INTO workspaces (id, name, created_at, settings, settings_version) \
             SELECT {workspace}, 'quillback', created_at + 1, settings, settings_version FROM workspaces"
        ),
        format!(
            "INSERT INTO chatbots (id, workspace_id, name, settings, created_at, settings_version) \
             SELECT {chatbot}, {workspace}, 'Other shop', settings, created_at, settings_version \
             FROM chatbots"
        ),
        format!(
            "UPDATE agents SET workspace_id = {workspace}, name = 'Fia quillback' \
             WHERE email = 'fia.quillback@example.org'"
        ),
    ] {
        let done = database.execute_unprepared(&statement).await;
        done.unwrap_or_else(|error| panic!("{error}: {statement}"));
    }
    database.close().await.unwrap();
    desk.signs_in_again("Fia Quillback").await
}

/// What is said in a conversation by its visitor and by an agent who sees it: words, notes, files, names.
pub(super) async fn plants(
    agent: &mut AgentActor,
    spot: &mut Spot,
    desk: &TestDesk,
    report: &mut Report,
) {
    let (words, note) = match spot.place {
        Place::Own => (Secret::Words, Secret::Note),
        Place::Unassigned => (Secret::UnassignedWords, Secret::UnassignedNote),
        Place::Foreign => (Secret::ForeignWords, Secret::ForeignNote),
    };
    let (words, note) = (words.words().unwrap(), note.words().unwrap());
    let conversation = spot.conversation;
    agent.opens(conversation).await;
    let file = format!("{words}.txt");
    let sent = spot.visitor.uploads(&file, words.into()).await.unwrap();
    spot.file = sent.id;
    let said = format!("My {words} leaks");
    spot.visitor.sends(&said, &[sent.id]).await.unwrap();
    let file = format!("{note}.txt");
    let along = agent
        .uploads(conversation, &file, note.into())
        .await
        .unwrap();
    spot.note_file = along.id;
    agent.notes_with(conversation, &[along.id]).await.unwrap();
    let text = format!("They asked for the {note} before");
    let written = agent.notes(conversation, &text).await.unwrap();
    spot.note = written.unwrap();
    let (edited, seq) = (format!("They ask for the {note} again"), spot.note);
    let edit = agent.asks(|key| AgentCommand::EditNote {
        conversation,
        key,
        note: seq,
        text: edited,
    });
    edit.await.unwrap();
    // The same address everywhere, so that each looks as if it were the same person.
    for change in [
        ContactChange::Name(format!("Mira {words}")),
        ContactChange::Email("mira@example.org".to_owned()),
    ] {
        let version = spot.version;
        let edit = agent.asks(|key| AgentCommand::EditContact {
            conversation,
            key,
            version,
            change,
        });
        edit.await.unwrap();
        spot.version += 1;
    }
    agent
        .sees_entry(
            "the edited note",
            |entry| matches!(&entry.body, Body::NoteEdited(edited) if edited.note == seq),
        )
        .await;
    match spot.place {
        Place::Own => {
            keeps_for_oneself(agent, conversation, "dotterel", false).await;
            saves_reply(desk, &agent.cookie, "dotterel", "own").await;
            invites(desk, &agent.cookie, "ptarmigan.invited@example.org").await;
        }
        Place::Unassigned => {
            report.ears.knows(Secret::UnassignedId, spot.file);
            report.ears.knows(Secret::UnassignedId, spot.note_file);
            let share = json!({ "chatbot": spot.chatbot });
            saves_reply(desk, &agent.cookie, "zanderling", share).await;
        }
        Place::Foreign => {
            report.ears.knows(Secret::ForeignId, spot.file);
            report.ears.knows(Secret::ForeignId, spot.note_file);
            keeps_for_oneself(agent, conversation, "quillback", true).await;
            saves_reply(desk, &agent.cookie, "quillback", "workspace").await;
            invites(desk, &agent.cookie, "quillback.invited@example.org").await;
            let label = json!({ "edit": { "add": { "kind": "tag", "name": "quillback" } } });
            let made = desk
                .asks_pages_as(&agent.cookie, "save_label", &label)
                .await;
            assert_eq!(200, made.status, "{}", made.text);
        }
    }
}

/// A draft and a view.
async fn keeps_for_oneself(
    agent: &mut AgentActor,
    conversation: ConversationId,
    words: &str,
    shared: bool,
) {
    let text = format!("A {words}, then");
    let kept = agent.asks(|key| AgentCommand::SaveDraft {
        conversation,
        key,
        mode: DraftMode::Reply,
        text,
    });
    kept.await.unwrap();
    let view = SavedView {
        id: ViewId(fresh_key().0),
        name: words.to_owned(),
        shared,
        tab: Tab::Pending,
        view: View::default(),
        version: 0,
    };
    let kept = agent.asks(|key| AgentCommand::SaveView { key, view });
    kept.await.unwrap();
}

async fn saves_reply(desk: &TestDesk, cookie: &str, words: &str, share: impl Into<Value>) {
    let share: Value = share.into();
    let body = json!({ "form": {
        "id": null, "version": 0, "share": share, "shortcut": words, "title": words, "text": words,
    } });
    let saved = desk.asks_pages_as(cookie, "save_reply", &body).await;
    assert_eq!(200, saved.status, "{}", saved.text);
}

async fn invites(desk: &TestDesk, cookie: &str, email: &str) {
    let body = json!({ "form": { "email": email, "role": "agent" } });
    let made = desk.asks_pages_as(cookie, "invite", &body).await;
    assert_eq!(200, made.status, "{}", made.text);
}

/// Waits until everything that was told to an agent's connection before is there.
pub(super) async fn settles(agent: &mut AgentActor) {
    let before = pongs(agent);
    agent.client.send(&AgentCommand::Ping).await;
    for _ in 0..1_000 {
        if pongs(agent) > before {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
}

fn pongs(agent: &AgentActor) -> usize {
    let heard = agent.client.heard();
    let pongs = heard
        .iter()
        .filter(|event| matches!(event, AgentEvent::Pong));
    pongs.count()
}

/// The id of a member, for functions that name one.
pub(super) async fn id_of(desk: &TestDesk, name: &str) -> (AgentId, u64) {
    let team = team(desk).await;
    let member = team.members.iter().find(|member| member.name == name);
    let member = member.unwrap_or_else(|| panic!("{name} is not on the team"));
    (member.id, member.version)
}
