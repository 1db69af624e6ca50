//! The made-up people, conversations and lines of which the samples are made.

use protocol::attachment::{Attachment, Picture};
use protocol::card::{Card, CardState, Channel, Counts, Files, LastLine, Offer, Tab};
use protocol::entry::{
    Author, Body, Entry, Event, Message, Note, PublicAuthor, PublicBody, PublicEntry, PublicEvent,
    Source, Trigger,
};
use protocol::label::{self, Category, Labels};
use protocol::lead::{Answer, LeadDetails};
use protocol::person::Face;
use protocol::rating::Thumb;
use protocol::refusal::Refusal;
use protocol::search::{FoundIn, FoundLine, Hit, Mark};
use protocol::targets::{Clock, FirstReply, Owed};
use protocol::text::{Node, RichText, Tag};
use protocol::view::{SavedView, View};
use protocol::widget::{FieldKind, FormField, FormView, WidgetView};
use protocol::{
    AgentId, AttachmentId, CategoryId, ChatbotId, ConversationId, GroupId, HandoffId, Key,
    PublicSeq, ReplyId, Seq, TagId, Timestamp, ViewId,
};

/// When the examples play: 2026-03-02, 09:00 UTC.
pub(super) const NINE: i64 = 1_772_442_000_000;

macro_rules! ids {
    ($($name:ident -> $id:ident $mark:literal)*) => {$(
        pub(super) fn $name() -> $id {
            let mut random = [0; 10];
            random[9] = $mark;
            $id::new(Timestamp(NINE), &random)
        }
    )*};
}

ids! {
    chatbot -> ChatbotId 0x0c
    conversation -> ConversationId 0xc0
    handoff -> HandoffId 0x0f
    repairs -> GroupId 0x09
    shipping -> CategoryId 0x0a
    urgent -> TagId 0x0b
    ana -> AgentId 0xa1
    ben -> AgentId 0xb2
    pole -> AttachmentId 0xd1
    guide -> AttachmentId 0xd2
    reply -> ReplyId 0x05
    view -> ViewId 0x06
    key -> Key 0x01
    other_key -> Key 0x02
}

pub(super) fn after(seconds: i64) -> Timestamp {
    Timestamp(NINE + seconds * 1_000)
}

pub(super) fn widget() -> WidgetView {
    let field = |kind, required| FormField { kind, required };
    WidgetView {
        name: "Northern Tents".to_owned(),
        greeting: "Hello. What can we help with?".to_owned(),
        starters: vec!["Do you ship abroad?".to_owned()],
        handoff_button: Some(2),
        form: FormView {
            fields: vec![
                field(FieldKind::Name, false),
                field(FieldKind::Email, true),
                field(FieldKind::Custom("Order number".to_owned()), false),
                field(FieldKind::Message, true),
            ],
            consent: Some("You may store this to answer me.".to_owned()),
        },
        file_limit: Some(20),
        preview: true,
        thumbs: true,
    }
}

pub(super) fn details() -> LeadDetails {
    LeadDetails {
        name: "Kim Berg".to_owned(),
        email: "kim@example.org".to_owned(),
        phone: String::new(),
        message: "When will my tent arrive?".to_owned(),
        custom: vec![Answer {
            label: "Order number".to_owned(),
            text: "NO-5".to_owned(),
        }],
        consent: true,
    }
}

pub(super) fn joined() -> PublicEvent {
    PublicEvent::Joined {
        person: ana_face(),
        message: "Ana Ruiz has joined.".to_owned(),
    }
}

pub(super) fn face(name: &str, initials: &str, hue: u16) -> Face {
    Face {
        name: name.to_owned(),
        initials: initials.to_owned(),
        hue,
    }
}

pub(super) fn ana_face() -> Face {
    face("Ana Ruiz", "AR", 212)
}

pub(super) fn ben_face() -> Face {
    face("Ben Okafor", "BO", 34)
}

pub(super) fn visitor_face() -> Face {
    face("Visitor 4f2a", "V4", 145)
}

pub(super) fn taken_by() -> Refusal {
    Refusal::TakenBy {
        agent: ana(),
        name: "Ana Ruiz".to_owned(),
        at: after(20),
    }
}

pub(super) fn pending() -> CardState {
    CardState::Pending {
        handoff: handoff(),
        trigger: Trigger::Button,
        waiting_since: after(10),
        offer: Some(Offer {
            agent: ana(),
            until: after(30),
        }),
    }
}

pub(super) fn active() -> CardState {
    CardState::Active {
        handoff: handoff(),
        agent: ana(),
        claimed_at: after(20),
        unanswered_since: Some(after(10)),
        snooze: None,
    }
}

pub(super) fn card(state: CardState) -> Card {
    Card {
        conversation: conversation(),
        version: 7,
        chatbot: chatbot(),
        channel: Channel::Web,
        visitor: visitor_face(),
        state,
        last: LastLine {
            author: Author::Ai,
            text: "Yes, within a week.".to_owned(),
            at: after(3),
            files: Files {
                pictures: 1,
                others: 0,
            },
        },
        unread: 0,
        declined_by: match state {
            CardState::Pending { .. } => vec![ben()],
            _ => Vec::new(),
        },
        category: Some(shipping()),
        tags: vec![urgent()],
        blocked: false,
        participants: match state {
            CardState::Active { .. } => vec![ben()],
            _ => Vec::new(),
        },
        clock: None,
        first_reply: None,
    }
}

