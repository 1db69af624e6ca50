//! Every command of agents, asked by every role about every place.

use std::collections::BTreeSet;

use domain::permissions::Permission;
use protocol::agent::{AgentCommand, AgentEvent};
use protocol::card::Tab;
use protocol::contact::ContactChange;
use protocol::draft::DraftMode;
use protocol::entry::{Destination, Outcome};
use protocol::erasure::Subject;
use protocol::label::LabelChange;
use protocol::person::{Availability, Role};
use protocol::view::{SavedView, View};
use protocol::{AttachmentId, ConversationId, HandoffId, Key, Refusal, Seq, ViewId};

use super::Actor;
use super::events::{agent_heard, named};
use super::report::{Came, Report};
use super::secrets::{Ear, Place};
use super::world::{World, settles};
use crate::actors::{AgentActor, fresh_key};

named!(
    command_name,
    COMMANDS,
    AgentCommand {
        Start,
        ListCards,
        OpenThread,
        CloseThread,
        LoadEarlier,
        Say,
        AddNote,
        Claim,
        Reject,
        StepIn,
        Transfer,
        Release,
        Resolve,
        Snooze,
        Wake,
        Label,
        Read,
        Typing,
        SetAvailability,
        SetAccepting,
        FollowAssistant,
        Ping,
        ListReplies,
        SaveDraft,
        SeeMentions,
        View,
        Search,
        ListViews,
        SaveView,
        DeleteView,
        PlaceView,
        ShowPanel,
        EditContact,
        LoadNote,
        EditNote,
        PinNote,
        Block,
        Join,
        Leave,
        MergeContacts,
        SplitContact,
        ListByDue,
        Erase,
    }
);

const TABS: [Tab; 6] = [
    Tab::Pending,
    Tab::Active,
    Tab::Snoozed,
    Tab::Missed,
    Tab::Resolved,
    Tab::Assistant,
];

/// What a command needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// A connection.
    Nothing,
    /// To see the conversation, and this permission.
    May(Permission),
    /// To see the conversation; nobody is answered, whatever came of it.
    Quiet,
    /// This permission, about no conversation.
    Only(Permission),
}

/// No `_` arm: another command asks for a decision.
fn needs(command: &AgentCommand) -> Needs {
    use Permission::{
        AssignChats, BlockVisitors, EditContacts, EraseData, SeeConversations, ShareViews,
        TakeChats, WriteNotes,
    };
    match command {
        AgentCommand::Start { .. }
        | AgentCommand::ListCards { .. }
        | AgentCommand::ListByDue { .. }
        | AgentCommand::SetAvailability { .. }
        | AgentCommand::SetAccepting { .. }
        | AgentCommand::FollowAssistant { .. }
        | AgentCommand::Ping
        | AgentCommand::ListReplies
        | AgentCommand::Search { .. }
        | AgentCommand::ListViews
        | AgentCommand::DeleteView { .. }
        | AgentCommand::PlaceView { .. } => Needs::Nothing,
        AgentCommand::SaveView { view, .. } => match view.shared {
            true => Needs::Only(ShareViews),
            false => Needs::Nothing,
        },
        AgentCommand::CloseThread { .. }
        | AgentCommand::Read { .. }
        | AgentCommand::Typing { .. }
        | AgentCommand::SeeMentions { .. }
        | AgentCommand::View { .. } => Needs::Quiet,
        AgentCommand::OpenThread { .. }
        | AgentCommand::LoadEarlier { .. }
        | AgentCommand::SaveDraft { .. }
        | AgentCommand::ShowPanel { .. }
        | AgentCommand::LoadNote { .. } => Needs::May(SeeConversations),
        AgentCommand::Say { .. }
        | AgentCommand::Claim { .. }
        | AgentCommand::Reject { .. }
        | AgentCommand::StepIn { .. }
        | AgentCommand::Release { .. }
        | AgentCommand::Resolve { .. }
        | AgentCommand::Snooze { .. }
        | AgentCommand::Wake { .. }
        | AgentCommand::Join { .. }
        | AgentCommand::Leave { .. } => Needs::May(TakeChats),
        // Of a handoff that waits.
        AgentCommand::Transfer { .. } => Needs::May(AssignChats),
        AgentCommand::AddNote { .. }
        | AgentCommand::Label { .. }
        | AgentCommand::EditNote { .. }
        | AgentCommand::PinNote { .. } => Needs::May(WriteNotes),
        AgentCommand::EditContact { .. }
        | AgentCommand::MergeContacts { .. }
        | AgentCommand::SplitContact { .. } => Needs::May(EditContacts),
        AgentCommand::Block { .. } => Needs::May(BlockVisitors),
        AgentCommand::Erase { .. } => Needs::May(EraseData),
    }
}

