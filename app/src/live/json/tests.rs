//! What is read here is what the usual reader reads.

use protocol::agent::{AgentEvent, ChatbotView, GroupView, Thread, VisitorView, Welcome};
use protocol::card::{Card, CardState, Channel, Counts, LastLine, Offer, Tab};
use protocol::entry::{
    Author, Body, Destination, Entry, Event, Message, MissedReason, Outcome, Passed, Released,
    Source, Taken, Trigger,
};
use protocol::lead::{Answer, LeadDetails};
use protocol::person::{Availability, Face, Member, Role};
use protocol::refusal::{Field, Problem};
use protocol::text::{Node, RichText, Tag};
use protocol::{
    AgentId, ChatbotId, ConversationId, GroupId, HandoffId, Key, PublicSeq, Refusal, Seq, Timestamp,
};

use super::*;

macro_rules! id {
    ($kind:ident) => {
        $kind::new(Timestamp(1_700_000_000_000), &[7; 10])
    };
}

const AT: Timestamp = Timestamp(1_700_000_000_001);

fn words() -> String {
    "“Tents”\n\t\"back\\slash\" 🏕 \u{1} / é".to_owned()
}

fn face() -> Face {
    Face {
        name: words(),
        initials: "É".to_owned(),
        hue: 359,
    }
}

fn states() -> Vec<CardState> {
    let (handoff, agent) = (id!(HandoffId), id!(AgentId));
    let pending = |offer| CardState::Pending {
        handoff,
        trigger: Trigger::LowConfidence,
        waiting_since: AT,
        offer,
    };
    vec![
        CardState::Assistant,
        pending(None),
        pending(Some(Offer { agent, until: AT })),
        CardState::Active {
            handoff,
            agent,
            claimed_at: AT,
            unanswered_since: Some(AT),
        },
        CardState::Missed {
            handoff,
            reason: MissedReason::OutOfHours,
            at: AT,
            details: true,
        },
        CardState::Resolved {
            handoff,
            agent,
            outcome: Outcome::AutoClosed,
            at: Timestamp(-5),
        },
    ]
}

fn card(state: CardState) -> Card {
    Card {
        conversation: id!(ConversationId),
        version: 9_007_199_254_740_993,
        chatbot: id!(ChatbotId),
        channel: Channel::Web,
        visitor: face(),
        state,
        last: LastLine {
            author: Author::Agent(id!(AgentId)),
            text: String::new(),
            at: AT,
        },
        unread: u32::MAX,
        declined_by: vec![id!(AgentId)],
    }
}

fn events() -> Vec<Event> {
    let (handoff, agent, message) = (id!(HandoffId), id!(AgentId), words());
    let (trigger, reason) = (Trigger::Keyword, words());
    let transferred = |from, to| Event::HandoffTransferred {
        handoff,
        by: agent,
        from,
        to,
        message: words(),
    };
    vec![
        Event::HandoffProposed {
            handoff,
            trigger,
            reason: reason.clone(),
            message: message.clone(),
        },
        Event::ProposalEnded {
            handoff,
            by: Author::System,
        },
        Event::HandoffRequested {
            handoff,
            trigger,
            reason,
            message: message.clone(),
        },
        Event::HandoffOffered {
            handoff,
            agent,
            until: AT,
        },
        Event::HandoffRejected {
            handoff,
            agent,
            why: Passed::Expired,
        },
        Event::HandoffClaimed {
            handoff,
            agent,
            how: Taken::SteppedIn,
            message: message.clone(),
        },
        Event::HandoffReleased {
            handoff,
            agent,
            why: Released::Lost,
        },
        transferred(None, Destination::Queue),
        transferred(Some(agent), Destination::Group(id!(GroupId))),
        transferred(Some(agent), Destination::Agent(agent)),
        Event::HandoffMissed {
            handoff,
            trigger: Trigger::Form,
            reason: MissedReason::NoAgent,
            message,
            form: false,
        },
        Event::FormSent {
            handoff,
            details: LeadDetails {
                name: words(),
                custom: vec![Answer {
                    label: words(),
                    text: words(),
                }],
                consent: true,
                ..LeadDetails::default()
            },
        },
    ]
}

