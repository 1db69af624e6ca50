//! The agents' side: what an agent's client sends and is told.

use protocol::agent::{
    AgentCommand, AgentEvent, ChatbotView, GroupView, Thread, ThreadPosition, VisitorView, Welcome,
};
use protocol::card::{CardState, Channel, Cursor, Tab};
use protocol::contact::{
    Attribute, CameTo, Contact, ContactChange, Detail, Origin, Panel, PastHandoff, Visits,
};
use protocol::draft::{Draft, DraftMode};
use protocol::entry::{Author, Destination, MissedReason, Outcome, Trigger};
use protocol::erasure::Subject;
use protocol::label::LabelChange;
use protocol::mention::Mention;
use protocol::permission::{Permission, PermissionSet};
use protocol::person::{Availability, Member, Notices, Role};
use protocol::reply::{SavedReply, Share, Step};
use protocol::search::FoundIn;
use protocol::settings::{Day, Interval, WeekTimes};
use protocol::view::SavedView;
use protocol::{PublicSeq, Seq};

use super::values::*;
use super::variants;
use crate::Visit;

pub(super) fn show(visit: &mut impl Visit) {
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
            attachments: vec![guide()],
        },
        AddNote = AgentCommand::AddNote {
            conversation: conversation(),
            key: key(),
            text: "Asked the same last week.".to_owned(),
            attachments: Vec::new(),
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
            note: "Ben knows the poles.".to_owned(),
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
        Snooze = AgentCommand::Snooze {
            conversation: conversation(),
            handoff: handoff(),
            key: key(),
            until: Some(after(3_600)),
        },
        Wake = AgentCommand::Wake {
            conversation: conversation(),
            handoff: handoff(),
            key: key(),
        },
        Join = AgentCommand::Join {
            conversation: conversation(),
            handoff: handoff(),
            key: key(),
        },
        Leave = AgentCommand::Leave {
            conversation: conversation(),
            handoff: handoff(),
            key: key(),
        },
        Label = AgentCommand::Label {
            conversation: conversation(),
            key: key(),
            change: LabelChange::AddTag(urgent()),
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
        FollowAssistant = AgentCommand::FollowAssistant { follows: true },
        Ping = AgentCommand::Ping,
        ListReplies = AgentCommand::ListReplies,
        SaveDraft = AgentCommand::SaveDraft {
            conversation: conversation(),
            key: key(),
            mode: DraftMode::Reply,
            text: "Yes, we".to_owned(),
        },
        SeeMentions = AgentCommand::SeeMentions { conversation: conversation() },
        View = AgentCommand::View { conversation: Some(conversation()) },
        Search = AgentCommand::Search {
            key: key(),
            query: "pole sna".to_owned(),
            after: None,
        },
        ListViews = AgentCommand::ListViews,
        SaveView = AgentCommand::SaveView {
            key: key(),
            view: SavedView {
                version: 0,
                ..saved_view()
            },
        },
        DeleteView = AgentCommand::DeleteView {
            key: key(),
            view: view(),
            version: 2,
        },
        PlaceView = AgentCommand::PlaceView {
            key: key(),
            view: view(),
            before: None,
        },
        ShowPanel = AgentCommand::ShowPanel { conversation: conversation() },
        EditContact = AgentCommand::EditContact {
            conversation: conversation(),
            key: key(),
            version: 2,
            change: ContactChange::Email("kim@example.org".to_owned()),
        },
        LoadNote = AgentCommand::LoadNote {
            conversation: conversation(),
            note: Seq(7),
        },
        EditNote = AgentCommand::EditNote {
            conversation: conversation(),
            key: key(),
            note: Seq(7),
            text: "Asked the same **twice**.".to_owned(),
        },
        MergeContacts = AgentCommand::MergeContacts {
            conversation: conversation(),
            key: key(),
            other: conversation(),
        },
        SplitContact = AgentCommand::SplitContact {
            conversation: conversation(),
            key: key(),
        },
        Erase = AgentCommand::Erase {
            conversation: conversation(),
            key: key(),
            subject: Subject::Contact,
        },
        PinNote = AgentCommand::PinNote {
            conversation: conversation(),
            key: key(),
            note: Seq(7),
            pinned: true,
        },
        Block = AgentCommand::Block {
            conversation: conversation(),
            key: key(),
            blocked: true,
        },
        ListByDue = AgentCommand::ListByDue {
            tab: Tab::Active,
            after: Some(Cursor {
                at: after(300),
                conversation: conversation(),
            }),
        },
    });
    variants!(visit, "agent_event", AgentEvent {
        Welcome = AgentEvent::Welcome(Welcome {
            me: ana(),
            chosen: Availability::Online,
            notices: Notices {
                quiet: Some(WeekTimes {
                    zone: "Europe/Zurich".to_owned(),
                    open: vec![Interval {
                        day: Day::Monday,
                        from: 1_320,
                        to: 420,
                    }],
                }),
                ..Notices::default()
            },
            groups: vec![GroupView {
                id: repairs(),
                name: "Repairs".to_owned(),
            }],
            team: vec![
                Member {
                    id: ana(),
                    face: ana_face(),
                    role: Role::Owner,
                    availability: Availability::Online,
                    accepting: true,
                    languages: vec!["de".to_owned(), "en".to_owned()],
                    picture: Some(photo().id),
                    without: PermissionSet::NONE,
                },
                Member {
                    id: ben(),
                    face: ben_face(),
                    role: Role::SupportAgent,
                    availability: Availability::Offline,
                    accepting: false,
                    languages: Vec::new(),
                    picture: None,
                    without: [Permission::EditContacts].into_iter().collect(),
                },
            ],
            chatbots: vec![ChatbotView {
                id: chatbot(),
                name: "Northern Tents".to_owned(),
                file_limit: 20,
            }],
            labels: labels(),
            counts: counts(),
            tab: Tab::Pending,
            cards: vec![card(pending())],
            more: false,
            drafts: vec![conversation()],
            mentions: vec![mention()],
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
        LabelsChanged = AgentEvent::LabelsChanged(labels()),
        TeamChanged = AgentEvent::TeamChanged(vec![Member {
            id: ben(),
            face: ben_face(),
            role: Role::SupportAgent,
            availability: Availability::Offline,
            accepting: false,
            languages: vec!["de".to_owned()],
            picture: None,
            without: [Permission::EditContacts].into_iter().collect(),
        }]),
        Thread = AgentEvent::Thread(Thread {
            card: card(pending()),
            visitor: VisitorView {
                face: visitor_face(),
                name: "Kim Larsen".to_owned(),
                email: "kim@example.org".to_owned(),
                channel: Channel::Web,
                connected: true,
                since: after(0),
                page_url: "https://shop.example/tents".to_owned(),
                page_title: "Tents".to_owned(),
                referrer: "https://search.example/".to_owned(),
                ip: "203.0.113.7".to_owned(),
                location: "Bergen, Norway".to_owned(),
            user_agent: "Mozilla/5.0".to_owned(),
                locale: "de-CH".to_owned(),
            },
            entries: vec![question(), answer(), requested()],
            more: false,
            read_by_visitor: PublicSeq(2),
            drafts: vec![draft()],
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
        Replies = AgentEvent::Replies {
            from: 0,
            replies: vec![SavedReply {
                id: reply(),
                share: Share::Chatbot(chatbot()),
                shortcut: "abroad".to_owned(),
                title: "Shipping abroad".to_owned(),
                text: "Hello {{visitor.name|there}}, we ship within a week.".to_owned(),
                steps: vec![Step::AddTag(urgent()), Step::Snooze(Some(60))],
                version: 2,
                files: vec![pdf()],
            }],
            more: false,
        },
        RepliesChanged = AgentEvent::RepliesChanged,
        DraftChanged = AgentEvent::DraftChanged {
            conversation: conversation(),
            draft: draft(),
        },
        Mentioned = AgentEvent::Mentioned(mention()),
        MentionsSeen = AgentEvent::MentionsSeen { conversation: conversation() },
        PreviewChanged = AgentEvent::PreviewChanged {
            conversation: conversation(),
            text: "Is Bergen".to_owned(),
        },
        ViewersChanged = AgentEvent::ViewersChanged {
            conversation: conversation(),
            agents: vec![ana(), ben()],
        },
        Found = AgentEvent::Found {
            key: key(),
            hits: vec![hit()],
            next: Some(4_711),
        },
        Views = AgentEvent::Views { views: vec![saved_view()] },
        ViewsChanged = AgentEvent::ViewsChanged,
        Panel = AgentEvent::Panel(panel()),
        Notes = AgentEvent::Notes {
            conversation: conversation(),
            notes: vec![note()],
        },
        ContactChanged = AgentEvent::ContactChanged {
            conversation: conversation(),
            contact: contact(),
        },
        PanelChanged = AgentEvent::PanelChanged { conversation: conversation() },
        NoteText = AgentEvent::NoteText {
            conversation: conversation(),
            note: Seq(7),
            text: "Asked the same **last week**.".to_owned(),
        },
        CardsByDue = AgentEvent::CardsByDue {
            tab: Tab::Active,
            cards: vec![owing(active())],
            more: true,
        },
    });
    variants!(visit, "step", Step {
        Note = Step::Note("Told {{visitor.name}} when.".to_owned()),
        Category = Step::Category(shipping()),
        AddTag = Step::AddTag(urgent()),
        RemoveTag = Step::RemoveTag(urgent()),
        Transfer = Step::Transfer(Destination::Queue),
        Snooze = Step::Snooze(None),
        Resolve = Step::Resolve(Outcome::Closed),
    });
    variants!(visit, "found_in", FoundIn {
        Message = FoundIn::Message,
        Note = FoundIn::Note,
        Details = FoundIn::Details,
    });
    let attribute = || Attribute {
        name: "Order".to_owned(),
        text: "NO-5".to_owned(),
    };
    variants!(visit, "contact_change", ContactChange {
        Name = ContactChange::Name("Kim Larsen".to_owned()),
        Email = ContactChange::Email("kim@example.org".to_owned()),
        Phone = ContactChange::Phone("+47 55 21 40 00".to_owned()),
        Company = ContactChange::Company("Northern Lights".to_owned()),
        Attribute = ContactChange::Attribute(attribute()),
    });
    variants!(visit, "origin", Origin {
        Form = Origin::Form,
        Agent = Origin::Agent,
        Signed = Origin::Signed,
        Page = Origin::Page,
    });
    variants!(visit, "came_to", CameTo {
        Open = CameTo::Open,
        Resolved = CameTo::Resolved {
            agent: ana(),
            outcome: Outcome::Spam,
        },
        Missed = CameTo::Missed(MissedReason::Timeout),
        Cancelled = CameTo::Cancelled,
    });
    variants!(visit, "share", Share {
        Workspace = Share::Workspace,
        Chatbot = Share::Chatbot(chatbot()),
        Own = Share::Own,
    });
    variants!(visit, "draft_mode", DraftMode {
        Reply = DraftMode::Reply,
        Note = DraftMode::Note,
    });
    variants!(visit, "card_state", CardState {
        Assistant = CardState::Assistant,
        Pending = pending(),
        Active = active(),
        Missed = CardState::Missed {
            handoff: handoff(),
            reason: MissedReason::Timeout,
            at: after(900),
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

fn contact() -> Contact {
    let detail = |text: &str, origin| Detail {
        text: text.to_owned(),
        origin,
    };
    Contact {
        version: 3,
        name: detail("Kim Larsen", Origin::Agent),
        email: detail("kim@example.org", Origin::Form),
        phone: Detail::default(),
        company: Detail::default(),
        attributes: vec![Attribute {
            name: "Order".to_owned(),
            text: "NO-5".to_owned(),
        }],
    }
}

fn panel() -> Panel {
    Panel {
        conversation: conversation(),
        contact: contact(),
        visits: Visits {
            count: 3,
            until: after(20),
            before: Some(after(-7_200)),
        },
        elsewhere: vec![card(active())],
        handoffs: vec![PastHandoff {
            handoff: handoff(),
            trigger: Trigger::Wish,
            at: after(10),
            came_to: CameTo::Open,
            stars: Some(4),
        }],
        alike: vec![card(CardState::Assistant)],
    }
}

fn draft() -> Draft {
    Draft {
        mode: DraftMode::Reply,
        text: "Yes, we".to_owned(),
        at: after(21),
    }
}

fn mention() -> Mention {
    Mention {
        conversation: conversation(),
        seq: Seq(7),
        by: ben(),
        at: after(20),
    }
}
