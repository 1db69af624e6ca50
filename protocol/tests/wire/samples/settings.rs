//! Settings, as the database keeps them and the pages load them.

use protocol::look::{
    KeepAddresses, LauncherIcon, LookSettings, PrivacySettings, Property, Side, SiteSettings, Theme,
};
use protocol::settings::{
    Ask, BeforeSettings, Consent, CustomField, Day, FileSettings, FormSettings, HandoffSettings,
    HighValueTrigger, Holiday, HoursSettings, IdleSettings, Interval, LowConfidence,
    MessageSettings, OnDeadline, Outside, PhraseTrigger, QueueSettings, RatingSettings, Reaction,
    RoutingMode, RoutingOrder, RoutingSettings, SettingsLayer, TargetSettings, Texts, TopicTrigger,
    Translation, TriggerSettings, WeekTimes, WhenNobody, WhileWaiting,
};

use super::values::repairs;
use super::variants;
use crate::Visit;

pub(super) fn show(visit: &mut impl Visit) {
    visit.visit("settings_layer", "", &layer());
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
    variants!(visit, "day", Day {
        Monday = Day::Monday,
        Tuesday = Day::Tuesday,
        Wednesday = Day::Wednesday,
        Thursday = Day::Thursday,
        Friday = Day::Friday,
        Saturday = Day::Saturday,
        Sunday = Day::Sunday,
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
    variants!(visit, "side", Side {
        Right = Side::Right,
        Left = Side::Left,
    });
    variants!(visit, "launcher_icon", LauncherIcon {
        Chat = LauncherIcon::Chat,
        Question = LauncherIcon::Question,
        Person = LauncherIcon::Person,
        Mail = LauncherIcon::Mail,
        Picture = LauncherIcon::Picture,
    });
    variants!(visit, "theme", Theme {
        Auto = Theme::Auto,
        Light = Theme::Light,
        Dark = Theme::Dark,
    });
    variants!(visit, "keep_addresses", KeepAddresses {
        Whole = KeepAddresses::Whole,
        Truncated = KeepAddresses::Truncated,
        Off = KeepAddresses::Off,
    });
}

/// A layer that sets every part.
fn layer() -> SettingsLayer {
    SettingsLayer {
        handoff: Some(HandoffSettings {
            enabled: true,
            button: true,
            button_after: 2,
            proposal_minutes: 10,
            typing_preview: true,
            while_waiting: WhileWaiting::Holding,
        }),
        triggers: Some(triggers()),
        routing: Some(RoutingSettings {
            mode: RoutingMode::Offer,
            order: RoutingOrder::LeastBusy,
            offer_seconds: 30,
            requeue_minutes: Some(5),
            group: Some(repairs()),
        }),
        queue: Some(QueueSettings {
            deadline_minutes: 15,
            on_deadline: OnDeadline::Miss,
            nobody: WhenNobody::Form,
        }),
        hours: Some(HoursSettings {
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
        }),
        form: Some(FormSettings {
            name: Ask::Optional,
            email: Ask::Required,
            phone: Ask::Off,
            message: Ask::Required,
            custom: vec![CustomField {
                label: "Order number".to_owned(),
                required: false,
            }],
            consent: Some("You may store this to answer me.".to_owned()),
        }),
        idle: Some(IdleSettings {
            enabled: true,
            warn_minutes: 10,
            close_minutes: 5,
        }),
        messages: Some(MessageSettings {
            texts: texts("Hello."),
            translations: vec![Translation {
                language: "de".to_owned(),
                texts: texts("Hallo."),
            }],
        }),
        files: Some(FileSettings {
            from_visitors: true,
            limit_mebibytes: 20,
        }),
        targets: Some(TargetSettings {
            first_reply_minutes: Some(5),
            next_reply_minutes: None,
        }),
        look: Some(look()),
        sites: Some(SiteSettings {
            allowed: vec!["https://*.shop.example".to_owned()],
        }),
        privacy: Some(PrivacySettings {
            erase_after_days: Some(365),
            addresses: KeepAddresses::Truncated,
            page: Some("https://shop.example/privacy".to_owned()),
        }),
        rating: Some(RatingSettings {
            after_handoff: true,
            thumbs: true,
        }),
        before: Some(BeforeSettings {
            enabled: true,
            name: Ask::Optional,
            email: Ask::Required,
            phone: Ask::Off,
            custom: vec![CustomField {
                label: "Order number".to_owned(),
                required: false,
            }],
            consent: Some(Consent {
                text: "You may store this to answer me.".to_owned(),
                url: Some("https://shop.example/privacy".to_owned()),
            }),
        }),
    }
}

fn look() -> LookSettings {
    LookSettings {
        colour: "#0f7180".to_owned(),
        radius: 16,
        side: Side::Left,
        across: 20,
        up: 20,
        launcher_text: "Ask us".to_owned(),
        launcher_icon: LauncherIcon::Question,
        initials: "SK".to_owned(),
        name: "Skarn".to_owned(),
        theme: Theme::Dark,
        properties: vec![Property {
            name: "--baton-surface".to_owned(),
            value: "#ffffff".to_owned(),
        }],
    }
}

fn triggers() -> TriggerSettings {
    TriggerSettings {
        wish: Reaction::Force,
        unclear_wish: Reaction::Propose,
        keywords: PhraseTrigger {
            reaction: Reaction::Force,
            phrases: vec!["warranty".to_owned()],
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
            own: vec!["recall".to_owned()],
        },
        high_value: HighValueTrigger {
            reaction: Reaction::Off,
            amount: Some(1_000),
            phrases: vec!["wholesale".to_owned()],
        },
    }
}

fn texts(greeting: &str) -> Texts {
    Texts {
        greeting: greeting.to_owned(),
        starters: vec!["Do you ship abroad?".to_owned()],
        unknown: "I do not know that.".to_owned(),
        proposal: "Shall I fetch a person?".to_owned(),
        handover: "A team member will be with you shortly.".to_owned(),
        waiting: "I have passed that on.".to_owned(),
        joined: "{agent} has joined.".to_owned(),
        out_of_hours: "Our team is gone for today.".to_owned(),
        no_agents: "No agents are currently available.".to_owned(),
        missed: "We are sorry, nobody could join in time.".to_owned(),
        idle_warning: "Are you still there?".to_owned(),
        restored: "The assistant is back.".to_owned(),
        closing: "This conversation is closed.".to_owned(),
    }
}