fn entries() -> Vec<Entry> {
    let text = RichText(vec![
        Node::Open(Tag::Link { href: words() }),
        Node::Open(Tag::List { ordered: true }),
        Node::Text(words()),
        Node::Break,
        Node::Close,
    ]);
    let message = Message {
        text: text.clone(),
        sources: vec![Source {
            title: words(),
            url: None,
        }],
        choices: vec![words(), String::new()],
    };
    let bodies = [Body::Message(message), Body::Note(text)];
    let bodies = bodies
        .into_iter()
        .chain(events().into_iter().map(Body::Event));
    bodies
        .map(|body| Entry {
            seq: Seq(3),
            public_seq: None,
            at: AT,
            key: Some(id!(Key)),
            author: Author::Ai,
            body,
        })
        .collect()
}

fn told() -> Vec<AgentEvent> {
    let visitor = VisitorView {
        face: face(),
        channel: Channel::Web,
        connected: false,
        since: AT,
        page_url: words(),
        page_title: words(),
        referrer: String::new(),
        ip: "::1".to_owned(),
        user_agent: String::new(),
        locale: "de-CH".to_owned(),
    };
    let member = Member {
        id: id!(AgentId),
        face: face(),
        role: Role::AccountManager,
        availability: Availability::Away,
        accepting: false,
    };
    let refusals = [
        Refusal::NotHeld,
        Refusal::TargetFull {
            agent: id!(AgentId),
            name: words(),
            held: 3,
            limit: 3,
        },
        Refusal::FieldInvalid {
            field: Field::Custom(2),
            problem: Problem::OutOfRange { least: 1, most: 9 },
        },
    ];
    let mut told = vec![
        AgentEvent::Welcome(Welcome {
            me: id!(AgentId),
            chosen: Availability::Online,
            groups: vec![GroupView {
                id: id!(GroupId),
                name: words(),
            }],
            team: vec![member],
            chatbots: vec![ChatbotView {
                id: id!(ChatbotId),
                name: words(),
            }],
            counts: Counts {
                longest_waiting_since: Some(AT),
                ..Counts::default()
            },
            tab: Tab::Missed,
            cards: states().into_iter().map(card).collect(),
            more: true,
            now: AT,
        }),
        AgentEvent::Thread(Thread {
            card: card(CardState::Assistant),
            visitor,
            entries: entries(),
            more: false,
            read_by_visitor: PublicSeq(u64::from(u32::MAX) + 1),
        }),
        AgentEvent::PresenceChanged {
            agent: id!(AgentId),
            availability: Availability::Offline,
            chosen: None,
            accepting: true,
        },
        AgentEvent::Done {
            key: id!(Key),
            seq: Some(Seq(0)),
        },
        AgentEvent::Pong,
    ];
    told.extend(refusals.map(|refusal| AgentEvent::Refused {
        key: None,
        sentence: refusal.to_string(),
        refusal,
    }));
    told
}

#[test]
fn everything_told_is_read_as_the_usual_reader_reads_it() {
    for event in told() {
        for text in [
            serde_json::to_string(&event).unwrap(),
            serde_json::to_string_pretty(&event).unwrap(),
        ] {
            assert_eq!(Some(&event), read::<AgentEvent>(&text).as_ref(), "{text}");
        }
    }
}

#[test]
fn what_a_newer_server_adds_is_passed_over() {
    let text =
        r#"{"done":{"key":"018bcfe5-6800-7707-8707-070707070707","seq":null,"new":[{"a":1}]}}"#;
    assert!(matches!(
        read(text),
        Some(AgentEvent::Done { seq: None, .. })
    ));
}

#[test]
fn a_text_may_be_written_with_escapes() {
    let text = r#""\u0041\ud83c\udfd5\/\b\f\n\r\t\"\\""#;
    let expected = "A🏕/\u{8}\u{c}\n\r\t\"\\".to_owned();
    assert_eq!(Some(expected), read::<String>(text));
}

#[test]
fn what_is_cut_off_or_no_json_is_nothing() {
    for event in told() {
        let text = serde_json::to_string(&event).unwrap();
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert_eq!(None, read::<AgentEvent>(&text[..end]));
        }
        assert_eq!(None, read::<AgentEvent>(&format!("{text} x")));
    }
    for text in [
        "",
        "[",
        "{\"pong\"}",
        "1.5",
        "\"\\ud83c\"",
        "\"\\x\"",
        "nul",
    ] {
        assert_eq!(None, read::<AgentEvent>(text), "{text}");
    }
    assert_eq!(None, read::<Vec<u8>>("[256]"));
    assert_eq!(None, parse::parse(&"[".repeat(100_000)));
}
