//! Settings: the cascade, and each check with the path of what is wrong.

use domain::Refusal;
use domain::settings::{cascade, check, defaults};
use protocol::limits;
use protocol::refusal::Problem;
use protocol::settings::{
    Ask, CustomField, Day, Holiday, Interval, RoutingMode, Settings, SettingsLayer, Translation,
};

use crate::desk::{GROUP, group};

/// A layer that sets everything.
fn whole(settings: Settings) -> SettingsLayer {
    SettingsLayer {
        handoff: Some(settings.handoff),
        triggers: Some(settings.triggers),
        routing: Some(settings.routing),
        queue: Some(settings.queue),
        hours: Some(settings.hours),
        form: Some(settings.form),
        idle: Some(settings.idle),
        messages: Some(settings.messages),
        files: Some(settings.files),
        targets: Some(settings.targets),
        look: Some(settings.look),
        sites: Some(settings.sites),
        privacy: Some(settings.privacy),
        rating: Some(settings.rating),
        before: Some(settings.before),
    }
}

/// What the check says to the defaults with one thing changed.
fn verdict(change: impl FnOnce(&mut Settings)) -> Result<(), Refusal> {
    let mut settings = defaults();
    change(&mut settings);
    check(&whole(settings), &[group(GROUP)])
}

fn wrong(change: impl FnOnce(&mut Settings), path: &str, problem: Problem) {
    assert_eq!(
        Err(Refusal::SettingInvalid {
            setting: path.to_owned(),
            problem
        }),
        verdict(change),
        "{path}"
    );
}

#[test]
fn the_defaults_are_as_they_have_to_be_and_so_is_a_layer_that_sets_nothing() {
    assert_eq!(Ok(()), verdict(|_| {}));
    assert_eq!(Ok(()), check(&SettingsLayer::default(), &[]));
}

#[test]
fn nothing_set_is_the_default_and_everything_set_is_what_was_set() {
    let nothing = SettingsLayer::default();
    assert_eq!(defaults(), cascade(&nothing, &nothing));

    let mut own = defaults();
    own.handoff.enabled = false;
    own.triggers.low_confidence.after = 7;
    own.routing.mode = RoutingMode::Auto;
    own.queue.deadline_minutes = 3;
    own.hours.enabled = true;
    own.form.phone = Ask::Required;
    own.idle.enabled = false;
    own.targets.first_reply_minutes = Some(5);
    own.messages.texts.greeting = "Hi.".to_owned();
    assert_eq!(own, cascade(&nothing, &whole(own.clone())));
    assert_eq!(own, cascade(&whole(own.clone()), &nothing));
    // The chatbot's own goes before the workspace's.
    assert_eq!(own, cascade(&whole(defaults()), &whole(own.clone())));
    assert_eq!(defaults(), cascade(&whole(own), &whole(defaults())));
}

#[test]
fn each_part_is_whole_and_comes_from_one_layer() {
    let mut workspace = defaults();
    workspace.routing.mode = RoutingMode::Auto;
    workspace.routing.offer_seconds = 90;
    workspace.queue.deadline_minutes = 3;
    let mut routing = defaults().routing;
    routing.mode = RoutingMode::Offer;
    let chatbot = SettingsLayer {
        routing: Some(routing.clone()),
        ..SettingsLayer::default()
    };
    let settings = cascade(&whole(workspace), &chatbot);
    assert_eq!(routing, settings.routing, "the offer lasts as by default");
    assert_eq!(3, settings.queue.deadline_minutes);
}

type Set = fn(&mut Settings, u32);

#[test]
fn numbers_are_within_their_limits_and_the_limits_are_allowed() {
    let numbers: [(&str, u32, u32, Set); 11] = [
        ("handoff.button_after", 0, 50, |s, n| {
            s.handoff.button_after = n;
        }),
        ("handoff.proposal_minutes", 1, 1_440, |s, n| {
            s.handoff.proposal_minutes = n;
        }),
        ("triggers.low_confidence.after", 1, 10, |s, n| {
            s.triggers.low_confidence.after = n;
        }),
        ("triggers.high_value.amount", 1, 1_000_000_000, |s, n| {
            s.triggers.high_value.amount = Some(n);
        }),
        ("routing.offer_seconds", 5, 600, |s, n| {
            s.routing.offer_seconds = n;
        }),
        ("routing.requeue_minutes", 1, 1_440, |s, n| {
            s.routing.requeue_minutes = Some(n);
        }),
        ("queue.deadline_minutes", 1, 10_080, |s, n| {
            s.queue.deadline_minutes = n;
        }),
        ("files.limit_mebibytes", 1, 100, |s, n| {
            s.files.limit_mebibytes = n;
        }),
        ("idle.warn_minutes", 1, 10_080, |s, n| {
            s.idle.warn_minutes = n;
        }),
        ("idle.close_minutes", 1, 1_440, |s, n| {
            s.idle.close_minutes = n;
        }),
        ("handoff.button_after", 0, 50, |s, n| {
            s.handoff.button_after = n;
        }),
    ];
    for (path, least, most, set) in numbers {
        for good in [least, most] {
            assert_eq!(Ok(()), verdict(|s| set(s, good)), "{path} {good}");
        }
        let bad = [least.checked_sub(1), Some(most + 1)];
        for bad in bad.into_iter().flatten() {
            wrong(|s| set(s, bad), path, Problem::OutOfRange { least, most });
        }
    }
    assert_eq!(Ok(()), verdict(|s| s.routing.requeue_minutes = None));
    assert_eq!(Ok(()), verdict(|s| s.triggers.high_value.amount = None));
}

