//! Every event that the hub tells, and who may hear it.

use std::collections::BTreeSet;

use protocol::agent::AgentEvent;
use protocol::visitor::VisitorEvent;

use super::report::Report;
use super::secrets::Ear;
use super::world::{Spot, World, plants, settles, team};
use crate::actors::{AgentActor, TestDesk, VisitorActor, fresh_key};
use protocol::PublicSeq;
use protocol::agent::AgentCommand;
use protocol::visitor::VisitorCommand;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

/// The names of an enum's variants. A variant that is not named does not compile.
macro_rules! named {
    ($function:ident, $all:ident, $of:ident { $($variant:ident),+ $(,)? }) => {
        pub(super) const $all: &[&str] = &[$(stringify!($variant)),+];
        pub(super) fn $function(one: &$of) -> &'static str {
            match one { $($of::$variant { .. } => stringify!($variant)),+ }
        }
    };
}
pub(super) use named;

named!(
    agent_event,
    AGENT_EVENTS,
    AgentEvent {
        Welcome,
        Cards,
        CardChanged,
        CardGone,
        CountsChanged,
        LabelsChanged,
        Thread,
        Earlier,
        EntryAdded,
        ReadByVisitor,
        TypingChanged,
        PresenceChanged,
        VisitorPresenceChanged,
        Done,
        Refused,
        Pong,
        Replies,
        RepliesChanged,
        DraftChanged,
        Mentioned,
        MentionsSeen,
        PreviewChanged,
        ViewersChanged,
        Found,
        Views,
        ViewsChanged,
        Panel,
        Notes,
        ContactChanged,
        NoteText,
        PanelChanged,
        CardsByDue,
        TeamChanged,
    }
);

named!(
    visitor_event,
    VISITOR_EVENTS,
    VisitorEvent {
        Welcome,
        EntryAdded,
        Earlier,
        LineChanged,
        WidgetChanged,
        TypingChanged,
        ReadByTeam,
        Done,
        Refused,
        Pong,
    }
);

/// Who is told something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Audience {
    /// Who asked, or whom it concerns.
    Oneself,
    /// Who sees the conversation.
    Assigned,
    /// Everybody of the workspace.
    Workspace,
}

/// Who may be told an event. No `_` arm: another event asks for a decision.
fn audience(event: &AgentEvent) -> Audience {
    match event {
        AgentEvent::Welcome(_)
        | AgentEvent::Cards { .. }
        | AgentEvent::Thread(_)
        | AgentEvent::Earlier { .. }
        | AgentEvent::Done { .. }
        | AgentEvent::Refused { .. }
        | AgentEvent::Pong
        | AgentEvent::Replies { .. }
        | AgentEvent::DraftChanged { .. }
        | AgentEvent::Mentioned(_)
        | AgentEvent::MentionsSeen { .. }
        | AgentEvent::Found { .. }
        | AgentEvent::Views { .. }
        | AgentEvent::Panel(_)
        | AgentEvent::Notes { .. }
        | AgentEvent::NoteText { .. }
        | AgentEvent::CardsByDue { .. } => Audience::Oneself,
        AgentEvent::CardChanged(_)
        | AgentEvent::CardGone { .. }
        | AgentEvent::EntryAdded { .. }
        | AgentEvent::ReadByVisitor { .. }
        | AgentEvent::TypingChanged { .. }
        | AgentEvent::VisitorPresenceChanged { .. }
        | AgentEvent::PreviewChanged { .. }
        | AgentEvent::ViewersChanged { .. }
        | AgentEvent::ContactChanged { .. }
        | AgentEvent::PanelChanged { .. } => Audience::Assigned,
        AgentEvent::CountsChanged(_)
        | AgentEvent::LabelsChanged(_)
        | AgentEvent::PresenceChanged { .. }
        | AgentEvent::RepliesChanged
        | AgentEvent::ViewsChanged
        | AgentEvent::TeamChanged(_) => Audience::Workspace,
    }
}

