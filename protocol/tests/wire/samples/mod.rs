//! One made-up value of every variant on the wire, with fixed ids and times.

/// A sample of every variant, and an exhaustive match: a variant without a sample, or a sample
/// under the name of another variant, does not compile or does not pass.
macro_rules! variants {
    ($visit:expr, $kind:literal, $type:ident { $($variant:ident = $sample:expr),* $(,)? }) => {{
        fn name(value: &$type) -> &'static str {
            match value {
                $($type::$variant { .. } => stringify!($variant),)*
            }
        }
        $({
            let sample = $sample;
            assert_eq!(stringify!($variant), name(&sample));
            $visit.visit($kind, &snake(stringify!($variant)), &sample);
        })*
    }};
}

mod entries;
mod pages;
mod refusals;

use protocol::agent::{
    AgentCommand, AgentEvent, ChatbotView, GroupView, Thread, ThreadPosition, VisitorView,
    Welcome as AgentWelcome,
};
use protocol::card::{Card, CardState, Channel, Counts, Cursor, LastLine, Offer, Tab};
use protocol::entry::{
    Author, Body, Destination, Entry, Event, Message, MissedReason, Outcome, Passed, PublicAuthor,
    PublicBody, PublicEntry, Released, Source, Taken, Trigger,
};
use protocol::lead::{Answer, LeadDetails};
use protocol::person::{Availability, Face, Member, Role};
use protocol::refusal::Refusal;
use protocol::text::{Node, RichText, Tag};
use protocol::visitor::{
    Page, Start, StateLine, Typist, VisitorCommand, VisitorEvent, Welcome as VisitorWelcome,
};
use protocol::widget::{FieldKind, FormField, FormView, WidgetView};
use protocol::{
    AgentId, ChatbotId, ConversationId, GroupId, HandoffId, Key, PublicSeq, Seq, Timestamp,
};

use crate::Visit;

/// When the examples play: 2026-03-02, 09:00 UTC.
const NINE: i64 = 1_772_442_000_000;