/// What a command is about.
#[derive(Clone, Copy)]
struct About {
    conversation: ConversationId,
    handoff: HandoffId,
    note: Seq,
    file: AttachmentId,
    /// What contacts are merged with.
    other: ConversationId,
    view: ViewId,
}

/// Every command once, and those twice that need more for some of what they ask. In this order all of
/// them have an effect where they may.
fn all(about: About) -> Vec<AgentCommand> {
    let About {
        conversation,
        handoff,
        note,
        file,
        other,
        view,
    } = about;
    let saved = |shared| SavedView {
        id: if shared { ViewId(fresh_key().0) } else { view },
        name: "Mine".to_owned(),
        shared,
        tab: Tab::Pending,
        view: View::default(),
        version: 0,
    };
    let key = fresh_key;
    vec![
        AgentCommand::Start {
            tab: Tab::Pending,
            threads: Vec::new(),
        },
        AgentCommand::ListCards {
            tab: Tab::Pending,
            after: None,
        },
        AgentCommand::ListCards {
            tab: Tab::Assistant,
            after: None,
        },
        AgentCommand::ListByDue {
            tab: Tab::Pending,
            after: None,
        },
        AgentCommand::SetAvailability {
            availability: Availability::Online,
        },
        AgentCommand::SetAccepting { accepting: true },
        AgentCommand::FollowAssistant { follows: true },
        AgentCommand::Ping,
        AgentCommand::ListReplies,
        search("avocet"),
        search("zanderling"),
        search("quillback"),
        search("fieldfare"),
        search("kittiwake"),
        search("Mira"),
        AgentCommand::SaveView {
            key: key(),
            view: saved(true),
        },
        AgentCommand::SaveView {
            key: key(),
            view: saved(false),
        },
        AgentCommand::PlaceView {
            key: key(),
            view,
            before: None,
        },
        AgentCommand::ListViews,
        AgentCommand::DeleteView {
            key: key(),
            view,
            version: 1,
        },
        AgentCommand::OpenThread {
            conversation,
            after: Seq(0),
        },
        AgentCommand::View {
            conversation: Some(conversation),
        },
        AgentCommand::LoadEarlier {
            conversation,
            before: Seq(5),
        },
        AgentCommand::ShowPanel { conversation },
        AgentCommand::Read {
            conversation,
            seq: Seq(1),
        },
        AgentCommand::Typing {
            conversation,
            typing: true,
        },
        AgentCommand::Typing {
            conversation,
            typing: false,
        },
        AgentCommand::SaveDraft {
            conversation,
            key: key(),
            mode: DraftMode::Note,
            text: "Not yet".to_owned(),
        },
        AgentCommand::Transfer {
            conversation,
            handoff,
            key: key(),
            to: Destination::Queue,
            note: String::new(),
        },
        AgentCommand::Reject {
            conversation,
            handoff,
            key: key(),
        },
        AgentCommand::Say {
            conversation,
            key: key(),
            text: "Hello".to_owned(),
            attachments: vec![file],
        },
        AgentCommand::Say {
            conversation,
            key: key(),
            text: "Hello".to_owned(),
            attachments: Vec::new(),
        },
        AgentCommand::Claim {
            conversation,
            handoff,
            key: key(),
        },
        AgentCommand::Read {
            conversation,
            seq: Seq(9),
        },
        AgentCommand::AddNote {
            conversation,
            key: key(),
            text: "@Olga Owner look".to_owned(),
            attachments: Vec::new(),
        },
        AgentCommand::LoadNote { conversation, note },
        AgentCommand::EditNote {
            conversation,
            key: key(),
            note,
            text: "Look again".to_owned(),
        },
        AgentCommand::PinNote {
            conversation,
            key: key(),
            note,
            pinned: true,
        },
        AgentCommand::SeeMentions { conversation },
        AgentCommand::Label {
            conversation,
            key: key(),
            change: LabelChange::Category(None),
        },
        AgentCommand::EditContact {
            conversation,
            key: key(),
            version: 0,
            change: ContactChange::Company("Tarn".to_owned()),
        },
        AgentCommand::MergeContacts {
            conversation,
            key: key(),
            other,
        },
        AgentCommand::SplitContact {
            conversation,
            key: key(),
        },
        AgentCommand::Join {
            conversation,
            handoff,
            key: key(),
        },
        AgentCommand::Leave {
            conversation,
            handoff,
            key: key(),
        },
        AgentCommand::Snooze {
            conversation,
            handoff,
            key: key(),
            until: None,
        },
        AgentCommand::Wake {
            conversation,
            handoff,
            key: key(),
        },
        AgentCommand::Release {
            conversation,
            handoff,
            key: key(),
        },
        AgentCommand::StepIn {
            conversation,
            key: key(),
        },
        AgentCommand::Resolve {
            conversation,
            handoff,
            key: key(),
            outcome: Outcome::RestoredToAi,
        },
        AgentCommand::Block {
            conversation,
            key: key(),
            blocked: true,
        },
        AgentCommand::Block {
            conversation,
            key: key(),
            blocked: false,
        },
        AgentCommand::Erase {
            conversation,
            key: key(),
            subject: Subject::Conversation,
        },
        AgentCommand::CloseThread { conversation },
    ]
}

