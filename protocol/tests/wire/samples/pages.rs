//! What travels to the pages over server functions: settings, and what the doctor found.

use protocol::doctor::{AgentChecks, Check, CheckKind, Diagnosis};
use protocol::settings::{
    Ask, CustomField, Day, FormSettings, HandoffSettings, HighValueTrigger, Holiday, HoursSettings,
    IdleSettings, Interval, LowConfidence, MessageSettings, OnDeadline, Outside, PhraseTrigger,
    QueueSettings, Reaction, RoutingMode, RoutingOrder, RoutingSettings, Settings, SettingsLayer,
    Texts, TopicTrigger, Translation, TriggerSettings, WeekTimes, WhenNobody, WhileWaiting,
};
use protocol::widget::FieldKind;

use super::{ana, ana_face, conversation, details, group, snake, widget};
use crate::Visit;

pub(super) fn all(visit: &mut impl Visit) {
    visit.visit("settings", "", &settings());
    visit.visit(
        "settings_layer",
        "",
        &SettingsLayer {
            queue: Some(settings().queue),
            ..SettingsLayer::default()
        },
    );
    visit.visit("lead_details", "", &details());
    visit.visit("widget_view", "", &widget());
    visit.visit("diagnosis", "", &diagnosis());
    variants!(visit, "field_kind", FieldKind {
        Name = FieldKind::Name,
        Email = FieldKind::Email,
        Phone = FieldKind::Phone,
        Message = FieldKind::Message,
        Custom = FieldKind::Custom("Order number".to_owned()),
    });
    variants!(visit, "check_kind", CheckKind {
        Permission = CheckKind::Permission,
        Assigned = CheckKind::Assigned,
        Group = CheckKind::Group,
        Online = CheckKind::Online,
        Hours = CheckKind::Hours,
        Limit = CheckKind::Limit,
        Declined = CheckKind::Declined,
        Accepting = CheckKind::Accepting,
    });
    choices(visit);
}

/// What can be chosen in settings.
fn choices(visit: &mut impl Visit) {
    variants!(visit, "while_waiting", WhileWaiting {
        Silent = WhileWaiting::Silent,
        Holding = WhileWaiting::Holding,
        Continue = WhileWaiting::Continue,
    });
    variants!(visit, "reaction", Reaction {
        Off = Reaction::Off,
        Propose = Reaction::Propose,
        Force = Reaction::Force,
    });
    variants!(visit, "routing_mode", RoutingMode {
        Pool = RoutingMode::Pool,
        Offer = RoutingMode::Offer,
        Auto = RoutingMode::Auto,
    });
    variants!(visit, "routing_order", RoutingOrder {
        LongestIdle = RoutingOrder::LongestIdle,
        LeastBusy = RoutingOrder::LeastBusy,
    });
    variants!(visit, "on_deadline", OnDeadline {
        Miss = OnDeadline::Miss,
        KeepWaiting = OnDeadline::KeepWaiting,
    });
    variants!(visit, "when_nobody", WhenNobody {
        Form = WhenNobody::Form,
        Message = WhenNobody::Message,
        Wait = WhenNobody::Wait,
    });
    variants!(visit, "outside", Outside {
        AiContinue = Outside::AiContinue,
        Message = Outside::Message,
        Form = Outside::Form,
    });
    variants!(visit, "ask", Ask {
        Off = Ask::Off,
        Optional = Ask::Optional,
        Required = Ask::Required,
    });
    variants!(visit, "day", Day {
        Monday = Day::Monday,
        Tuesday = Day::Tuesday,
        Wednesday = Day::Wednesday,
        Thursday = Day::Thursday,
        Friday = Day::Friday,
        Saturday = Day::Saturday,
        Sunday = Day::Sunday,
    });
}

fn settings() -> Settings {
    Settings {
        handoff: HandoffSettings {
            enabled: true,
            button: true,
            button_after: 2,
            proposal_minutes: 10,
            while_waiting: WhileWaiting::Holding,
        },
        triggers: TriggerSettings {
            wish: Reaction::Force,
            unclear_wish: Reaction::Propose,
            keywords: PhraseTrigger {
                reaction: Reaction::Force,
                phrases: vec!["refund".to_owned()],
            },
            low_confidence: LowConfidence {
                reaction: Reaction::Propose,
                after: 2,
            },
            frustration: Reaction::Propose,
            topics: TopicTrigger {
                reaction: Reaction::Off,
                legal: true,
                medical: true,
                financial: true,
                own: vec!["allergy".to_owned()],
            },
            high_value: HighValueTrigger {
                reaction: Reaction::Off,
                amount: Some(1_000),
                phrases: vec!["Expedition".to_owned()],
            },
        },
        routing: RoutingSettings {
            mode: RoutingMode::Offer,
            order: RoutingOrder::LongestIdle,
            offer_seconds: 30,
            requeue_minutes: Some(5),
            group: Some(group()),
        },
        queue: QueueSettings {
            deadline_minutes: 15,
            on_deadline: OnDeadline::Miss,
            nobody: WhenNobody::Form,
        },
        hours: HoursSettings {
            enabled: true,
            times: WeekTimes {
                zone: "Europe/Zurich".to_owned(),
                open: vec![Interval {
                    day: Day::Monday,
                    from: 540,
                    to: 1_020,
                }],
            },
            holidays: vec![Holiday {
                date: "2026-12-25".to_owned(),
                name: "Christmas".to_owned(),
            }],
            outside: Outside::Form,
        },
        form: FormSettings {
            name: Ask::Optional,
            email: Ask::Required,
            phone: Ask::Off,
            message: Ask::Optional,
            custom: vec![CustomField {
                label: "Order number".to_owned(),
                required: false,
            }],
            consent: Some("You may write to me about this.".to_owned()),
        },
        idle: IdleSettings {
            enabled: true,
            warn_minutes: 60,
            close_minutes: 10,
        },
        messages: MessageSettings {
            texts: texts("Hello. What can we help with?"),
            translations: vec![Translation {
                language: "de".to_owned(),
                texts: texts("Hallo. Womit können wir helfen?"),
            }],
        },
    }
}

fn texts(greeting: &str) -> Texts {
    Texts {
        greeting: greeting.to_owned(),
        starters: vec!["Do you ship abroad?".to_owned()],
        unknown: "I don't know that.".to_owned(),
        proposal: "Shall I fetch a person?".to_owned(),
        handover: "A team member will be with you shortly.".to_owned(),
        waiting: "I have passed that on.".to_owned(),
        joined: "{agent} has joined.".to_owned(),
        out_of_hours: "Our team is not here right now.".to_owned(),
        no_agents: "No agents are currently available.".to_owned(),
        missed: "We are sorry, nobody could join in time.".to_owned(),
        idle_warning: "Are you still there?".to_owned(),
        restored: "The assistant is back.".to_owned(),
        closing: "This conversation is closed.".to_owned(),
    }
}

fn diagnosis() -> Diagnosis {
    Diagnosis {
        conversation: conversation(),
        visitor: "Visitor 4f2a".to_owned(),
        chatbot: "Northern Tents".to_owned(),
        standing: "Waits for a person.".to_owned(),
        agents: vec![AgentChecks {
            agent: ana(),
            face: ana_face(),
            checks: vec![Check {
                kind: CheckKind::Limit,
                passed: false,
                sentence: "Holds 4 of 4 chats.".to_owned(),
            }],
        }],
    }
}
