//! One made-up value of every variant on the wire, with fixed ids and times.

use protocol::agent::{
    AgentCommand, AgentEvent, ChatbotView, Thread, ThreadPosition, VisitorView,
    Welcome as AgentWelcome,
};
use protocol::card::{Card, CardState, Channel, Counts, Cursor, LastLine, Tab};
use protocol::entry::{
    Author, Body, Entry, Event, Message, Outcome, PublicAuthor, PublicBody, PublicEntry,
    PublicEvent, Source, Trigger,
};
use protocol::person::{Availability, Face, Member, Role};
use protocol::refusal::{Field, Problem, Refusal};
use protocol::settings::{ChatbotSettings, WidgetView};
use protocol::text::{Node, RichText, Tag};
use protocol::visitor::{
    Page, Start, StateLine, Typist, VisitorCommand, VisitorEvent, Welcome as VisitorWelcome,
};
use protocol::{AgentId, ChatbotId, ConversationId, HandoffId, Key, PublicSeq, Seq, Timestamp};

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
    key -> Key 0x01
    other_key -> Key 0x02
}

fn after(seconds: i64) -> Timestamp {
    Timestamp(NINE + seconds * 1_000)
}

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
    entries(visit);
    texts(visit);
    refusals(visit);
    words(visit);
    visit.visit("chatbot_settings", "", &settings());
}

