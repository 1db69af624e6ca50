//! What every setting is until somebody changes it. Written here and nowhere else.

use protocol::look::{
    KeepAddresses, LauncherIcon, LookSettings, PrivacySettings, Side, SiteSettings, Theme,
};
use protocol::settings::{
    Ask, BeforeSettings, Day, FileSettings, FormSettings, HandoffSettings, HighValueTrigger,
    HoursSettings, IdleSettings, Interval, LowConfidence, OnDeadline, Outside, PhraseTrigger,
    QueueSettings, RatingSettings, Reaction, RoutingMode, RoutingOrder, RoutingSettings, Settings,
    TargetSettings, TopicTrigger, TriggerSettings, WeekTimes, WhenNobody, WhileWaiting,
};

use super::messages;

/// The settings of a new workspace.
pub fn defaults() -> Settings {
    Settings {
        handoff: HandoffSettings {
            enabled: true,
            button: true,
            button_after: 0,
            proposal_minutes: 10,
            while_waiting: WhileWaiting::Holding,
            typing_preview: false,
        },
        triggers: triggers(),
        routing: RoutingSettings {
            mode: RoutingMode::Pool,
            order: RoutingOrder::LongestIdle,
            offer_seconds: 30,
            requeue_minutes: Some(5),
            group: None,
        },
        queue: QueueSettings {
            deadline_minutes: 15,
            on_deadline: OnDeadline::Miss,
            nobody: WhenNobody::Form,
        },
        hours: HoursSettings {
            enabled: false,
            times: office_hours(),
            holidays: Vec::new(),
            outside: Outside::Form,
        },
        form: FormSettings {
            name: Ask::Optional,
            email: Ask::Required,
            phone: Ask::Off,
            message: Ask::Optional,
            custom: Vec::new(),
            consent: None,
        },
        idle: IdleSettings {
            enabled: true,
            warn_minutes: 60,
            close_minutes: 10,
        },
        messages: messages().clone(),
        files: FileSettings {
            from_visitors: true,
            limit_mebibytes: 20,
        },
        // Nobody promises what they did not choose.
        targets: TargetSettings {
            first_reply_minutes: None,
            next_reply_minutes: None,
        },
        look: look(),
        sites: SiteSettings::default(),
        privacy: PrivacySettings {
            addresses: KeepAddresses::Whole,
            page: None,
            erase_after_days: None,
        },
        rating: RatingSettings {
            after_handoff: true,
            thumbs: true,
        },
        before: BeforeSettings {
            enabled: false,
            name: Ask::Optional,
            email: Ask::Optional,
            phone: Ask::Off,
            custom: Vec::new(),
            consent: None,
        },
    }
}

fn look() -> LookSettings {
    LookSettings {
        colour: "#0f7180".to_owned(),
        radius: 16,
        side: Side::Right,
        across: 20,
        up: 20,
        launcher_text: String::new(),
        launcher_icon: LauncherIcon::Chat,
        initials: String::new(),
        name: String::new(),
        theme: Theme::Auto,
        properties: Vec::new(),
    }
}

fn triggers() -> TriggerSettings {
    TriggerSettings {
        wish: Reaction::Force,
        unclear_wish: Reaction::Propose,
        // The owner's own words mean what they say.
        keywords: PhraseTrigger {
            reaction: Reaction::Force,
            phrases: Vec::new(),
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
            own: Vec::new(),
        },
        high_value: HighValueTrigger {
            reaction: Reaction::Off,
            amount: Some(1_000),
            phrases: Vec::new(),
        },
    }
}

/// Nine to five on working days.
fn office_hours() -> WeekTimes {
    let days = [
        Day::Monday,
        Day::Tuesday,
        Day::Wednesday,
        Day::Thursday,
        Day::Friday,
    ];
    WeekTimes {
        zone: "UTC".to_owned(),
        open: days
            .map(|day| Interval {
                day,
                from: 9 * 60,
                to: 17 * 60,
            })
            .to_vec(),
    }
}