#[test]
fn a_group_has_to_be_of_the_workspace() {
    assert_eq!(Ok(()), verdict(|s| s.routing.group = Some(group(GROUP))));
    wrong(
        |s| s.routing.group = Some(group(9)),
        "routing.group",
        Problem::Unknown,
    );
}

#[test]
fn phrases_are_not_too_many_not_empty_and_not_too_long() {
    type Phrases = fn(&mut Settings) -> &mut Vec<String>;
    let lists: [(&str, Phrases); 3] = [
        ("triggers.keywords.phrases", |s| {
            &mut s.triggers.keywords.phrases
        }),
        ("triggers.topics.own", |s| &mut s.triggers.topics.own),
        ("triggers.high_value.phrases", |s| {
            &mut s.triggers.high_value.phrases
        }),
    ];
    for (path, list) in lists {
        let fill = |words: Vec<String>| move |s: &mut Settings| *list(s) = words;
        assert_eq!(Ok(()), verdict(fill(vec!["refund".to_owned(); 200])));
        wrong(
            fill(vec!["refund".to_owned(); 201]),
            path,
            Problem::TooMany { limit: 200 },
        );
        let second = format!("{path}.1");
        let good = || "refund".to_owned();
        wrong(
            fill(vec![good(), " ".to_owned()]),
            &second,
            Problem::Missing,
        );
        wrong(
            fill(vec![good(), "ä".repeat(61)]),
            &second,
            Problem::TooLong { limit: 60 },
        );
        assert_eq!(Ok(()), verdict(fill(vec!["ä".repeat(60)])));
    }
}

#[test]
fn holidays_are_days_each_once_and_not_too_many() {
    let holiday = |date: &str| Holiday {
        date: date.to_owned(),
        name: String::new(),
    };
    let set = |holidays: Vec<Holiday>| move |s: &mut Settings| s.hours.holidays = holidays;
    let days = |count: u16| -> Vec<_> {
        (0..count)
            .map(|day| holiday(&format!("2026-{:02}-{:02}", 1 + day / 28, 1 + day % 28)))
            .collect()
    };
    assert_eq!(Ok(()), verdict(set(days(100))));
    wrong(
        set(days(101)),
        "hours.holidays",
        Problem::TooMany { limit: 100 },
    );
    for bad in [
        "",
        "2026-02-29",
        "2026-13-01",
        "26-12-25",
        "2026-12-25T00:00",
        "20261225",
        "2026/12/25",
        "+2026-12-2",
        "25.12.2026",
    ] {
        wrong(
            set(vec![holiday("2026-12-25"), holiday(bad)]),
            "hours.holidays.1.date",
            Problem::NotADate,
        );
    }
    assert_eq!(Ok(()), verdict(set(vec![holiday("2028-02-29")])));
    wrong(
        set(vec![holiday("2026-12-25"), holiday("2026-12-25")]),
        "hours.holidays.1.date",
        Problem::Twice,
    );
    let long = Holiday {
        name: "x".repeat(61),
        ..holiday("2026-12-25")
    };
    wrong(
        set(vec![long]),
        "hours.holidays.0.name",
        Problem::TooLong { limit: 60 },
    );
}

#[test]
fn the_hours_are_checked_with_their_path() {
    wrong(
        |s| s.hours.times.zone = "Europe/Atlantis".to_owned(),
        "hours.times.zone",
        Problem::UnknownZone,
    );
    wrong(
        |s| {
            s.hours.times.open[4] = Interval {
                day: Day::Monday,
                from: 16 * 60,
                to: 18 * 60,
            };
        },
        "hours.times.open.4",
        Problem::Overlaps,
    );
}

#[test]
fn a_form_asks_for_a_way_to_answer_and_for_not_too_much() {
    wrong(|s| s.form.email = Ask::Off, "form.email", Problem::Missing);
    assert_eq!(
        Ok(()),
        verdict(|s| {
            s.form.email = Ask::Off;
            s.form.phone = Ask::Optional;
        })
    );
    let custom = |labels: &[&str]| {
        let field = |label: &&str| CustomField {
            label: (*label).to_owned(),
            required: false,
        };
        let fields: Vec<_> = labels.iter().map(field).collect();
        move |s: &mut Settings| s.form.custom = fields
    };
    assert_eq!(
        Ok(()),
        verdict(custom(&["1", "2", "3", "4", "5", "6", "7", "8"]))
    );
    wrong(
        custom(&["1", "2", "3", "4", "5", "6", "7", "8", "9"]),
        "form.custom",
        Problem::TooMany { limit: 8 },
    );
    wrong(
        custom(&["Shop", " "]),
        "form.custom.1.label",
        Problem::Missing,
    );
    wrong(
        custom(&["Shop", "Order", "Shop"]),
        "form.custom.2.label",
        Problem::Twice,
    );
    wrong(
        custom(&[&"x".repeat(61)]),
        "form.custom.0.label",
        Problem::TooLong { limit: 60 },
    );
    wrong(
        |s| s.form.consent = Some(String::new()),
        "form.consent",
        Problem::Missing,
    );
    wrong(
        |s| s.form.consent = Some("x".repeat(1_001)),
        "form.consent",
        Problem::TooLong { limit: 1_000 },
    );
}