/// What is told of a conversation that is asked for by its id is not news of it.
fn is_echo(event: &AgentEvent) -> bool {
    matches!(event, AgentEvent::CardGone { .. })
}

/// What an agent was told since the last time, for the report's ears; the names of it.
pub(super) fn agent_heard(
    report: &mut Report,
    ear: Ear,
    agent: &AgentActor,
    at: &str,
) -> Vec<String> {
    let heard = agent.client.takes();
    for event in heard.iter().filter(|event| !is_echo(event)) {
        let told = serde_json::to_string(event).unwrap();
        report
            .ears
            .listen(ear, &format!("{at}, {}", agent_event(event)), &told);
    }
    let name = |event: &AgentEvent| format!("{:?} {}", audience(event), agent_event(event));
    heard.iter().map(name).collect()
}

/// What a visitor was told since the last time.
pub(super) fn visitor_heard(
    report: &mut Report,
    ear: Ear,
    visitor: &VisitorActor,
    at: &str,
) -> Vec<String> {
    let heard = visitor.client.takes();
    for event in &heard {
        let told = serde_json::to_string(event).unwrap();
        report
            .ears
            .listen(ear, &format!("{at}, {}", visitor_event(event)), &told);
    }
    let names = heard.iter().map(visitor_event);
    names.map(|name| format!("visitor {name}")).collect()
}

/// The day: everybody listens while something happens in one place, then in the next.
pub(super) async fn day(world: &mut World, report: &mut Report) -> BTreeSet<String> {
    let mut told = BTreeSet::new();
    world.everybody_is_still().await;
    told.extend(names(world.hears(report, "the welcome")));

    let World {
        foreign, fia, desk, ..
    } = world;
    plants(fia, foreign, desk, report).await;
    moments(fia, foreign).await;
    world.everybody_is_still().await;
    let heard = world.hears(report, "a day elsewhere");
    cells(report, "elsewhere", &heard, |ear, _| {
        matches!(
            ear,
            Ear::ForeignOwner | Ear::Visitor(super::secrets::Place::Foreign)
        )
    });
    told.extend(names(heard));

    let World {
        unassigned,
        olga,
        desk,
        ..
    } = world;
    plants(olga, unassigned, desk, report).await;
    moments(olga, unassigned).await;
    world.everybody_is_still().await;
    let heard = world.hears(report, "a day at another chatbot");
    cells(
        report,
        "at another chatbot",
        &heard,
        |ear, what| match ear {
            Ear::Owner | Ear::Visitor(super::secrets::Place::Unassigned) => true,
            Ear::Member(_) => what.starts_with("Workspace"),
            _ => false,
        },
    );
    told.extend(names(heard));

    // Those who are assigned look on.
    for member in &mut world.members {
        member.agent.opens(world.own.conversation).await;
    }
    world.everybody_is_still().await;
    told.extend(names(world.hears(report, "opening")));
    let World {
        own, olga, desk, ..
    } = world;
    plants(olga, own, desk, report).await;
    moments(olga, own).await;
    comes_back(own).await;
    renames(desk).await;
    desk.sets(|effective, layer| {
        effective.targets.next_reply_minutes = Some(60);
        layer.targets = Some(effective.targets);
    })
    .await;
    let label = json!({ "edit": { "add": { "kind": "tag", "name": "urgent" } } });
    assert_eq!(200, desk.asks_pages("save_label", &label).await.status);
    world.everybody_is_still().await;
    let heard = world.hears(report, "a day of one's own");
    cells(report, "of one's own", &heard, |ear, what| match ear {
        Ear::Owner | Ear::Visitor(super::secrets::Place::Own) => true,
        // Their place in the line moves with the others', and a setting is everybody's.
        Ear::OtherVisitor => what == "visitor LineChanged" || what == "visitor WidgetChanged",
        Ear::Member(_) => !what.starts_with("Oneself"),
        _ => false,
    });
    told.extend(names(heard));
    told
}