/// A card that owes a reply.
pub(super) fn owing(state: CardState) -> Card {
    Card {
        clock: Some(Clock {
            owed: Owed::NextReply,
            since: after(10),
            warn_at: after(235),
            due_at: after(310),
        }),
        first_reply: Some(FirstReply {
            seconds: 90,
            late: false,
        }),
        ..card(state)
    }
}

pub(super) fn counts() -> Counts {
    Counts {
        pending: 1,
        active: 3,
        mine: 2,
        missed: 4,
        snoozed: 1,
        longest_waiting_since: Some(after(10)),
    }
}

pub(super) fn labels() -> Labels {
    Labels {
        categories: vec![Category {
            id: shipping(),
            name: "Shipping".to_owned(),
            retired: false,
        }],
        tags: vec![label::Tag {
            id: urgent(),
            name: "urgent".to_owned(),
            retired: true,
        }],
    }
}

pub(super) fn words_of(text: &str) -> RichText {
    RichText(vec![
        Node::Open(Tag::Paragraph),
        Node::Text(text.to_owned()),
        Node::Close,
    ])
}

pub(super) fn message(text: RichText) -> Message {
    Message {
        text,
        sources: Vec::new(),
        choices: Vec::new(),
        attachments: Vec::new(),
        thumb: None,
    }
}

pub(super) fn photo() -> Attachment {
    Attachment {
        id: pole(),
        name: "tent pole.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        bytes: 183_204,
        picture: Some(Picture {
            width: 1_280,
            height: 960,
        }),
    }
}

pub(super) fn pdf() -> Attachment {
    Attachment {
        id: guide(),
        name: "fitting guide.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        bytes: 2_411_724,
        picture: None,
    }
}

pub(super) fn asked() -> Message {
    let mut asked = message(RichText(vec![
        Node::Open(Tag::Paragraph),
        Node::Text("Do you ship to ".to_owned()),
        Node::Open(Tag::Strong),
        Node::Text("Norway".to_owned()),
        Node::Close,
        Node::Text("?".to_owned()),
        Node::Close,
    ]));
    asked.attachments.push(photo());
    asked
}

pub(super) fn answered() -> Message {
    Message {
        sources: vec![Source {
            title: "Shipping".to_owned(),
            url: Some("https://shop.example/shipping".to_owned()),
        }],
        choices: vec!["What does it cost?".to_owned()],
        thumb: Some(Thumb::Up),
        ..message(words_of("Yes, within a week."))
    }
}

pub(super) fn question() -> Entry {
    Entry {
        seq: Seq(1),
        public_seq: Some(PublicSeq(1)),
        at: after(0),
        key: Some(key()),
        author: Author::Visitor,
        body: Body::Message(asked()),
    }
}

pub(super) fn answer() -> Entry {
    Entry {
        seq: Seq(2),
        public_seq: Some(PublicSeq(2)),
        at: after(3),
        key: None,
        author: Author::Ai,
        body: Body::Message(answered()),
    }
}

pub(super) fn requested() -> Entry {
    Entry {
        seq: Seq(3),
        public_seq: Some(PublicSeq(3)),
        at: after(10),
        key: Some(other_key()),
        author: Author::Visitor,
        body: Body::Event(Event::HandoffRequested {
            handoff: handoff(),
            trigger: Trigger::Button,
            reason: String::new(),
            message: "A team member will be with you shortly.".to_owned(),
        }),
    }
}

pub(super) fn note() -> Entry {
    Entry {
        seq: Seq(4),
        public_seq: None,
        at: after(15),
        key: Some(key()),
        author: Author::Agent(ben()),
        body: Body::Note(Note {
            text: words_of("Asked the same last week."),
            attachments: vec![pdf()],
            edited_at: Some(after(18)),
            pinned: true,
        }),
    }
}

pub(super) fn public_question() -> PublicEntry {
    PublicEntry {
        seq: PublicSeq(1),
        at: after(0),
        key: Some(key()),
        author: PublicAuthor::Visitor,
        body: PublicBody::Message(asked()),
    }
}

pub(super) fn public_answer() -> PublicEntry {
    PublicEntry {
        seq: PublicSeq(2),
        at: after(3),
        key: None,
        author: PublicAuthor::Ai,
        body: PublicBody::Message(answered()),
    }
}

pub(super) fn hit() -> Hit {
    Hit {
        card: card(CardState::Assistant),
        name_marks: Vec::new(),
        lines: vec![FoundLine {
            seq: Seq(5),
            at: after(12),
            author: Author::Visitor,
            found_in: FoundIn::Message,
            text: "A pole of mine snapped.".to_owned(),
            marks: vec![Mark { from: 2, to: 6 }, Mark { from: 15, to: 18 }],
        }],
    }
}

pub(super) fn saved_view() -> SavedView {
    SavedView {
        id: view(),
        name: "Unread repairs".to_owned(),
        shared: true,
        tab: Tab::Active,
        view: View {
            unread: true,
            category: Some(shipping()),
            days: Some(7),
            ..View::default()
        },
        version: 2,
    }
}
