//! The visitor's side: what a visitor's client sends and is told.

use protocol::PublicSeq;
use protocol::attachment::Upload;
use protocol::refusal::Refusal;
use protocol::visitor::{Page, Start, StateLine, Typist, VisitorCommand, VisitorEvent, Welcome};
use protocol::widget::FieldKind;

use super::values::*;
use super::variants;
use crate::Visit;

pub(super) fn show(visit: &mut impl Visit) {
    variants!(visit, "visitor_command", VisitorCommand {
        Start = VisitorCommand::Start(Start {
            token: None,
            chatbot: chatbot(),
            conversation: conversation(),
            after: PublicSeq(0),
            page: Page {
                url: "https://shop.example/tents".to_owned(),
                title: "Tents".to_owned(),
                referrer: "https://search.example/".to_owned(),
            },
            locale: "de-CH".to_owned(),
        }),
        Say = VisitorCommand::Say {
            key: key(),
            text: "Do you ship to **Norway**?".to_owned(),
            attachments: vec![pole()],
        },
        AskForHuman = VisitorCommand::AskForHuman { key: key() },
        CancelHandoff = VisitorCommand::CancelHandoff { key: key() },
        AnswerProposal = VisitorCommand::AnswerProposal {
            key: key(),
            accept: true,
        },
        SendForm = VisitorCommand::SendForm {
            key: key(),
            details: details(),
        },
        Read = VisitorCommand::Read { seq: PublicSeq(2) },
        Typing = VisitorCommand::Typing { typing: true },
        LoadEarlier = VisitorCommand::LoadEarlier { before: PublicSeq(101) },
        Ping = VisitorCommand::Ping,
        Preview = VisitorCommand::Preview { text: "Is Bergen".to_owned() },
    });
    variants!(visit, "visitor_event", VisitorEvent {
        Welcome = VisitorEvent::Welcome(Welcome {
            token: Some("5e".repeat(32)),
            conversation: conversation(),
            widget: widget(),
            line: StateLine::Assistant,
            entries: vec![public_question(), public_answer()],
            more: false,
            read_by_team: PublicSeq(0),
            read: PublicSeq(2),
            now: after(5),
        }),
        EntryAdded = VisitorEvent::EntryAdded(public_answer()),
        Earlier = VisitorEvent::Earlier {
            entries: vec![public_question()],
            more: false,
        },
        LineChanged = VisitorEvent::LineChanged(StateLine::Waiting {
            place: 2,
            minutes: Some(3),
            form: false,
        }),
        WidgetChanged = VisitorEvent::WidgetChanged(widget()),
        TypingChanged = VisitorEvent::TypingChanged {
            typist: Typist::Person,
            typing: true,
        },
        ReadByTeam = VisitorEvent::ReadByTeam { seq: PublicSeq(4) },
        Done = VisitorEvent::Done {
            key: key(),
            seq: Some(PublicSeq(1)),
        },
        Refused = VisitorEvent::Refused {
            key: Some(key()),
            refusal: Refusal::TooFast { retry_after_ms: 2_400 },
            sentence: Refusal::TooFast { retry_after_ms: 2_400 }.sentence(after(5)),
        },
        Pong = VisitorEvent::Pong,
    });
    variants!(visit, "state_line", StateLine {
        Assistant = StateLine::Assistant,
        Proposed = StateLine::Proposed,
        Waiting = StateLine::Waiting {
            place: 1,
            minutes: None,
            form: true,
        },
        LeaveDetails = StateLine::LeaveDetails,
        ByMail = StateLine::ByMail,
        Person = StateLine::Person(ana_face()),
        Closed = StateLine::Closed,
    });
    variants!(visit, "typist", Typist {
        Ai = Typist::Ai,
        Person = Typist::Person,
    });
    variants!(visit, "upload", Upload {
        Kept = Upload::Kept(photo()),
        Refused = Upload::Refused {
            refusal: Refusal::FileTooLarge { limit: 20 },
            sentence: "This file is too large, 20 MB at most. Choose another.".to_owned(),
        },
    });
    visit.visit("widget_view", "", &widget());
    visit.visit("lead_details", "", &details());
    variants!(visit, "field_kind", FieldKind {
        Name = FieldKind::Name,
        Email = FieldKind::Email,
        Phone = FieldKind::Phone,
        Message = FieldKind::Message,
        Custom = FieldKind::Custom("Order number".to_owned()),
    });
}
