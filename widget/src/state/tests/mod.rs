//! Stories of a visitor's conversation, told event by event.

mod button;
mod connecting;
mod events;
mod files;
mod form;
mod reading;
mod sending;

use protocol::entry::{Message, PublicAuthor, PublicBody, PublicEntry, PublicEvent};
use protocol::lead::LeadDetails;
use protocol::person::Face;
use protocol::refusal::{Field, Problem};
use protocol::text::{Node, RichText};
use protocol::visitor::{StateLine, Typist, VisitorCommand, VisitorEvent, Welcome};
use protocol::widget::{FieldKind, FormField, FormView, WidgetView};
use protocol::{ConversationId, Key, PublicSeq, Refusal, Timestamp};
use socket::Status;

use super::{Mark, Row, RowId, State, Todo, Trouble, What, Wish};

fn conversation(n: u8) -> ConversationId {
    ConversationId::new(Timestamp(1), &[n; 10])
}

fn key(n: u8) -> Key {
    Key::new(Timestamp(1), &[n; 10])
}

fn message(text: &str) -> Message {
    Message {
        text: RichText(vec![Node::Text(text.to_owned())]),
        sources: Vec::new(),
        choices: Vec::new(),
        attachments: Vec::new(),
        thumb: None,
    }
}

fn entry(seq: u64, author: PublicAuthor) -> PublicEntry {
    PublicEntry {
        seq: PublicSeq(seq),
        at: Timestamp(seq as i64 * 1_000),
        key: None,
        author,
        body: PublicBody::Message(message(&format!("message {seq}"))),
    }
}

fn own(seq: u64, n: u8) -> PublicEntry {
    PublicEntry {
        key: Some(key(n)),
        ..entry(seq, PublicAuthor::Visitor)
    }
}

fn mara() -> Face {
    Face {
        name: "Mara".to_owned(),
        initials: "M".to_owned(),
        hue: 208,
    }
}

fn added(entry: PublicEntry) -> VisitorEvent {
    VisitorEvent::EntryAdded(entry)
}

fn widget(handoff_button: Option<u32>) -> WidgetView {
    let field = |kind, required| FormField { kind, required };
    WidgetView {
        name: "Tarn & Trail".to_owned(),
        greeting: "Hello.".to_owned(),
        starters: Vec::new(),
        handoff_button,
        form: FormView {
            fields: vec![
                field(FieldKind::Name, false),
                field(FieldKind::Email, true),
                field(FieldKind::Message, false),
            ],
            consent: None,
        },
        file_limit: Some(20),
        preview: false,
        thumbs: false,
    }
}

fn waiting(place: u32, form: bool) -> VisitorEvent {
    VisitorEvent::LineChanged(StateLine::Waiting {
        place,
        minutes: None,
        form,
    })
}

fn welcome(entries: Vec<PublicEntry>) -> Welcome {
    Welcome {
        token: None,
        conversation: conversation(1),
        widget: widget(Some(0)),
        line: StateLine::Assistant,
        entries,
        more: false,
        read_by_team: PublicSeq(0),
        read: PublicSeq(0),
        now: Timestamp(1),
    }
}

fn fresh() -> State {
    State::new(None, conversation(1), Vec::new())
}

fn live(entries: Vec<PublicEntry>) -> State {
    let mut state = fresh();
    state.connection(Status::Live);
    state.apply(VisitorEvent::Welcome(welcome(entries)));
    state
}

fn seqs(state: &State) -> Vec<u64> {
    state.entries.iter().map(|entry| entry.seq.0).collect()
}

/// The mark under each of the visitor's own rows.
fn marks(state: &State) -> Vec<Mark<'_>> {
    let rows = state.rows().into_iter();
    rows.filter_map(|row| match row.what {
        What::Own { mark, .. } | What::Draft { mark, .. } => Some(mark),
        _ => None,
    })
    .collect()
}

fn happened(seq: u64, event: PublicEvent) -> PublicEntry {
    PublicEntry {
        body: PublicBody::Event(event),
        ..entry(seq, PublicAuthor::System)
    }
}

fn proposed(seq: u64) -> PublicEntry {
    happened(
        seq,
        PublicEvent::Proposed {
            message: "Shall I fetch a person?".to_owned(),
        },
    )
}

fn missed(seq: u64) -> PublicEntry {
    happened(
        seq,
        PublicEvent::Missed {
            message: "Nobody came.".to_owned(),
            form: true,
        },
    )
}

/// What the rows are, in a word each.
fn kinds(state: &State) -> Vec<&'static str> {
    let kind = |row: Row<'_>| match row.what {
        What::Theirs { .. } => "theirs",
        What::Own { .. } => "own",
        What::Draft { .. } => "draft",
        What::Event { .. } => "event",
        What::Asking { .. } => "asking",
        What::Proposal(_) => "proposal",
        What::Form { .. } => "form",
        What::Sending { .. } => "sending",
        What::Waiting { .. } => "waiting",
        What::Typing { .. } => "typing",
    };
    state.rows().into_iter().map(kind).collect()
}

fn refused(n: u8, refusal: Refusal) -> VisitorEvent {
    VisitorEvent::Refused {
        key: Some(key(n)),
        sentence: refusal.to_string(),
        refusal,
    }
}

/// A visitor whom nobody answered, with an address in the form.
fn stood_up() -> State {
    let mut state = live(vec![entry(1, PublicAuthor::Visitor), missed(2)]);
    state.apply(VisitorEvent::LineChanged(StateLine::LeaveDetails));
    state.details.email = "kim@example.org".to_owned();
    state
}
