//! Events out of frames.

use protocol::attachment::{Attachment, Picture};
use protocol::entry::{Message, PublicAuthor, PublicBody, PublicEntry, PublicEvent, Source};
use protocol::person::Face;
use protocol::rating::Thumb;
use protocol::text::{Node, RichText, Tag};
use protocol::visitor::{StateLine, Typist, VisitorEvent, Welcome};
use protocol::widget::{FieldKind, FormField, FormView, WidgetView};
use protocol::{AgentId, AttachmentId, ConversationId, Key, PublicSeq, Timestamp};

use super::frame::Reader;
use super::refusal::refusal;

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
        4 => VisitorEvent::WidgetChanged(widget(frame)),
        5 => VisitorEvent::TypingChanged {
            typist: typist(frame),
            typing: frame.flag(),
        },
        6 => VisitorEvent::ReadByTeam { seq: seq(frame) },
        7 => VisitorEvent::Done {
            key: key(frame),
            seq: frame.maybe(seq),
        },
        8 => VisitorEvent::Refused {
            key: frame.maybe(key),
            refusal: refusal(frame),
            sentence: frame.text(),
        },
        9 => VisitorEvent::Pong,
        _ => frame.unknown(VisitorEvent::Pong),
    }
}

fn welcome(frame: &mut Reader<'_>) -> Welcome {
    Welcome {
        token: frame.maybe(Reader::text),
        conversation: ConversationId(frame.id()),
        widget: widget(frame),
        line: line(frame),
        entries: frame.list(entry),
        more: frame.flag(),
        read_by_team: seq(frame),
        read: seq(frame),
        now: time(frame),
    }
}

fn widget(frame: &mut Reader<'_>) -> WidgetView {
    WidgetView {
        name: frame.text(),
        greeting: frame.text(),
        starters: frame.list(Reader::text),
        handoff_button: frame.maybe(Reader::small),
        form: FormView {
            fields: frame.list(form_field),
            consent: frame.maybe(Reader::text),
        },
        file_limit: frame.maybe(Reader::small),
        preview: frame.flag(),
        thumbs: frame.flag(),
    }
}

fn form_field(frame: &mut Reader<'_>) -> FormField {
    FormField {
        kind: match frame.number() {
            0 => FieldKind::Name,
            1 => FieldKind::Email,
            2 => FieldKind::Phone,
            3 => FieldKind::Message,
            4 => FieldKind::Custom(frame.text()),
            _ => frame.unknown(FieldKind::Name),
        },
        required: frame.flag(),
    }
}

fn key(frame: &mut Reader<'_>) -> Key {
    Key(frame.id())
}

fn seq(frame: &mut Reader<'_>) -> PublicSeq {
    PublicSeq(frame.number())
}

pub(super) fn time(frame: &mut Reader<'_>) -> Timestamp {
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
        1 => StateLine::Proposed,
        2 => StateLine::Waiting {
            place: frame.small(),
            minutes: frame.maybe(Reader::small),
            form: frame.flag(),
        },
        3 => StateLine::LeaveDetails,
        4 => StateLine::ByMail,
        5 => StateLine::Person(face(frame)),
        6 => StateLine::Closed,
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
            _ => frame.unknown(PublicBody::Event(PublicEvent::FormSent)),
        },
    }
}

fn message(frame: &mut Reader<'_>) -> Message {
    Message {
        text: RichText(frame.list(node)),
        sources: frame.list(source),
        choices: frame.list(Reader::text),
        attachments: frame.list(attachment),
        thumb: frame.maybe(|frame| match frame.number() {
            0 => Thumb::Up,
            1 => Thumb::Down,
            _ => frame.unknown(Thumb::Down),
        }),
    }
}

pub(super) fn attachment(frame: &mut Reader<'_>) -> Attachment {
    Attachment {
        id: AttachmentId(frame.id()),
        name: frame.text(),
        media_type: frame.text(),
        bytes: frame.number(),
        picture: frame.maybe(|frame| Picture {
            width: frame.small(),
            height: frame.small(),
        }),
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
        7 => Tag::Mention {
            agent: AgentId(frame.id()),
        },
        _ => frame.unknown(Tag::Item),
    }
}

fn event(frame: &mut Reader<'_>) -> PublicEvent {
    match frame.number() {
        0 => PublicEvent::Proposed {
            message: frame.text(),
        },
        1 => PublicEvent::ProposalEnded,
        2 => PublicEvent::Waiting {
            message: frame.text(),
        },
        3 => PublicEvent::Joined {
            person: face(frame),
            message: frame.text(),
        },
        4 => PublicEvent::Left {
            person: face(frame),
        },
        5 => PublicEvent::Cancelled {
            message: frame.text(),
        },
        6 => PublicEvent::Overdue {
            message: frame.text(),
        },
        7 => PublicEvent::Missed {
            message: frame.text(),
            form: frame.flag(),
        },
        8 => PublicEvent::FormSent,
        9 => PublicEvent::IdleWarned {
            message: frame.text(),
        },
        10 => PublicEvent::Restored {
            person: face(frame),
            message: frame.text(),
        },
        11 => PublicEvent::Closed {
            person: face(frame),
            message: frame.text(),
        },
        _ => frame.unknown(PublicEvent::FormSent),
    }
}
