//! Events out of frames.

use protocol::entry::{Message, PublicAuthor, PublicBody, PublicEntry, PublicEvent, Source};
use protocol::person::Face;
use protocol::refusal::{Field, Problem, Refusal};
use protocol::settings::WidgetView;
use protocol::text::{Node, RichText, Tag};
use protocol::visitor::{StateLine, Typist, VisitorEvent, Welcome};
use protocol::{AgentId, ConversationId, Key, PublicSeq, Timestamp};

use super::frame::Reader;

/// The event in a frame; anything when the frame turns out to be none, see [`Reader::is_whole`].
pub(super) fn read(frame: &mut Reader<'_>) -> VisitorEvent {
    match frame.number() {
        0 => VisitorEvent::Welcome(welcome(frame)),
        1 => VisitorEvent::EntryAdded(entry(frame)),
        2 => VisitorEvent::Earlier {
            entries: frame.list(entry),
            more: frame.flag(),
        },
        3 => VisitorEvent::LineChanged(line(frame)),
        4 => VisitorEvent::TypingChanged {
            typist: typist(frame),
            typing: frame.flag(),
        },
        5 => VisitorEvent::ReadByTeam { seq: seq(frame) },
        6 => VisitorEvent::Done {
            key: key(frame),
            seq: frame.maybe(seq),
        },
        7 => VisitorEvent::Refused {
            key: frame.maybe(key),
            refusal: refusal(frame),
            sentence: frame.text(),
        },
        8 => VisitorEvent::Pong,
        _ => frame.unknown(VisitorEvent::Pong),
    }
}

fn welcome(frame: &mut Reader<'_>) -> Welcome {
    Welcome {
        token: frame.maybe(Reader::text),
        conversation: ConversationId(frame.id()),
        widget: WidgetView {
            name: frame.text(),
            greeting: frame.text(),
            starters: frame.list(Reader::text),
            handoff_button: frame.flag(),
        },
        line: line(frame),
        entries: frame.list(entry),
        more: frame.flag(),
        read_by_team: seq(frame),
        read: seq(frame),
        now: time(frame),
    }
}

fn key(frame: &mut Reader<'_>) -> Key {
    Key(frame.id())
}

fn seq(frame: &mut Reader<'_>) -> PublicSeq {
    PublicSeq(frame.number())
}

fn time(frame: &mut Reader<'_>) -> Timestamp {
    Timestamp(frame.signed())
}

fn face(frame: &mut Reader<'_>) -> Face {
    Face {
        name: frame.text(),
        initials: frame.text(),
        hue: frame.number() as u16,
    }
}

fn line(frame: &mut Reader<'_>) -> StateLine {
    match frame.number() {
        0 => StateLine::Assistant,
        1 => StateLine::Waiting {
            place: frame.small(),
        },
        2 => StateLine::Person(face(frame)),
        3 => StateLine::Closed,
        _ => frame.unknown(StateLine::Closed),
    }
}

fn typist(frame: &mut Reader<'_>) -> Typist {
    match frame.number() {
        0 => Typist::Ai,
        1 => Typist::Person,
        _ => frame.unknown(Typist::Ai),
    }
}

fn entry(frame: &mut Reader<'_>) -> PublicEntry {
    PublicEntry {
        seq: seq(frame),
        at: time(frame),
        key: frame.maybe(key),
        author: match frame.number() {
            0 => PublicAuthor::Visitor,
            1 => PublicAuthor::Ai,
            2 => PublicAuthor::Person(face(frame)),
            3 => PublicAuthor::System,
            _ => frame.unknown(PublicAuthor::System),
        },
        body: match frame.number() {
            0 => PublicBody::Message(message(frame)),
            1 => PublicBody::Event(event(frame)),
            _ => frame.unknown(PublicBody::Event(PublicEvent::Cancelled)),
        },
    }
}

fn message(frame: &mut Reader<'_>) -> Message {
    Message {
        text: RichText(frame.list(node)),
        sources: frame.list(source),
        choices: frame.list(Reader::text),
    }
}