/// Shows the frames: what a client sends and what it is sent.
pub(crate) fn frames(visit: &mut impl Visit) {
    visitor_side(visit);
    agent_side(visit);
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
        Read = VisitorCommand::Read { seq: PublicSeq(2) },
        Typing = VisitorCommand::Typing { typing: true },
        LoadEarlier = VisitorCommand::LoadEarlier { before: PublicSeq(101) },
        Ping = VisitorCommand::Ping,
    });
    variants!(visit, "visitor_event", VisitorEvent {
        Welcome = VisitorEvent::Welcome(VisitorWelcome {
            token: Some("5e".repeat(32)),
            conversation: conversation(),
            widget: WidgetView {
                name: "Northern Tents".to_owned(),
                greeting: "Hello. What can we help with?".to_owned(),
                starters: vec!["Do you ship abroad?".to_owned()],
                handoff_button: true,
            },
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
        LineChanged = VisitorEvent::LineChanged(StateLine::Waiting { place: 2 }),
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
        Waiting = StateLine::Waiting { place: 1 },
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
        Ping = AgentCommand::Ping,
    });
    variants!(visit, "agent_event", AgentEvent {
        Welcome = AgentEvent::Welcome(AgentWelcome {
            me: ana(),
            chosen: Availability::Online,
            team: vec![
                Member {
                    id: ana(),
                    face: ana_face(),
                    role: Role::Owner,
                    availability: Availability::Online,
                },
                Member {
                    id: ben(),
                    face: ben_face(),
                    role: Role::SupportAgent,
                    availability: Availability::Offline,
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
        Resolved = CardState::Resolved {
            handoff: handoff(),
            agent: ana(),
            outcome: Outcome::Closed,
            at: after(90),
        },
    });
}

fn entries(visit: &mut impl Visit) {
    visit.visit("entry", "", &answer());
    visit.visit("public_entry", "", &public_answer());
    variants!(visit, "author", Author {
        Visitor = Author::Visitor,
        Ai = Author::Ai,
        Agent = Author::Agent(ana()),
        System = Author::System,
    });
    variants!(visit, "body", Body {
        Message = answer().body,
        Note = note().body,
        Event = requested().body,
    });
    variants!(visit, "event", Event {
        HandoffRequested = Event::HandoffRequested {
            handoff: handoff(),
            trigger: Trigger::Button,
            message: "A team member will be with you shortly.".to_owned(),
        },
        HandoffClaimed = Event::HandoffClaimed {
            handoff: handoff(),
            agent: ana(),
        },
        HandoffReleased = Event::HandoffReleased {
            handoff: handoff(),
            agent: ana(),
        },
        HandoffCancelled = Event::HandoffCancelled {
            handoff: handoff(),
            by: Author::Visitor,
        },
        HandoffResolved = Event::HandoffResolved {
            handoff: handoff(),
            agent: ana(),
            outcome: Outcome::RestoredToAi,
            message: "The assistant is back.".to_owned(),
        },
    });
    variants!(visit, "public_author", PublicAuthor {
        Visitor = PublicAuthor::Visitor,
        Ai = PublicAuthor::Ai,
        Person = PublicAuthor::Person(ana_face()),
        System = PublicAuthor::System,
    });
    variants!(visit, "public_body", PublicBody {
        Message = public_answer().body,
        Event = PublicBody::Event(PublicEvent::Joined { person: ana_face() }),
    });
    variants!(visit, "public_event", PublicEvent {
        Waiting = PublicEvent::Waiting {
            message: "A team member will be with you shortly.".to_owned(),
        },
        Joined = PublicEvent::Joined { person: ana_face() },
        Left = PublicEvent::Left { person: ana_face() },
        Cancelled = PublicEvent::Cancelled,
        Restored = PublicEvent::Restored {
            person: ana_face(),
            message: "The assistant is back.".to_owned(),
        },
        Closed = PublicEvent::Closed {
            person: ana_face(),
            message: "This conversation is closed.".to_owned(),
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

/// Shows a sample of every refusal.
pub(crate) fn refusals(visit: &mut impl Visit) {
    variants!(visit, "refusal", Refusal {
        TakenBy = taken_by(),
        HeldBy = Refusal::HeldBy {
            agent: ana(),
            name: "Ana Ruiz".to_owned(),
        },
        NotHeld = Refusal::NotHeld,
        HandoffOver = Refusal::HandoffOver,
        NotWaiting = Refusal::NotWaiting,
        NotOnline = Refusal::NotOnline,
        ChatLimitReached = Refusal::ChatLimitReached { held: 4, limit: 4 },
        TooManyThreads = Refusal::TooManyThreads { limit: 20 },
        NotAllowed = Refusal::NotAllowed,
        NotFound = Refusal::NotFound,
        OutcomeNotAllowed = Refusal::OutcomeNotAllowed,
        TextEmpty = Refusal::TextEmpty,
        TextTooLong = Refusal::TextTooLong { characters: 4_250, limit: 4_000 },
        KeyReused = Refusal::KeyReused,
        TooFast = Refusal::TooFast { retry_after_ms: 2_400 },
        StartExpected = Refusal::StartExpected,
        AlreadyStarted = Refusal::AlreadyStarted,
        Malformed = Refusal::Malformed,
        TokenUnknown = Refusal::TokenUnknown,
        ChatbotUnknown = Refusal::ChatbotUnknown,
        Unavailable = Refusal::Unavailable,
        SignInFailed = Refusal::SignInFailed,
        SetupTokenWrong = Refusal::SetupTokenWrong,
        SetupOver = Refusal::SetupOver,
        FieldInvalid = Refusal::FieldInvalid {
            field: Field::Password,
            problem: Problem::TooShort { least: 15 },
        },
    });
    variants!(visit, "problem", Problem {
        Missing = Problem::Missing,
        TooLong = Problem::TooLong { limit: 60 },
        TooShort = Problem::TooShort { least: 15 },
        NotAnAddress = Problem::NotAnAddress,
        TooCommon = Problem::TooCommon,
    });
}

/// The bare words.
fn words(visit: &mut impl Visit) {
    variants!(visit, "field", Field {
        Workspace = Field::Workspace,
        Name = Field::Name,
        Email = Field::Email,
        Password = Field::Password,
        Chatbot = Field::Chatbot,
    });
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
        Resolved = Tab::Resolved,
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

fn settings() -> ChatbotSettings {
    ChatbotSettings {
        greeting: "Hello. What can we help with?".to_owned(),
        starters: vec!["Do you ship abroad?".to_owned()],
        handoff_button: true,
        handover_message: "A team member will be with you shortly.".to_owned(),
        restored_message: "The assistant is back.".to_owned(),
        closing_message: "This conversation is closed.".to_owned(),
        unknown_message: "I don't know that.".to_owned(),
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
    }
}

fn counts() -> Counts {
    Counts {
        pending: 1,
        active: 3,
        mine: 2,
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
