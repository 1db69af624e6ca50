//! What settings are allowed to be.

use protocol::refusal::Problem;
use protocol::settings::{
    BeforeSettings, Consent, CustomField, FileSettings, FormSettings, HandoffSettings,
    HighValueTrigger, HoursSettings, IdleSettings, MessageSettings, QueueSettings, RoutingSettings,
    SettingsLayer, TargetSettings, Texts, TriggerSettings,
};
use protocol::{GroupId, Refusal, limits};

use super::check_look;
use crate::hours;

/// The longest time within which the team may promise to reply: a week without a pause.
const TARGET_MINUTES: u32 = 10_080;

/// Refuses a layer that is not as it has to be. `groups` are those of the workspace.
///
/// # Errors
/// [`Refusal::SettingInvalid`] with the path of the first setting that is wrong.
pub fn check(layer: &SettingsLayer, groups: &[GroupId]) -> Result<(), Refusal> {
    layer.handoff.as_ref().map_or(Ok(()), handoff)?;
    layer.triggers.as_ref().map_or(Ok(()), triggers)?;
    layer
        .routing
        .as_ref()
        .map_or(Ok(()), |part| routing(part, groups))?;
    layer.queue.as_ref().map_or(Ok(()), queue)?;
    layer.hours.as_ref().map_or(Ok(()), opening_hours)?;
    layer.form.as_ref().map_or(Ok(()), form)?;
    layer.idle.as_ref().map_or(Ok(()), idle)?;
    layer.messages.as_ref().map_or(Ok(()), messages)?;
    layer.files.as_ref().map_or(Ok(()), files)?;
    layer.targets.as_ref().map_or(Ok(()), targets)?;
    layer.look.as_ref().map_or(Ok(()), check_look::look)?;
    layer.sites.as_ref().map_or(Ok(()), check_look::sites)?;
    layer.privacy.as_ref().map_or(Ok(()), check_look::privacy)?;
    layer.before.as_ref().map_or(Ok(()), before)
}

fn handoff(part: &HandoffSettings) -> Result<(), Refusal> {
    within("handoff.button_after", part.button_after, 0, 50)?;
    within("handoff.proposal_minutes", part.proposal_minutes, 1, 1_440)
}

fn triggers(part: &TriggerSettings) -> Result<(), Refusal> {
    within(
        "triggers.low_confidence.after",
        part.low_confidence.after,
        1,
        10,
    )?;
    phrases("triggers.keywords.phrases", &part.keywords.phrases)?;
    phrases("triggers.topics.own", &part.topics.own)?;
    let HighValueTrigger {
        amount,
        phrases: plans,
        ..
    } = &part.high_value;
    phrases("triggers.high_value.phrases", plans)?;
    amount.map_or(Ok(()), |amount| {
        within("triggers.high_value.amount", amount, 1, 1_000_000_000)
    })
}

fn routing(part: &RoutingSettings, groups: &[GroupId]) -> Result<(), Refusal> {
    within("routing.offer_seconds", part.offer_seconds, 5, 600)?;
    if let Some(minutes) = part.requeue_minutes {
        within("routing.requeue_minutes", minutes, 1, 1_440)?;
    }
    match part.group {
        Some(group) if !groups.contains(&group) => wrong("routing.group", Problem::Unknown),
        _ => Ok(()),
    }
}

fn queue(part: &QueueSettings) -> Result<(), Refusal> {
    within("queue.deadline_minutes", part.deadline_minutes, 1, 10_080)
}

fn opening_hours(part: &HoursSettings) -> Result<(), Refusal> {
    hours::check("hours.times", &part.times)?;
    if part.holidays.len() > limits::HOLIDAYS {
        return wrong("hours.holidays", too_many(limits::HOLIDAYS));
    }
    for (place, holiday) in part.holidays.iter().enumerate() {
        if hours::day(&holiday.date).is_none() {
            return wrong(&format!("hours.holidays.{place}.date"), Problem::NotADate);
        }
        length(
            &format!("hours.holidays.{place}.name"),
            &holiday.name,
            limits::NAME,
        )?;
        let same = |other: &protocol::settings::Holiday| other.date == holiday.date;
        if part.holidays[..place].iter().any(same) {
            return wrong(&format!("hours.holidays.{place}.date"), Problem::Twice);
        }
    }
    Ok(())
}

fn form(part: &FormSettings) -> Result<(), Refusal> {
    use protocol::settings::Ask;
    if part.email == Ask::Off && part.phone == Ask::Off {
        // Details that nobody can be answered at are worth nothing.
        return wrong("form.email", Problem::Missing);
    }
    own_fields("form.custom", &part.custom)?;
    match &part.consent {
        Some(consent) => filled("form.consent", consent, limits::SETTING_TEXT),
        None => Ok(()),
    }
}