fn source(frame: &mut Reader<'_>) -> Source {
    Source {
        title: frame.text(),
        url: frame.maybe(Reader::text),
    }
}

fn node(frame: &mut Reader<'_>) -> Node {
    match frame.number() {
        0 => Node::Text(frame.text()),
        1 => Node::Code(frame.text()),
        2 => Node::Break,
        3 => Node::Open(tag(frame)),
        4 => Node::Close,
        _ => frame.unknown(Node::Close),
    }
}

fn tag(frame: &mut Reader<'_>) -> Tag {
    match frame.number() {
        0 => Tag::Paragraph,
        1 => Tag::Strong,
        2 => Tag::Emphasis,
        3 => Tag::CodeBlock,
        4 => Tag::List {
            ordered: frame.flag(),
        },
        5 => Tag::Item,
        6 => Tag::Link { href: frame.text() },
        _ => frame.unknown(Tag::Item),
    }
}

fn event(frame: &mut Reader<'_>) -> PublicEvent {
    match frame.number() {
        0 => PublicEvent::Waiting {
            message: frame.text(),
        },
        1 => PublicEvent::Joined {
            person: face(frame),
        },
        2 => PublicEvent::Left {
            person: face(frame),
        },
        3 => PublicEvent::Cancelled,
        4 => PublicEvent::Restored {
            person: face(frame),
            message: frame.text(),
        },
        5 => PublicEvent::Closed {
            person: face(frame),
            message: frame.text(),
        },
        _ => frame.unknown(PublicEvent::Cancelled),
    }
}

fn refusal(frame: &mut Reader<'_>) -> Refusal {
    match frame.number() {
        0 => Refusal::TakenBy {
            agent: AgentId(frame.id()),
            name: frame.text(),
            at: time(frame),
        },
        1 => Refusal::HeldBy {
            agent: AgentId(frame.id()),
            name: frame.text(),
        },
        2 => Refusal::NotHeld,
        3 => Refusal::HandoffOver,
        4 => Refusal::NotWaiting,
        5 => Refusal::NotOnline,
        6 => Refusal::ChatLimitReached {
            held: frame.small(),
            limit: frame.small(),
        },
        7 => Refusal::TooManyThreads {
            limit: frame.small(),
        },
        8 => Refusal::NotAllowed,
        9 => Refusal::NotFound,
        10 => Refusal::OutcomeNotAllowed,
        11 => Refusal::TextEmpty,
        12 => Refusal::TextTooLong {
            characters: frame.small(),
            limit: frame.small(),
        },
        13 => Refusal::KeyReused,
        14 => Refusal::TooFast {
            retry_after_ms: frame.small(),
        },
        15 => Refusal::StartExpected,
        16 => Refusal::AlreadyStarted,
        17 => Refusal::Malformed,
        18 => Refusal::TokenUnknown,
        19 => Refusal::ChatbotUnknown,
        20 => Refusal::Unavailable,
        21 => Refusal::SignInFailed,
        22 => Refusal::SetupTokenWrong,
        23 => Refusal::SetupOver,
        24 => Refusal::FieldInvalid {
            field: field(frame),
            problem: problem(frame),
        },
        _ => frame.unknown(Refusal::Malformed),
    }
}

fn field(frame: &mut Reader<'_>) -> Field {
    match frame.number() {
        0 => Field::Workspace,
        1 => Field::Name,
        2 => Field::Email,
        3 => Field::Password,
        4 => Field::Chatbot,
        _ => frame.unknown(Field::Name),
    }
}

fn problem(frame: &mut Reader<'_>) -> Problem {
    match frame.number() {
        0 => Problem::Missing,
        1 => Problem::TooLong {
            limit: frame.small(),
        },
        2 => Problem::TooShort {
            least: frame.small(),
        },
        3 => Problem::NotAnAddress,
        4 => Problem::TooCommon,
        _ => frame.unknown(Problem::Missing),
    }
}