/// The visitor goes and comes again.
async fn comes_back(spot: &mut Spot) {
    spot.visitor.client.send_raw(Message::Close(None)).await;
    let _gone = spot.visitor.client.is_closed().await;
    spot.visitor.comes_back(PublicSeq(0)).await;
}

/// Somebody on the team is called otherwise.
async fn renames(desk: &TestDesk) {
    let team = team(desk).await;
    let member = team
        .members
        .iter()
        .find(|member| member.name == "Ptarmigan");
    let member = member.unwrap();
    let form = json!({ "form": {
        "agent": member.id, "version": member.version, "name": "Petra", "role": member.role, "custom": member.custom,
        "assigned": member.assigned, "chat_limit": 3, "priority": 1, "handoff_mail": false,
    } });
    let saved = desk.asks_pages("save_member", &form).await;
    assert_eq!(200, saved.status, "{}", saved.text);
}

/// What is of the moment, and kept nowhere.
async fn moments(agent: &mut AgentActor, spot: &mut Spot) {
    let conversation = spot.conversation;
    agent
        .client
        .send(&AgentCommand::View {
            conversation: Some(conversation),
        })
        .await;
    for typing in [true, false] {
        let typed = AgentCommand::Typing {
            conversation,
            typing,
        };
        agent.client.send(&typed).await;
        spot.visitor
            .client
            .send(&VisitorCommand::Typing { typing })
            .await;
    }
    let text = "Is it".to_owned();
    spot.visitor
        .client
        .send(&VisitorCommand::Preview { text })
        .await;
    let seq = PublicSeq(2);
    spot.visitor
        .client
        .send(&VisitorCommand::Read { seq })
        .await;
    let read = AgentCommand::Read {
        conversation,
        seq: spot.note,
    };
    agent.client.send(&read).await;
    let key = fresh_key();
    spot.visitor
        .client
        .send(&VisitorCommand::AskForHuman { key })
        .await;
    let _asked = spot.visitor.is_answered(key).await;
}

fn names(heard: Vec<(Ear, Vec<String>)>) -> impl Iterator<Item = String> {
    heard.into_iter().flat_map(|(_, names)| names)
}

/// One cell for each listener and event.
fn cells(
    report: &mut Report,
    place: &str,
    heard: &[(Ear, Vec<String>)],
    may: impl Fn(Ear, &str) -> bool,
) {
    for (ear, names) in heard {
        let names: BTreeSet<_> = names.iter().map(String::as_str).collect();
        let of_visitor = matches!(ear, Ear::Visitor(_) | Ear::OtherVisitor);
        let all = if of_visitor {
            VISITOR_EVENTS
        } else {
            AGENT_EVENTS
        };
        for event in all {
            let told = names
                .iter()
                .find(|name| name.split(' ').next_back() == Some(*event));
            // The heartbeat that everybody was waited for with.
            let beat = *event == "Pong";
            let holds = beat || told.is_none_or(|name| may(*ear, name));
            report.check(
                &format!("event {event}"),
                &format!("{ear:?} of what happens {place}"),
                holds,
            );
        }
    }
}

impl World {
    /// Waits until everybody has been told what happened so far.
    pub(super) async fn everybody_is_still(&mut self) {
        // Counts and places are told by a job of their own, moments after.
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        for member in &mut self.members {
            settles(&mut member.agent).await;
        }
        settles(&mut self.olga).await;
        settles(&mut self.fia).await;
    }
}

/// Events that nobody was told in the whole run: then nothing was proved of them.
pub(super) fn never_told(told: &BTreeSet<String>) -> Vec<&'static str> {
    let agents = AGENT_EVENTS.iter().filter(|event| {
        !told
            .iter()
            .any(|name| !name.starts_with("visitor ") && name.ends_with(&format!(" {event}")))
    });
    let visitors = VISITOR_EVENTS
        .iter()
        .filter(|event| !told.contains(&format!("visitor {event}")));
    agents.chain(visitors).copied().collect()
}
