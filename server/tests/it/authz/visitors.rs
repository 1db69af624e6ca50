//! Every command of visitors: before the first frame, with somebody else's token, and about others.

use std::collections::BTreeSet;

use protocol::lead::LeadDetails;
use protocol::visitor::{Page, Start, VisitorCommand, VisitorEvent};
use protocol::{ChatbotId, ConversationId, PublicSeq, Refusal};

use super::events::{named, visitor_event};
use super::report::{Came, Report};
use super::secrets::{Ear, Place};
use super::world::World;
use crate::actors::{Client, Encoding, fresh_key};

named!(
    command_name,
    COMMANDS,
    VisitorCommand {
        Start,
        Say,
        AskForHuman,
        CancelHandoff,
        AnswerProposal,
        SendForm,
        Read,
        Typing,
        LoadEarlier,
        Ping,
        Preview,
    }
);

type Socket = Client<VisitorCommand, VisitorEvent>;

/// Every command but the first.
fn all() -> Vec<VisitorCommand> {
    let key = fresh_key;
    vec![
        VisitorCommand::Ping,
        VisitorCommand::Say {
            key: key(),
            text: "Hello".to_owned(),
            attachments: Vec::new(),
        },
        VisitorCommand::LoadEarlier {
            before: PublicSeq(50),
        },
        VisitorCommand::Read { seq: PublicSeq(1) },
        VisitorCommand::Typing { typing: true },
        VisitorCommand::Typing { typing: false },
        VisitorCommand::Preview {
            text: "Is it".to_owned(),
        },
        VisitorCommand::AskForHuman { key: key() },
        VisitorCommand::AnswerProposal {
            key: key(),
            accept: true,
        },
        VisitorCommand::SendForm {
            key: key(),
            details: LeadDetails::default(),
        },
        VisitorCommand::CancelHandoff { key: key() },
    ]
}

fn start(token: Option<&str>, chatbot: ChatbotId, conversation: ConversationId) -> VisitorCommand {
    VisitorCommand::Start(Start {
        token: token.map(str::to_owned),
        chatbot,
        conversation,
        after: PublicSeq(0),
        page: Page::default(),
        locale: "en".to_owned(),
    })
}

pub(super) async fn matrix(world: &mut World, report: &mut Report, told: &mut BTreeSet<String>) {
    before_the_first_frame(world, report).await;
    by_the_names_of_others(world, report).await;
    world.everybody_is_still().await;
    for (_, names) in world.hears(report, "before a visitor's commands") {
        told.extend(names);
    }
    // Whoever waits for nobody asks everything; nobody elsewhere hears of it.
    for command in all()
        .iter()
        .chain([&start(None, world.own.chatbot, world.own.conversation)])
    {
        let before = pongs(&world.other.client);
        world.other.client.send(command).await;
        world.other.client.send(&VisitorCommand::Ping).await;
        let more = 1 + usize::from(matches!(command, VisitorCommand::Ping));
        let came = waits(&world.other.client, before + more).await;
        let row = format!("command of visitors {}", command_name(command));
        report.cell(&row, "about one's own", Came::In, came);
    }
    world.everybody_is_still().await;
    for (ear, names) in world.hears(report, "a visitor's commands") {
        let theirs = matches!(ear, Ear::OtherVisitor | Ear::Member(_) | Ear::Owner);
        let bad = names
            .iter()
            .find(|name| !theirs && !name.ends_with("Pong") && *name != "visitor LineChanged");
        let case = format!("{ear:?} of what another visitor does: {bad:?}");
        report.check("event of another visitor", &case, bad.is_none());
        told.extend(names);
    }
    let asked: BTreeSet<_> = all().iter().map(command_name).chain(["Start"]).collect();
    let named: BTreeSet<_> = COMMANDS.iter().copied().collect();
    assert_eq!(named, asked, "a command of visitors without a row");
}

/// Whoever did not say who they are is told nothing.
async fn before_the_first_frame(world: &World, report: &mut Report) {
    for command in all() {
        let mut socket = opens(world).await;
        socket.send(&command).await;
        let refused = heard_in_the_end(&socket).await;
        listen(report, Ear::Stranger, &socket);
        let row = format!("command of visitors {}", command_name(&command));
        let refused = matches!(
            &refused[..],
            [VisitorEvent::Refused {
                refusal: Refusal::StartExpected,
                ..
            }]
        );
        report.check(&row, "before the first frame", refused);
    }
}

/// A conversation's name, or a token for another chatbot, lets nobody in.
async fn by_the_names_of_others(world: &World, report: &mut Report) {
    for place in [Place::Own, Place::Unassigned, Place::Foreign] {
        let spot = world.spot(place);
        let token = spot.visitor.token.as_deref();
        for (case, first, expected) in [
            (
                "no token",
                start(None, spot.chatbot, spot.conversation),
                true,
            ),
            (
                "a made-up token",
                start(Some("nothing"), spot.chatbot, spot.conversation),
                false,
            ),
            (
                "another visitor's token",
                start(
                    world.other.token.as_deref(),
                    world.own.chatbot,
                    spot.conversation,
                ),
                true,
            ),
            (
                "a token of another chatbot",
                start(token, elsewhere(world, place), spot.conversation),
                false,
            ),
        ] {
            let mut socket = opens(world).await;
            socket.send(&first).await;
            let heard = heard_in_the_end(&socket).await;
            listen(report, Ear::OtherVisitor, &socket);
            let case = format!("{case}, naming one of {place:?}");
            let let_in = heard.iter().find_map(|event| match event {
                VisitorEvent::Welcome(welcome) => Some(welcome.conversation),
                _ => None,
            });
            report.check(
                "command of visitors Start",
                &case,
                let_in.is_some() == expected,
            );
            let taken = let_in == Some(spot.conversation);
            report.check(
                "command of visitors Start",
                &format!("{case}: taken"),
                !taken,
            );
        }
    }
}

fn elsewhere(world: &World, place: Place) -> ChatbotId {
    match place {
        Place::Own | Place::Unassigned => world.foreign.chatbot,
        Place::Foreign => world.own.chatbot,
    }
}

async fn opens(world: &World) -> Socket {
    let url = format!("{}/ws/visitor", world.desk.url);
    let opened = Client::connect(&url, Encoding::Json, &[]).await;
    opened.expect("a connection")
}

/// What is heard first, or nothing within a while.
async fn heard_in_the_end(socket: &Socket) -> Vec<VisitorEvent> {
    for _ in 0..1_000 {
        let heard = socket.heard();
        if !heard.is_empty() {
            return heard;
        }
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    Vec::new()
}

fn listen(report: &mut Report, ear: Ear, socket: &Socket) {
    let told = serde_json::to_string(&socket.heard()).unwrap();
    report.ears.listen(ear, "a visitor's first frame", &told);
}

fn pongs(socket: &Socket) -> usize {
    let heard = socket.heard();
    let pongs = heard.iter().filter(|event| visitor_event(event) == "Pong");
    pongs.count()
}

async fn waits(socket: &Socket, beats: usize) -> Came {
    for _ in 0..2_000 {
        if pongs(socket) >= beats {
            return Came::In;
        }
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    Came::Broken(0)
}