#[test]
fn no_message_is_empty_or_too_long() {
    type Text = fn(&mut protocol::settings::Texts) -> &mut String;
    let texts: [(&str, Text); 12] = [
        ("greeting", |t| &mut t.greeting),
        ("unknown", |t| &mut t.unknown),
        ("proposal", |t| &mut t.proposal),
        ("handover", |t| &mut t.handover),
        ("waiting", |t| &mut t.waiting),
        ("joined", |t| &mut t.joined),
        ("out_of_hours", |t| &mut t.out_of_hours),
        ("no_agents", |t| &mut t.no_agents),
        ("missed", |t| &mut t.missed),
        ("idle_warning", |t| &mut t.idle_warning),
        ("restored", |t| &mut t.restored),
        ("closing", |t| &mut t.closing),
    ];
    for (name, text) in texts {
        let path = format!("messages.texts.{name}");
        wrong(
            |s| text(&mut s.messages.texts).clear(),
            &path,
            Problem::Missing,
        );
        wrong(
            |s| *text(&mut s.messages.texts) = "x".repeat(limits::SETTING_TEXT + 1),
            &path,
            Problem::TooLong { limit: 1_000 },
        );
        wrong(
            |s| {
                let mut texts = defaults().messages.texts;
                text(&mut texts).clear();
                s.messages.translations = vec![Translation {
                    language: "de".to_owned(),
                    texts,
                }];
            },
            &format!("messages.translations.0.texts.{name}"),
            Problem::Missing,
        );
    }
}

#[test]
fn starters_are_few_and_short() {
    let set = |starters: Vec<String>| move |s: &mut Settings| s.messages.texts.starters = starters;
    assert_eq!(Ok(()), verdict(set(vec!["Hello?".to_owned(); 6])));
    wrong(
        set(vec!["Hello?".to_owned(); 7]),
        "messages.texts.starters",
        Problem::TooMany { limit: 6 },
    );
    wrong(
        set(vec!["Hello?".to_owned(), String::new()]),
        "messages.texts.starters.1",
        Problem::Missing,
    );
    wrong(
        set(vec!["x".repeat(121)]),
        "messages.texts.starters.0",
        Problem::TooLong { limit: 120 },
    );
}

#[test]
fn each_language_is_one_and_there_once() {
    let set = |languages: Vec<String>| {
        move |s: &mut Settings| {
            let translation = |language| Translation {
                language,
                texts: defaults().messages.texts,
            };
            s.messages.translations = languages.into_iter().map(translation).collect();
        }
    };
    let some = |languages: &[&str]| set(languages.iter().map(|tag| (*tag).to_owned()).collect());
    assert_eq!(
        Ok(()),
        verdict(some(&[
            "de",
            "de-CH",
            "pt-BR",
            "zh-Hant-TW",
            "gsw",
            "sl-1994"
        ]))
    );
    for bad in [
        "",
        "d",
        "german",
        "de-",
        "-de",
        "de--CH",
        "de_CH",
        "d3",
        "de-verylongtag",
    ] {
        wrong(
            some(&["fr", bad]),
            "messages.translations.1.language",
            Problem::NotALanguage,
        );
    }
    wrong(
        some(&["de-CH", "DE-ch"]),
        "messages.translations.1.language",
        Problem::Twice,
    );
    let many = |count: u8| -> Vec<String> {
        (0..count)
            .map(|n| format!("{}{}", (b'a' + n / 26) as char, (b'a' + n % 26) as char))
            .collect()
    };
    assert_eq!(Ok(()), verdict(set(many(40))));
    wrong(
        set(many(41)),
        "messages.translations",
        Problem::TooMany { limit: 40 },
    );
}

#[test]
fn a_target_is_a_minute_to_a_week_or_none() {
    let path = "targets.first_reply_minutes";
    let (least, most) = (1, 10_080);
    for minutes in [0, most + 1] {
        wrong(
            |settings| settings.targets.first_reply_minutes = Some(minutes),
            path,
            Problem::OutOfRange { least, most },
        );
        wrong(
            |settings| settings.targets.next_reply_minutes = Some(minutes),
            "targets.next_reply_minutes",
            Problem::OutOfRange { least, most },
        );
    }
    for minutes in [Some(least), Some(most), None] {
        let set = verdict(|settings| settings.targets.first_reply_minutes = minutes);
        assert_eq!(Ok(()), set);
    }
}