fn search(words: &str) -> AgentCommand {
    AgentCommand::Search {
        key: fresh_key(),
        query: words.to_owned(),
        after: None,
    }
}

/// The key that a command is answered under, if it has one.
fn key(command: &AgentCommand) -> Option<Key> {
    let text = serde_json::to_value(command).unwrap();
    let inside = text.as_object()?.values().next()?;
    serde_json::from_value(inside.get("key")?.clone()).ok()
}

/// Sends a command and says what came of it. What was told meanwhile has been listened to.
async fn asks(
    report: &mut Report,
    (ear, agent): (Ear, &mut AgentActor),
    command: &AgentCommand,
    told: &mut BTreeSet<String>,
) -> Came {
    let name = command_name(command);
    told.extend(agent_heard(report, ear, agent, "between commands"));
    agent.client.send(command).await;
    settles(agent).await;
    let mut answer = None;
    for _ in 0..2_000 {
        let heard = agent.client.heard();
        answer = heard.iter().find_map(|event| answers(event, key(command)));
        if answer.is_some() || key(command).is_none() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    let gone = agent.client.heard();
    let gone = gone
        .iter()
        .any(|event| matches!(event, AgentEvent::CardGone { .. }));
    told.extend(agent_heard(report, ear, agent, name));
    match answer {
        None if key(command).is_some() => Came::Broken(0),
        None if gone && needs(command) != Needs::Nothing => Came::NotFound,
        None => Came::In,
        Some(came) => came,
    }
}

fn answers(event: &AgentEvent, key: Option<Key>) -> Option<Came> {
    match event {
        AgentEvent::Done { key: of, .. } | AgentEvent::Found { key: of, .. }
            if Some(*of) == key =>
        {
            Some(Came::In)
        }
        AgentEvent::Refused {
            key: of, refusal, ..
        } if *of == key => Some(match refusal {
            Refusal::NotAllowed => Came::NotAllowed,
            Refusal::NotFound => Came::NotFound,
            _ => Came::In,
        }),
        _ => None,
    }
}

/// Every member asks every command about every place. What is not theirs stays as it is, and nobody
/// there is told anything.
pub(super) async fn matrix(world: &mut World, report: &mut Report, told: &mut BTreeSet<String>) {
    for at in 0..world.members.len() {
        let role = world.members[at].role;
        // What colleagues typed there, and what stands beside it elsewhere, is not shown.
        let conversation = world.own.conversation;
        for command in [
            AgentCommand::OpenThread {
                conversation,
                after: Seq(0),
            },
            AgentCommand::ShowPanel { conversation },
        ] {
            let member = &mut world.members[at];
            let who = (Ear::Member(role), &mut member.agent);
            let came = asks(report, who, &command, told).await;
            let row = format!("command {}", command_name(&command));
            let case = format!("{role:?} about what colleagues write in");
            report.cell(&row, &case, Came::In, came);
        }
        // One's own last: nothing is left of it.
        for place in [Place::Unassigned, Place::Foreign, Place::Own] {
            world.everybody_is_still().await;
            for (_, names) in world.hears(report, "before commands") {
                told.extend(names);
            }
            let spot = world.spot(place);
            let mut about = About {
                conversation: spot.conversation,
                handoff: spot.handoff,
                note: spot.note,
                // Nobody who asks has it, so that nobody may send it.
                file: world.foreign.file,
                other: world.own.conversation,
                view: ViewId(fresh_key().0),
            };
            if place == Place::Own {
                // One's own visitor, so that the next role finds what it needs as well.
                let member = &mut world.members[at];
                about.conversation = member.waiting.conversation;
                about.handoff = member.handoff;
                member.waiting.says("Are you there?").await.unwrap();
                let note = member.agent.notes(about.conversation, "Mine").await;
                about.note = note.unwrap().unwrap();
            }
            let member = &mut world.members[at];
            for command in all(about) {
                let came = asks(
                    report,
                    (Ear::Member(role), &mut member.agent),
                    &command,
                    told,
                )
                .await;
                let expected = expected(&command, role, place);
                let row = format!("command {}", command_name(&command));
                report.cell(
                    &row,
                    &format!("{role:?} about {place:?}: {command:?}"),
                    expected,
                    came,
                );
            }
            if place != Place::Own {
                merges(world, at, place, report, told).await;
                stays(world, at, place, report, told).await;
            }
        }
    }
    owners(world, report, told).await;
    // The owner was named everywhere.
    for at in 0..world.members.len() {
        let conversation = world.members[at].waiting.conversation;
        let seen = AgentCommand::SeeMentions { conversation };
        world.olga.client.send(&seen).await;
    }
    let asked: BTreeSet<_> = all(About {
        conversation: world.own.conversation,
        handoff: world.own.handoff,
        note: Seq(1),
        file: world.own.file,
        other: world.own.conversation,
        view: ViewId(fresh_key().0),
    })
    .iter()
    .map(command_name)
    .collect();
    let named: BTreeSet<_> = COMMANDS.iter().copied().collect();
    assert_eq!(named, asked, "a command without a row");
}

fn expected(command: &AgentCommand, role: Actor, place: Place) -> Came {
    let may = |permission: Permission| match role.has(permission) {
        true => Came::In,
        false => Came::NotAllowed,
    };
    match (needs(command), place) {
        (Needs::Nothing | Needs::Quiet, _) => Came::In,
        (Needs::Only(permission), _) => may(permission),
        (Needs::May(permission), Place::Own) => may(permission),
        (Needs::May(_), Place::Unassigned | Place::Foreign) => Came::NotFound,
    }
}

/// Who sees everything of a workspace sees nothing of another.
async fn owners(world: &mut World, report: &mut Report, told: &mut BTreeSet<String>) {
    for place in [Place::Foreign, Place::Own] {
        world.everybody_is_still().await;
        for (_, names) in world.hears(report, "before an owner's commands") {
            told.extend(names);
        }
        let spot = world.spot(place);
        let about = About {
            conversation: spot.conversation,
            handoff: spot.handoff,
            note: spot.note,
            file: spot.file,
            other: spot.conversation,
            view: ViewId(fresh_key().0),
        };
        let (ear, asking) = match place {
            Place::Foreign => (Ear::Owner, &mut world.olga),
            Place::Own | Place::Unassigned => (Ear::ForeignOwner, &mut world.fia),
        };
        let lists = TABS.into_iter().flat_map(|tab| {
            [
                AgentCommand::ListCards { tab, after: None },
                AgentCommand::ListByDue { tab, after: None },
            ]
        });
        for command in all(about).into_iter().chain(lists) {
            let came = asks(report, (ear, asking), &command, told).await;
            let expected = expected(&command, Actor::Is(Role::Owner), Place::Foreign);
            let row = format!("command {}", command_name(&command));
            let case = format!("{ear:?} about {place:?}: {command:?}");
            report.cell(&row, &case, expected, came);
        }
    }
}

/// One's own contact cannot be said to be one that one does not see.
async fn merges(
    world: &mut World,
    at: usize,
    place: Place,
    report: &mut Report,
    told: &mut BTreeSet<String>,
) {
    let other = world.spot(place).conversation;
    let member = &mut world.members[at];
    let command = AgentCommand::MergeContacts {
        conversation: member.waiting.conversation,
        key: fresh_key(),
        other,
    };
    let role = member.role;
    let came = asks(
        report,
        (Ear::Member(role), &mut member.agent),
        &command,
        told,
    )
    .await;
    let case = format!("{role:?} with one of {place:?}");
    report.cell("command MergeContacts", &case, Came::NotFound, came);
}

/// After all that was asked about it, it is as it was, and nobody there was told of it.
async fn stays(
    world: &mut World,
    at: usize,
    place: Place,
    report: &mut Report,
    told: &mut BTreeSet<String>,
) {
    world.everybody_is_still().await;
    let role = world.members[at].role;
    let heard = world.hears(report, "after commands");
    for (ear, names) in &heard {
        let there = match place {
            Place::Foreign => matches!(ear, Ear::ForeignOwner | Ear::Visitor(Place::Foreign)),
            Place::Unassigned | Place::Own => *ear == Ear::Visitor(Place::Unassigned),
        };
        // The owner's connections see both; a colleague hears what concerns oneself alone.
        let colleague = matches!(ear, Ear::Member(other) if *other != role);
        let bad = names.iter().find(|name| {
            let beat = name.ends_with(" Pong");
            (there && !beat && !name.ends_with("WidgetChanged"))
                || (colleague && name.starts_with("Oneself") && !beat)
        });
        let case = format!("{ear:?} of what {role:?} asked about {place:?}: {bad:?}");
        report.check("event of what was refused", &case, bad.is_none());
        told.extend(names.iter().cloned());
    }
}
