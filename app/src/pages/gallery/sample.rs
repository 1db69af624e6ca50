//! What the specimens are about: one small team, its conversations, and one moment in time.

use protocol::agent::{AgentEvent, Thread, VisitorView, Welcome};
use protocol::card::{Card, CardState, Channel, Counts, LastLine, Tab};
use protocol::entry::{Author, Body, Entry, Event, Message, Note, Outcome, Trigger};
use protocol::label::{Category, Labels, Tag};
use protocol::person::{Availability, Face, Member, Notices, Role};
use protocol::targets::{Clock, Owed};
use protocol::text::{Node, RichText};
use protocol::{
    AgentId, CategoryId, ChatbotId, ConversationId, HandoffId, Key, PublicSeq, Seq, TagId,
    Timestamp,
};

use crate::live::state::{Connection, LiveState};

/// When everything here is looked at: Tuesday 2 June 2026, 14:02 in UTC.
pub(super) const NOW: Timestamp = Timestamp(1_780_408_920_000);

/// Me, and three colleagues.
pub(super) const ME: u8 = 1;
pub(super) const JONAS: u8 = 2;

pub(super) fn ago(seconds: i64) -> Timestamp {
    Timestamp(NOW.millis() - seconds * 1000)
}

pub(super) fn ahead(seconds: i64) -> Timestamp {
    ago(-seconds)
}

pub(super) fn id(n: u8) -> ConversationId {
    ConversationId::new(NOW, &[n; 10])
}

pub(super) fn handoff(n: u8) -> HandoffId {
    HandoffId::new(NOW, &[n; 10])
}

pub(super) fn agent(n: u8) -> AgentId {
    AgentId::new(NOW, &[n; 10])
}

pub(super) fn key(n: u8) -> Key {
    Key::new(NOW, &[n; 10])
}

pub(super) fn face(name: &str, hue: u16) -> Face {
    let initials = name.split(' ').filter_map(|word| word.chars().next());
    Face {
        name: name.to_owned(),
        initials: initials.collect(),
        hue,
    }
}

fn member(n: u8, name: &str, hue: u16, availability: Availability) -> Member {
    Member {
        id: agent(n),
        face: face(name, hue),
        role: Role::Supervisor,
        availability,
        accepting: true,
        languages: Vec::new(),
        picture: None,
        without: Default::default(),
    }
}

/// A card that says this last.
pub(super) fn card(n: u8, name: &str, state: CardState, says: &str) -> Card {
    Card {
        conversation: id(n),
        version: 1,
        chatbot: ChatbotId::new(NOW, &[1; 10]),
        channel: Channel::Web,
        visitor: face(name, u16::from(n) * 41 % 360),
        state,
        last: LastLine {
            author: Author::Visitor,
            text: says.to_owned(),
            at: ago(95),
            files: Default::default(),
        },
        unread: 0,
        declined_by: Vec::new(),
        category: None,
        tags: Vec::new(),
        blocked: false,
        participants: Vec::new(),
        clock: None,
        first_reply: None,
    }
}

pub(super) fn pending(n: u8, since: i64) -> CardState {
    CardState::Pending {
        handoff: handoff(n),
        trigger: Trigger::Wish,
        waiting_since: ago(since),
        offer: None,
    }
}

pub(super) fn active(n: u8, by: u8, unanswered: Option<i64>) -> CardState {
    CardState::Active {
        handoff: handoff(n),
        agent: agent(by),
        claimed_at: ago(600),
        unanswered_since: unanswered.map(ago),
        snooze: None,
    }
}

pub(super) fn resolved(n: u8, outcome: Outcome) -> CardState {
    CardState::Resolved {
        handoff: handoff(n),
        agent: agent(JONAS),
        outcome,
        at: ago(7200),
    }
}

/// A reply that is owed in so many seconds, of five minutes; late when that is negative.
pub(super) fn owed(left: i64) -> Clock {
    Clock {
        owed: Owed::FirstReply,
        since: ahead(left - 300),
        warn_at: ahead(left - 75),
        due_at: ahead(left),
    }
}