macro_rules! ids {
    ($($name:ident -> $id:ident $mark:literal)*) => {$(
        fn $name() -> $id {
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
    ana -> AgentId 0xa1
    ben -> AgentId 0xb2
    group -> GroupId 0x60
    key -> Key 0x01
    other_key -> Key 0x02
}

fn after(seconds: i64) -> Timestamp {
    Timestamp(NINE + seconds * 1_000)
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// Shows every sample.
pub(crate) fn all(visit: &mut impl Visit) {
    visitor_side(visit);
    agent_side(visit);
    entries::all(visit);
    entries::events(visit);
    texts(visit);
    refusals(visit);
    words(visit);
    pages::all(visit);
}

/// Shows the frames, which are what a client sends and what it is sent, and the events in them.
pub(crate) fn frames(visit: &mut impl Visit) {
    visitor_side(visit);
    agent_side(visit);
    entries::events(visit);
}

/// Shows a sample of every refusal.
pub(crate) fn refusals(visit: &mut impl Visit) {
    refusals::all(visit);
}

fn visitor_side(visit: &mut impl Visit) {
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
    });
    variants!(visit, "visitor_event", VisitorEvent {
        Welcome = VisitorEvent::Welcome(VisitorWelcome {
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
            minutes: Some(4),
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
}

fn agent_side(visit: &mut impl Visit) {
    variants!(visit, "agent_command", AgentCommand {
        Start = AgentCommand::Start {
            tab: Tab::Pending,
            threads: vec![ThreadPosition {
                conversation: conversation(),
                after: Seq(3),
            }],
        },
        ListCards = AgentCommand::ListCards {
            tab: Tab::Resolved,
            after: Some(Cursor {
                at: after(0),
                conversation: conversation(),
            }),
        },
        OpenThread = AgentCommand::OpenThread {
            conversation: conversation(),
            after: Seq(0),
        },
        CloseThread = AgentCommand::CloseThread { conversation: conversation() },
        LoadEarlier = AgentCommand::LoadEarlier {
            conversation: conversation(),
            before: Seq(101),
        },
        Say = AgentCommand::Say {
            conversation: conversation(),
            key: key(),
            text: "Yes, we do.".to_owned(),
        },
        AddNote = AgentCommand::AddNote {
            conversation: conversation(),
            key: key(),
            text: "Asked the same last week.".to_owned(),
        },
        Claim = AgentCommand::Claim {
            conversation: conversation(),
            handoff: handoff(),
            key: key(),
        },
        Reject = AgentCommand::Reject {
            conversation: conversation(),
            handoff: handoff(),
            key: key(),
        },
        StepIn = AgentCommand::StepIn {
            conversation: conversation(),
            key: key(),
        },
        Transfer = AgentCommand::Transfer {
            conversation: conversation(),
            handoff: handoff(),
            key: key(),
            to: Destination::Agent(ben()),
            note: "Speaks Norwegian.".to_owned(),
        },
        Release = AgentCommand::Release {
            conversation: conversation(),
            handoff: handoff(),
            key: key(),
        },
        Resolve = AgentCommand::Resolve {
            conversation: conversation(),
            handoff: handoff(),
            key: key(),
            outcome: Outcome::RestoredToAi,
        },
        Read = AgentCommand::Read {
            conversation: conversation(),
            seq: Seq(6),
        },
        Typing = AgentCommand::Typing {
            conversation: conversation(),
            typing: true,
        },
        SetAvailability = AgentCommand::SetAvailability {
            availability: Availability::Away,
        },
        SetAccepting = AgentCommand::SetAccepting { accepting: false },
        Ping = AgentCommand::Ping,
    });
    variants!(visit, "agent_event", AgentEvent {
        Welcome = AgentEvent::Welcome(AgentWelcome {
            me: ana(),
            chosen: Availability::Online,
            groups: vec![GroupView {
                id: group(),
                name: "Orders".to_owned(),
            }],
            team: vec![
                Member {
                    id: ana(),
                    face: ana_face(),
                    role: Role::Owner,
                    availability: Availability::Online,
                    accepting: true,
                },
                Member {
                    id: ben(),
                    face: ben_face(),
                    role: Role::SupportAgent,
                    availability: Availability::Offline,
                    accepting: true,
                },
            ],
            chatbots: vec![ChatbotView {
                id: chatbot(),
                name: "Northern Tents".to_owned(),
            }],
            counts: counts(),
            tab: Tab::Pending,
            cards: vec![card(pending())],
            more: false,
            now: after(12),
        }),
        Cards = AgentEvent::Cards {
            tab: Tab::Pending,
            cards: vec![card(pending())],
            more: true,
        },
        CardChanged = AgentEvent::CardChanged(card(active())),
        CardGone = AgentEvent::CardGone { conversation: conversation() },
        CountsChanged = AgentEvent::CountsChanged(counts()),
        Thread = AgentEvent::Thread(Thread {
            card: card(pending()),
            visitor: VisitorView {
                face: visitor_face(),
                channel: Channel::Web,
                connected: true,
                since: after(0),
                page_url: "https://shop.example/tents".to_owned(),
                page_title: "Tents".to_owned(),
                referrer: "https://search.example/".to_owned(),
                ip: "203.0.113.7".to_owned(),
                user_agent: "Mozilla/5.0".to_owned(),
                locale: "de-CH".to_owned(),
            },
            entries: vec![question(), answer(), requested()],
            more: false,
            read_by_visitor: PublicSeq(2),
        }),
        Earlier = AgentEvent::Earlier {
            conversation: conversation(),
            entries: vec![question()],
            more: false,
        },
        EntryAdded = AgentEvent::EntryAdded {
            conversation: conversation(),
            entry: note(),
        },
        ReadByVisitor = AgentEvent::ReadByVisitor {
            conversation: conversation(),
            seq: PublicSeq(5),
        },
        TypingChanged = AgentEvent::TypingChanged {
            conversation: conversation(),
            author: Author::Visitor,
            typing: true,
        },
        PresenceChanged = AgentEvent::PresenceChanged {
            agent: ben(),
            availability: Availability::Online,
            chosen: None,
            accepting: true,
        },
        VisitorPresenceChanged = AgentEvent::VisitorPresenceChanged {
            conversation: conversation(),
            connected: false,
        },
        Done = AgentEvent::Done {
            key: key(),
            seq: Some(Seq(4)),
        },
        Refused = AgentEvent::Refused {
            key: Some(key()),
            refusal: taken_by(),
            sentence: taken_by().sentence(after(22)),
        },
        Pong = AgentEvent::Pong,
    });
    variants!(visit, "card_state", CardState {
        Assistant = CardState::Assistant,
        Pending = pending(),
        Active = active(),
        Missed = CardState::Missed {
            handoff: handoff(),
            reason: MissedReason::Timeout,
            at: after(910),
            details: true,
        },
        Resolved = CardState::Resolved {
            handoff: handoff(),
            agent: ana(),
            outcome: Outcome::Closed,
            at: after(90),
        },
    });
}

fn texts(visit: &mut impl Visit) {
    let text = |words: &str| Node::Text(words.to_owned());
    visit.visit(
        "rich_text",
        "",
        &RichText(vec![
            Node::Open(Tag::Paragraph),
            text("Yes, "),
            Node::Open(Tag::Strong),
            text("within a week"),
            Node::Close,
            text(", "),
            Node::Open(Tag::Emphasis),
            text("mostly"),
            Node::Close,
            text("."),
            Node::Break,
            text("See "),
            Node::Open(Tag::Link {
                href: "https://shop.example/shipping".to_owned(),
            }),
            text("shipping"),
            Node::Close,
            text(" or ask for "),
            Node::Code("NO-5".to_owned()),
            text("."),
            Node::Close,
            Node::Open(Tag::List { ordered: false }),
            Node::Open(Tag::Item),
            text("Oslo"),
            Node::Close,
            Node::Open(Tag::Item),
            text("Bergen"),
            Node::Close,
            Node::Close,
            Node::Open(Tag::CodeBlock),
            text("weight: 2 kg\nprice: 9 EUR"),
            Node::Close,
        ]),
    );
    variants!(visit, "node", Node {
        Text = text("Yes, "),
        Code = Node::Code("NO-5".to_owned()),
        Break = Node::Break,
        Open = Node::Open(Tag::Paragraph),
        Close = Node::Close,
    });
    variants!(visit, "tag", Tag {
        Paragraph = Tag::Paragraph,
        Strong = Tag::Strong,
        Emphasis = Tag::Emphasis,
        CodeBlock = Tag::CodeBlock,
        List = Tag::List { ordered: true },
        Item = Tag::Item,
        Link = Tag::Link {
            href: "https://shop.example/shipping".to_owned(),
        },
    });
}

/// The bare words.
fn words(visit: &mut impl Visit) {
    variants!(visit, "trigger", Trigger {
        Button = Trigger::Button,
        Wish = Trigger::Wish,
        Keyword = Trigger::Keyword,
        LowConfidence = Trigger::LowConfidence,
        Frustration = Trigger::Frustration,
        Topic = Trigger::Topic,
        HighValue = Trigger::HighValue,
        Form = Trigger::Form,
        Agent = Trigger::Agent,
    });
    variants!(visit, "outcome", Outcome {
        RestoredToAi = Outcome::RestoredToAi,
        Closed = Outcome::Closed,
        AutoClosed = Outcome::AutoClosed,
        Spam = Outcome::Spam,
    });
    variants!(visit, "tab", Tab {
        Pending = Tab::Pending,
        Active = Tab::Active,
        Missed = Tab::Missed,
        Resolved = Tab::Resolved,
    });
    variants!(visit, "passed", Passed {
        Rejected = Passed::Rejected,
        Expired = Passed::Expired,
    });
    variants!(visit, "taken", Taken {
        Claimed = Taken::Claimed,
        Assigned = Taken::Assigned,
        SteppedIn = Taken::SteppedIn,
    });
    variants!(visit, "released", Released {
        Given = Released::Given,
        Lost = Released::Lost,
    });
    variants!(visit, "destination", Destination {
        Agent = Destination::Agent(ben()),
        Group = Destination::Group(group()),
        Queue = Destination::Queue,
    });
    variants!(visit, "missed_reason", MissedReason {
        Timeout = MissedReason::Timeout,
        NoAgent = MissedReason::NoAgent,
        OutOfHours = MissedReason::OutOfHours,
        VisitorLeft = MissedReason::VisitorLeft,
    });
    variants!(visit, "channel", Channel {
        Web = Channel::Web,
    });
    variants!(visit, "availability", Availability {
        Offline = Availability::Offline,
        Away = Availability::Away,
        Online = Availability::Online,
    });
    variants!(visit, "role", Role {
        SupportAgent = Role::SupportAgent,
        Agent = Role::Agent,
        AccountManager = Role::AccountManager,
        Supervisor = Role::Supervisor,
        Admin = Role::Admin,
        Owner = Role::Owner,
    });
}

fn widget() -> WidgetView {
    let field = |kind, required| FormField { kind, required };
    WidgetView {
        name: "Northern Tents".to_owned(),
        greeting: "Hello. What can we help with?".to_owned(),
        starters: vec!["Do you ship abroad?".to_owned()],
        handoff_button: Some(0),
        form: FormView {
            fields: vec![
                field(FieldKind::Name, false),
                field(FieldKind::Email, true),
                field(FieldKind::Custom("Order number".to_owned()), false),
                field(FieldKind::Message, false),
            ],
            consent: Some("You may write to me about this.".to_owned()),
        },
    }
}

fn details() -> LeadDetails {
    LeadDetails {
        name: "Mira Holm".to_owned(),
        email: "mira@example.org".to_owned(),
        phone: String::new(),
        message: "Do you ship to Norway?".to_owned(),
        custom: vec![Answer {
            label: "Order number".to_owned(),
            text: "2041".to_owned(),
        }],
        consent: true,
    }
}

fn face(name: &str, initials: &str, hue: u16) -> Face {
    Face {
        name: name.to_owned(),
        initials: initials.to_owned(),
        hue,
    }
}

fn ana_face() -> Face {
    face("Ana Ruiz", "AR", 212)
}

fn ben_face() -> Face {
    face("Ben Okafor", "BO", 34)
}

fn visitor_face() -> Face {
    face("Visitor 4f2a", "V4", 145)
}

fn taken_by() -> Refusal {
    Refusal::TakenBy {
        agent: ana(),
        name: "Ana Ruiz".to_owned(),
        at: after(20),
    }
}

fn pending() -> CardState {
    CardState::Pending {
        handoff: handoff(),
        trigger: Trigger::Button,
        waiting_since: after(10),
        offer: Some(Offer {
            agent: ana(),
            until: after(40),
        }),
    }
}

fn active() -> CardState {
    CardState::Active {
        handoff: handoff(),
        agent: ana(),
        claimed_at: after(20),
        unanswered_since: Some(after(10)),
    }
}

fn card(state: CardState) -> Card {
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
        },
        unread: 0,
        declined_by: vec![ben()],
    }
}

fn counts() -> Counts {
    Counts {
        pending: 1,
        active: 3,
        mine: 2,
        missed: 1,
        longest_waiting_since: Some(after(10)),
    }
}

fn words_of(text: &str) -> RichText {
    RichText(vec![
        Node::Open(Tag::Paragraph),
        Node::Text(text.to_owned()),
        Node::Close,
    ])
}

fn message(text: RichText) -> Message {
    Message {
        text,
        sources: Vec::new(),
        choices: Vec::new(),
    }
}

fn asked() -> Message {
    message(RichText(vec![
        Node::Open(Tag::Paragraph),
        Node::Text("Do you ship to ".to_owned()),
        Node::Open(Tag::Strong),
        Node::Text("Norway".to_owned()),
        Node::Close,
        Node::Text("?".to_owned()),
        Node::Close,
    ]))
}

fn answered() -> Message {
    Message {
        sources: vec![Source {
            title: "Shipping".to_owned(),
            url: Some("https://shop.example/shipping".to_owned()),
        }],
        choices: vec!["What does it cost?".to_owned()],
        ..message(words_of("Yes, within a week."))
    }
}

fn question() -> Entry {
    Entry {
        seq: Seq(1),
        public_seq: Some(PublicSeq(1)),
        at: after(0),
        key: Some(key()),
        author: Author::Visitor,
        body: Body::Message(asked()),
    }
}

fn answer() -> Entry {
    Entry {
        seq: Seq(2),
        public_seq: Some(PublicSeq(2)),
        at: after(3),
        key: None,
        author: Author::Ai,
        body: Body::Message(answered()),
    }
}

fn requested() -> Entry {
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

fn note() -> Entry {
    Entry {
        seq: Seq(4),
        public_seq: None,
        at: after(15),
        key: Some(key()),
        author: Author::Agent(ben()),
        body: Body::Note(words_of("Asked the same last week.")),
    }
}

fn public_question() -> PublicEntry {
    PublicEntry {
        seq: PublicSeq(1),
        at: after(0),
        key: Some(key()),
        author: PublicAuthor::Visitor,
        body: PublicBody::Message(asked()),
    }
}

fn public_answer() -> PublicEntry {
    PublicEntry {
        seq: PublicSeq(2),
        at: after(3),
        key: None,
        author: PublicAuthor::Ai,
        body: PublicBody::Message(answered()),
    }
}
