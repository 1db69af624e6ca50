//! Times and events in words. English only, and no clock of its own.

mod audit;
mod changed;
mod choices;
#[cfg(test)]
mod file;
mod findings;
mod happened;
pub(crate) mod language;
mod refusals;
mod steps;
mod table;
mod team;
#[cfg(test)]
mod tests;

/// A function for each text of words/en.txt, in the language of the page.
pub(crate) mod t {
    include!(concat!(env!("OUT_DIR"), "/t.rs"));
}

/// A text that is always the same, for a table of them: said where it is shown.
pub(crate) type Word = fn() -> &'static str;

use protocol::Timestamp;
use protocol::card::{Files, LastLine};
use protocol::entry::{MissedReason, Outcome, Trigger};

pub(crate) use audit::{audit_kind, mail_kind, role_of};
pub(crate) use changed::{changed, value};
pub(crate) use findings::{found, routing, standing};
pub(crate) use happened::{Happened, happened, why};
pub(crate) use refusals::{problem, refusal};
pub(crate) use steps::{Named, step};
pub(crate) use table::current;
pub(crate) use team::{module, permission, role, switched_off};

/// Minutes and seconds where they tick, such as `6:41`; from an hour on `1 h 12 min`.
pub(crate) fn ticking(millis: u64) -> String {
    let seconds = millis / 1000;
    if seconds < 3600 {
        format!("{}:{:02}", seconds / 60, seconds % 60)
    } else {
        t::hours_minutes(&(seconds / 3600), &(seconds % 3600 / 60))
    }
}

/// A length of time that does not tick: `2 s`, `6 min`, `3 h` or `2 days`.
pub(crate) fn span(millis: u64) -> String {
    match millis / 1000 {
        seconds @ 0..60 => t::seconds(seconds),
        seconds @ 60..3600 => t::minutes(seconds / 60),
        seconds @ 3600..172_800 => t::hours(seconds / 3600),
        seconds => t::days(seconds / 86_400),
    }
}

/// How long ago: `just now` or `2 s ago`.
pub(crate) fn ago(millis: u64) -> String {
    match millis {
        0..1000 => t::just_now().to_owned(),
        millis => t::span_ago(&span(millis)),
    }
}

/// A length of time to the second: `48 s`, `1 min 48 s`, `2 h 5 min`.
pub(crate) fn exact_span(millis: u64) -> String {
    match millis / 1000 {
        seconds @ 0..60 => t::seconds(seconds),
        seconds @ 60..3600 => t::minutes_seconds(&(seconds / 60), &(seconds % 60)),
        seconds => t::hours_minutes(&(seconds / 3600), &(seconds % 3600 / 60)),
    }
}

/// How a wait stands against its goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    Fresh,
    /// Past half of the goal.
    Warm,
    /// Past the goal.
    Late,
}

/// Within how long a waiting visitor should have a person's words.
const GOAL_MS: u64 = 3 * 60 * 1000;

/// How old a wait is, and how full its dial, in per cent.
pub(crate) fn age(since: Timestamp, now: Timestamp) -> (Age, u64) {
    let waited = now.millis_since(since);
    let filled = (waited * 100 / GOAL_MS).min(100);
    let age = match filled {
        0..50 => Age::Fresh,
        50..100 => Age::Warm,
        _ => Age::Late,
    };
    (age, filled)
}

/// Why a person was asked for, in the words of a list row.
pub(crate) fn trigger(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::Button | Trigger::Wish => t::asked_for_person(),
        Trigger::Keyword => t::used_keyword(),
        Trigger::LowConfidence => t::assistant_did_not_know(),
        Trigger::Frustration => t::frustrated(),
        Trigger::Topic => t::topic_for_people(),
        Trigger::HighValue => t::high_value(),
        Trigger::Form => t::sent_form(),
        Trigger::Agent => t::handed_over(),
        Trigger::NoAssistant => t::assistant_is_off(),
    }
}

/// Why nobody took a handoff.
pub(crate) fn missed(reason: MissedReason) -> &'static str {
    match reason {
        MissedReason::Timeout => t::missed_timeout(),
        MissedReason::NoAgent => t::missed_no_agent(),
        MissedReason::OutOfHours => t::missed_hours(),
        MissedReason::VisitorLeft => t::missed_left(),
    }
}

/// A sentence that stands behind a colon or a dot. The texts that are used so begin with no noun.
pub(crate) fn within(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// How a handoff ended, in a word or two.
pub(crate) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::RestoredToAi => t::ended_restored(),
        Outcome::Closed => t::ended_closed(),
        Outcome::AutoClosed => t::ended_by_itself(),
        Outcome::Spam => t::ended_spam(),
    }
}

/// Browser and system out of a user agent, such as `Firefox 141, Android`; none for one that is not
/// understood.
pub(crate) fn browser(user_agent: &str) -> Option<String> {
    // The order matters: most browsers claim to be others as well.
    const BROWSERS: [(&str, &str); 6] = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Version/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let (name, version) = BROWSERS.iter().find_map(|(mark, name)| {
        let (_, after) = user_agent.split_once(mark)?;
        Some((
            name,
            after
                .split(|c: char| !c.is_ascii_digit())
                .next()
                .unwrap_or_default(),
        ))
    })?;
    let system = SYSTEMS.iter().find(|(mark, _)| user_agent.contains(mark));
    let system = system
        .map(|(_, system)| format!(", {system}"))
        .unwrap_or_default();
    Some(format!("{name} {version}{system}"))
}

/// The path of a page's address, which is what is worth reading in a narrow column.
pub(crate) fn page_path(url: &str) -> String {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    after_scheme.find('/').map_or_else(
        || after_scheme.to_owned(),
        |at| after_scheme[at..].to_owned(),
    )
}

/// The site of an address.
pub(crate) fn host(url: &str) -> String {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    after_scheme
        .split('/')
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// A place in the line of those who wait: 1 is next.
pub(crate) fn place(place: usize) -> String {
    match place {
        1 => t::first_in_line().to_owned(),
        2 => t::second_in_line().to_owned(),
        3 => t::third_in_line().to_owned(),
        place => t::nth_in_line(&place),
    }
}

/// A conversation's newest message on one line; of one without words, what went along.
pub(crate) fn last_line(last: &LastLine) -> String {
    let Files { pictures, others } = last.files;
    match (last.text.is_empty(), pictures + others) {
        (true, files) if files > 0 && others == 0 => t::pictures_sent(files.into()),
        (true, files) if files > 0 => t::files_sent(files.into()),
        _ => last.text.clone(),
    }
}
