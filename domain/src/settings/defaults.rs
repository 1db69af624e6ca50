//! What every setting is until somebody changes it. Written here and nowhere else.

use protocol::settings::{
    Ask, Day, FileSettings, FormSettings, HandoffSettings, HighValueTrigger, HoursSettings,
    IdleSettings, Interval, LowConfidence, MessageSettings, OnDeadline, Outside, PhraseTrigger,
    QueueSettings, Reaction, RoutingMode, RoutingOrder, RoutingSettings, Settings, Texts,
    TopicTrigger, TriggerSettings, WeekTimes, WhenNobody, WhileWaiting,
};

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
        messages: MessageSettings {
            texts: english(),
            translations: Vec::new(),
        },
        files: FileSettings {
            from_visitors: true,
            limit_mebibytes: 20,
        },
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

fn english() -> Texts {
    Texts {
        greeting: "Hello. What can we help with?".to_owned(),
        starters: Vec::new(),
        unknown: "I don't know that, and I would rather not guess. You can ask it in other words, or talk to a person.".to_owned(),
        proposal: "Shall I fetch a person? They will see what we wrote.".to_owned(),
        handover: "A team member will be with you shortly. They see what we wrote, so you need not explain again.".to_owned(),
        waiting: "I have passed that on. A team member reads it as soon as they join.".to_owned(),
        joined: "{agent} has joined and reads what was said so far.".to_owned(),
        out_of_hours: "Our team is not here right now.".to_owned(),
        no_agents: "No agents are currently available.".to_owned(),
        missed: "We are sorry, nobody could join in time.".to_owned(),
        idle_warning: "Are you still there? This chat closes soon if you don't write.".to_owned(),
        restored: "The assistant is back.".to_owned(),
        closing: "This conversation is closed. Write again at any time and the assistant answers.".to_owned(),
    }
}