fn before(part: &BeforeSettings) -> Result<(), Refusal> {
    own_fields("before.custom", &part.custom)?;
    let Some(Consent { text, url }) = &part.consent else {
        return Ok(());
    };
    filled("before.consent.text", text, limits::SETTING_TEXT)?;
    let Some(url) = url else { return Ok(()) };
    filled("before.consent.url", url, limits::PAGE_URL)?;
    let begins = |scheme: &str| {
        url.get(..scheme.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    };
    if begins("https://") || begins("http://") {
        Ok(())
    } else {
        wrong("before.consent.url", Problem::NotAnAddress)
    }
}

fn own_fields(path: &str, fields: &[CustomField]) -> Result<(), Refusal> {
    if fields.len() > limits::CUSTOM_FIELDS {
        return wrong(path, too_many(limits::CUSTOM_FIELDS));
    }
    for (place, field) in fields.iter().enumerate() {
        let label = format!("{path}.{place}.label");
        filled(&label, &field.label, limits::NAME)?;
        let same = |other: &CustomField| other.label == field.label;
        if fields[..place].iter().any(same) {
            return wrong(&label, Problem::Twice);
        }
    }
    Ok(())
}

fn targets(part: &TargetSettings) -> Result<(), Refusal> {
    if let Some(minutes) = part.first_reply_minutes {
        within("targets.first_reply_minutes", minutes, 1, TARGET_MINUTES)?;
    }
    if let Some(minutes) = part.next_reply_minutes {
        within("targets.next_reply_minutes", minutes, 1, TARGET_MINUTES)?;
    }
    Ok(())
}

fn idle(part: &IdleSettings) -> Result<(), Refusal> {
    within("idle.warn_minutes", part.warn_minutes, 1, 10_080)?;
    within("idle.close_minutes", part.close_minutes, 1, 1_440)
}

fn messages(part: &MessageSettings) -> Result<(), Refusal> {
    words("messages.texts", &part.texts)?;
    if part.translations.len() > limits::LANGUAGES {
        return wrong("messages.translations", too_many(limits::LANGUAGES));
    }
    for (place, translation) in part.translations.iter().enumerate() {
        let path = format!("messages.translations.{place}");
        if !is_language(&translation.language) {
            return wrong(&format!("{path}.language"), Problem::NotALanguage);
        }
        let language = &translation.language;
        let mut earlier = part.translations[..place].iter();
        if earlier.any(|other| other.language.eq_ignore_ascii_case(language)) {
            return wrong(&format!("{path}.language"), Problem::Twice);
        }
        words(&format!("{path}.texts"), &translation.texts)?;
    }
    Ok(())
}

fn files(part: &FileSettings) -> Result<(), Refusal> {
    let most = limits::FILE_MEBIBYTES;
    within("files.limit_mebibytes", part.limit_mebibytes, 1, most)
}

fn words(path: &str, texts: &Texts) -> Result<(), Refusal> {
    // Every message is needed: a visitor whom nobody tells anything believes that it is broken.
    let all = [
        ("greeting", &texts.greeting),
        ("unknown", &texts.unknown),
        ("proposal", &texts.proposal),
        ("handover", &texts.handover),
        ("waiting", &texts.waiting),
        ("joined", &texts.joined),
        ("out_of_hours", &texts.out_of_hours),
        ("no_agents", &texts.no_agents),
        ("missed", &texts.missed),
        ("idle_warning", &texts.idle_warning),
        ("restored", &texts.restored),
        ("closing", &texts.closing),
    ];
    for (name, text) in all {
        filled(&format!("{path}.{name}"), text, limits::SETTING_TEXT)?;
    }
    if texts.starters.len() > limits::STARTERS {
        return wrong(&format!("{path}.starters"), too_many(limits::STARTERS));
    }
    for (place, starter) in texts.starters.iter().enumerate() {
        filled(
            &format!("{path}.starters.{place}"),
            starter,
            limits::LAST_LINE,
        )?;
    }
    Ok(())
}

/// As `de`, `pt-BR` or `zh-Hant-TW`: a primary subtag of letters, further ones of letters and
/// digits (BCP 47, section 2.1).
pub(crate) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

fn phrases(path: &str, phrases: &[String]) -> Result<(), Refusal> {
    if phrases.len() > limits::PHRASES {
        return wrong(path, too_many(limits::PHRASES));
    }
    for (place, phrase) in phrases.iter().enumerate() {
        filled(&format!("{path}.{place}"), phrase, limits::NAME)?;
    }
    Ok(())
}

pub(super) fn filled(path: &str, text: &str, limit: usize) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return wrong(path, Problem::Missing);
    }
    length(path, text, limit)
}

pub(super) fn length(path: &str, text: &str, limit: usize) -> Result<(), Refusal> {
    if text.chars().count() > limit {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        return wrong(path, Problem::TooLong { limit });
    }
    Ok(())
}

pub(super) fn within(path: &str, value: u32, least: u32, most: u32) -> Result<(), Refusal> {
    if (least..=most).contains(&value) {
        Ok(())
    } else {
        wrong(path, Problem::OutOfRange { least, most })
    }
}

pub(super) fn too_many(limit: usize) -> Problem {
    Problem::TooMany {
        limit: u32::try_from(limit).unwrap_or(u32::MAX),
    }
}

pub(super) fn wrong(setting: &str, problem: Problem) -> Result<(), Refusal> {
    Err(Refusal::SettingInvalid {
        setting: setting.to_owned(),
        problem,
    })
}
