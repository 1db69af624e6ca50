//! Times and events in words. English only, and no clock of its own.

mod happened;
#[cfg(test)]
mod tests;

use protocol::Timestamp;
use protocol::entry::{MissedReason, Outcome, Trigger};

pub(crate) use happened::{Happened, happened};

/// Minutes and seconds where they tick, such as `6:41`; from an hour on `1 h 12 min`.
pub(crate) fn ticking(millis: u64) -> String {
    let seconds = millis / 1000;
    if seconds < 3600 {
        format!("{}:{:02}", seconds / 60, seconds % 60)
    } else {
        format!("{} h {} min", seconds / 3600, seconds % 3600 / 60)
    }
}

/// A length of time that does not tick: `2 s`, `6 min`, `3 h` or `2 days`.
pub(crate) fn span(millis: u64) -> String {
    match millis / 1000 {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds @ 60..3600 => format!("{} min", seconds / 60),
        seconds @ 3600..172_800 => format!("{} h", seconds / 3600),
        seconds => format!("{} days", seconds / 86_400),
    }
}

/// How long ago: `just now` or `2 s ago`.
pub(crate) fn ago(millis: u64) -> String {
    match millis {
        0..1000 => "just now".to_owned(),
        millis => format!("{} ago", span(millis)),
    }
}

/// A length of time to the second: `48 s`, `1 min 48 s`, `2 h 5 min`.
pub(crate) fn exact_span(millis: u64) -> String {
    match millis / 1000 {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds @ 60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        seconds => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
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
        Trigger::Button | Trigger::Wish => "Asked for a person",
        Trigger::Keyword => "Used a keyword",
        Trigger::LowConfidence => "The assistant did not know",
        Trigger::Frustration => "Frustrated",
        Trigger::Topic => "A topic for people",
        Trigger::HighValue => "High value",
        Trigger::Form => "Sent a form",
        Trigger::Agent => "Handed over by an agent",
    }
}

/// Why nobody took a handoff.
pub(crate) fn missed(reason: MissedReason) -> &'static str {
    match reason {
        MissedReason::Timeout => "Nobody came in time",
        MissedReason::NoAgent => "Nobody was there",
        MissedReason::OutOfHours => "Outside the opening hours",
        MissedReason::VisitorLeft => "The visitor left",
    }
}

/// How a handoff ended, in a word or two.
pub(crate) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::RestoredToAi => "Restored to AI",
        Outcome::Closed => "Closed",
        Outcome::AutoClosed => "Closed by itself",
        Outcome::Spam => "Closed as spam",
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
        1 => "first in line".to_owned(),
        2 => "2nd in line".to_owned(),
        3 => "3rd in line".to_owned(),
        place => format!("{place}th in line"),
    }
}