pub(super) fn text(words: &str) -> RichText {
    RichText(vec![Node::Text(words.to_owned())])
}

pub(super) fn message(words: &str) -> Message {
    Message {
        text: text(words),
        sources: Vec::new(),
        choices: Vec::new(),
        attachments: Vec::new(),
        thumb: None,
    }
}

pub(super) fn note(words: &str) -> Body {
    Body::Note(Note {
        text: text(words),
        attachments: Vec::new(),
        edited_at: None,
        pinned: false,
    })
}

/// Entries in this order, half a minute apart, the last one a minute ago.
pub(super) fn entries(bodies: Vec<(Author, Body)>) -> Vec<Entry> {
    let count = bodies.len() as i64;
    let numbered = bodies.into_iter().zip(1..);
    let entries = numbered.map(|((author, body), seq)| Entry {
        seq: Seq(seq),
        public_seq: (!matches!(body, Body::Note(_))).then_some(PublicSeq(seq)),
        at: ago(60 + (count - seq.cast_signed()) * 30),
        key: None,
        author,
        body,
    });
    entries.collect()
}

pub(super) fn event(event: Event) -> (Author, Body) {
    (Author::System, Body::Event(event))
}

/// An inbox that is connected and holds these cards.
pub(super) fn inbox(cards: Vec<Card>) -> LiveState {
    let mut state = LiveState::default();
    state.start();
    state.connection_changed(Connection::Live);
    let team = vec![
        member(ME, "Mara Lindqvist", 20, Availability::Online),
        member(JONAS, "Jonas Brandt", 210, Availability::Online),
        member(3, "Priya Nair", 300, Availability::Away),
        member(4, "Sam Okafor", 120, Availability::Offline),
    ];
    let welcome = Welcome {
        me: agent(ME),
        chosen: Availability::Online,
        notices: Notices::default(),
        groups: Vec::new(),
        team,
        chatbots: Vec::new(),
        labels: labels(),
        counts: Counts {
            pending: 3,
            active: 4,
            mine: 2,
            missed: 1,
            snoozed: 1,
            longest_waiting_since: Some(ago(190)),
        },
        tab: Tab::Pending,
        cards: Vec::new(),
        more: false,
        drafts: Vec::new(),
        mentions: Vec::new(),
        now: NOW,
    };
    state.apply(AgentEvent::Welcome(welcome), NOW);
    for card in cards {
        state.apply(AgentEvent::CardChanged(card), NOW);
    }
    state
}

/// The same with the first card's conversation open.
pub(super) fn opened(card: Card, entries: Vec<Entry>) -> LiveState {
    let open = card.conversation;
    let mut state = inbox(vec![card.clone()]);
    state.open(open);
    let thread = Thread {
        visitor: VisitorView {
            face: card.visitor.clone(),
            name: card.visitor.name.clone(),
            email: "elif@skarn.example".to_owned(),
            channel: Channel::Web,
            connected: true,
            since: ago(900),
            page_url: "https://skarn.example/lamps".to_owned(),
            page_title: "Lamps".to_owned(),
            referrer: String::new(),
            ip: "203.0.113.7".to_owned(),
            location: "Bergen, Norway".to_owned(),
            user_agent: String::new(),
            locale: "en".to_owned(),
        },
        card,
        entries,
        more: false,
        read_by_visitor: PublicSeq(4),
        drafts: Vec::new(),
    };
    state.apply(AgentEvent::Thread(thread), NOW);
    state
}

fn labels() -> Labels {
    let category = Category {
        id: CategoryId::new(NOW, &[1; 10]),
        name: "Delivery".to_owned(),
        retired: false,
    };
    let tag = |n: u8, name: &str| Tag {
        id: TagId::new(NOW, &[n; 10]),
        name: name.to_owned(),
        retired: false,
    };
    Labels {
        categories: vec![category],
        tags: vec![tag(1, "vip"), tag(2, "refund")],
    }
}
