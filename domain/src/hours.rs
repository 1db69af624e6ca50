//! Business hours and working hours: weekly intervals in a time zone, less the holidays.
//!
//! Times of day are read on the clock of the place, so daylight saving needs no rule of its own:
//! "from nine" is nine there on every day, and a night that has an hour twice is open in both.

use core::time::Duration;

use jiff::civil::{Date, DateTime, DateTimeRound, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{RoundMode, ToSpan as _, Unit};
use protocol::refusal::Problem;
use protocol::settings::{Day, Holiday, HoursSettings, Interval, WeekTimes};
use protocol::{Refusal, Timestamp, limits};

const DAY: u16 = 24 * 60;
const WEEK: u32 = 7 * DAY as u32;
/// How far ahead opening time is looked for: beyond every target, holidays and all.
const SEARCHED_DAYS: usize = 400;

/// Whether people are there now.
pub fn is_open(hours: &HoursSettings, now: Timestamp) -> bool {
    !hours.enabled
        || opens(&hours.times, now, |date| {
            hours
                .holidays
                .iter()
                .any(|holiday| day(&holiday.date) == Some(date))
        })
}

/// When so much opening time has passed since a moment; none when the hours never come to it.
pub fn open_time_after(
    hours: &HoursSettings,
    from: Timestamp,
    time: Duration,
) -> Option<Timestamp> {
    if !hours.enabled {
        return Some(from.after(time));
    }
    let zone = TimeZone::get(&hours.times.zone).ok()?;
    let mut left = i64::try_from(time.as_millis()).ok()?;
    let mut counted = from.millis();
    // The night that began yesterday may still be open.
    let first = local(&hours.times.zone, from)?.date().yesterday().ok()?;
    for date in first.series(1.day()).take(SEARCHED_DAYS) {
        let closed = |holiday: &Holiday| day(&holiday.date) == Some(date);
        if hours.holidays.iter().any(closed) {
            continue;
        }
        let today = weekday(date.weekday());
        let intervals = hours.times.open.iter();
        let intervals = intervals.filter(|interval| interval.day == today);
        let mut spans: Vec<(i64, i64)> = intervals
            .filter_map(|interval| moments(&zone, date, interval))
            .collect();
        spans.sort_unstable();
        for (start, end) in spans {
            let start = start.max(counted);
            if start >= end {
                continue;
            }
            if end - start >= left {
                return Some(Timestamp(start + left));
            }
            left -= end - start;
            counted = end;
        }
    }
    None
}

/// When an interval of a day begins and ends, in milliseconds.
fn moments(zone: &TimeZone, date: Date, interval: &Interval) -> Option<(i64, i64)> {
    let at = |date: Date, minute: u16| {
        let (hour, minute) = (
            i8::try_from(minute / 60).ok()?,
            i8::try_from(minute % 60).ok()?,
        );
        let moment = zone.to_timestamp(date.at(hour, minute, 0, 0)).ok()?;
        Some(moment.as_millisecond())
    };
    let ends_on = match crosses_midnight(interval) || interval.to == DAY {
        true => date.tomorrow().ok()?,
        false => date,
    };
    Some((at(date, interval.from)?, at(ends_on, interval.to % DAY)?))
}

/// How it is now, and when that changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    pub open: bool,
    /// The moment itself on that clock; none in a place that nobody knows.
    pub at: Option<(Day, u16)>,
    /// On the clock of the place; none when it stays so for eight days.
    pub changes: Option<(Day, u16)>,
}

/// What the hours come to from now on.
pub fn outlook(hours: &HoursSettings, now: Timestamp) -> Outlook {
    let open = is_open(hours, now);
    let holidays: Vec<Date> = hours
        .holidays
        .iter()
        .filter_map(|holiday| day(&holiday.date))
        .collect();
    let closed = |date| holidays.contains(&date);
    let changes = || {
        let mut at = local(&hours.times.zone, now)?
            .round(
                DateTimeRound::new()
                    .smallest(Unit::Minute)
                    .mode(RoundMode::Trunc),
            )
            .ok()?;
        for _ in 0..8 * i32::from(DAY) {
            at = at.checked_add(1.minute()).ok()?;
            if opens_at(&hours.times, at, closed) != open {
                return Some((weekday(at.weekday()), minute(at)));
            }
        }
        None
    };
    Outlook {
        open,
        at: local(&hours.times.zone, now).map(|at| (weekday(at.weekday()), minute(at))),
        changes: hours.enabled.then(changes).flatten(),
    }
}

/// Whether it is working time now.
pub fn is_working_time(times: &WeekTimes, now: Timestamp) -> bool {
    opens(times, now, |_| false)
}

/// An interval belongs to the day on which it begins: a holiday takes the night after it along,
/// and not the night before.
fn opens(times: &WeekTimes, now: Timestamp, is_holiday: impl Fn(Date) -> bool) -> bool {
    local(&times.zone, now).is_some_and(|local| opens_at(times, local, is_holiday))
}

fn opens_at(times: &WeekTimes, local: DateTime, is_holiday: impl Fn(Date) -> bool) -> bool {
    let minute = minute(local);
    let today = local.date();
    let on = |date: Date, open: &dyn Fn(&Interval) -> bool| {
        let weekday = weekday(date.weekday());
        !is_holiday(date)
            && times
                .open
                .iter()
                .any(|interval| interval.day == weekday && open(interval))
    };
    on(today, &|interval| began_today(interval, minute))
        || today
            .yesterday()
            .is_ok_and(|yesterday| on(yesterday, &|interval| began_before(interval, minute)))
}

/// Whether one of these intervals holds a minute of a day on the clock of the place, for who reads that
/// clock without a table of time zones.
pub fn covers(open: &[Interval], today: Day, minute: u16) -> bool {
    let yesterday = (number(today) + 6) % 7;
    open.iter().any(|interval| {
        (interval.day == today && began_today(interval, minute))
            || (number(interval.day) == yesterday && began_before(interval, minute))
    })
}

/// Whether an interval of today holds this minute of today.
fn began_today(interval: &Interval, minute: u16) -> bool {
    minute >= interval.from && (crosses_midnight(interval) || minute < interval.to)
}

/// Whether an interval of yesterday goes on until this minute of today.
fn began_before(interval: &Interval, minute: u16) -> bool {
    crosses_midnight(interval) && minute < interval.to
}

fn crosses_midnight(interval: &Interval) -> bool {
    interval.to <= interval.from
}

fn local(zone: &str, now: Timestamp) -> Option<DateTime> {
    let zone = TimeZone::get(zone).ok()?;
    let now = jiff::Timestamp::from_millisecond(now.millis()).ok()?;
    Some(zone.to_datetime(now))
}

/// The minute of its day.
fn minute(local: DateTime) -> u16 {
    u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute()))
        .expect("a day has less than 1,440 minutes")
}

/// A day of the calendar, written as `2026-12-25`.
pub fn day(text: &str) -> Option<Date> {
    let plain = text.len() == 10
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    plain.then(|| text.parse().ok()).flatten()
}

/// The moment of a day and time on the clock of a place, written as `2026-12-25T09:30`: a local date and
/// time of HTML (<https://html.spec.whatwg.org/#local-dates-and-times>). One that a clock put forward
/// leaves out is as much later as the clock was put.
pub fn moment(zone: &str, text: &str) -> Option<Timestamp> {
    let (date, time) = text.split_once('T')?;
    let plain = time.len() == 5
        && time
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b':');
    let time: Time = plain.then(|| time.parse().ok()).flatten()?;
    let at = day(date)?.to_datetime(time);
    let at = at.to_zoned(TimeZone::get(zone).ok()?).ok()?;
    Some(Timestamp(at.timestamp().as_millisecond()))
}

/// Refuses times that cannot be: an unknown zone, a minute that no day has, intervals that overlap.
///
/// # Errors
/// [`Refusal::SettingInvalid`]; its path begins with `path`.
pub fn check(path: &str, times: &WeekTimes) -> Result<(), Refusal> {
    let wrong = |setting: String, problem| Err(Refusal::SettingInvalid { setting, problem });
    // "Etc/Unknown" is a name that every database of zones knows, and no place on earth.
    if !TimeZone::get(&times.zone).is_ok_and(|zone| !zone.is_unknown()) {
        return wrong(format!("{path}.zone"), Problem::UnknownZone);
    }
    if times.open.len() > limits::INTERVALS {
        let limit = limits::INTERVALS as u32;
        return wrong(format!("{path}.open"), Problem::TooMany { limit });
    }
    let first = faults(&times.open).next();
    first.map_or(Ok(()), |fault| {
        let side = match fault.opens {
            Some(true) => ".from",
            Some(false) => ".to",
            None => "",
        };
        wrong(format!("{path}.open.{}{side}", fault.place), fault.problem)
    })
}

/// What is wrong with an interval of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The interval's place in the week.
    pub place: usize,
    /// Whether it is about when it opens or when it closes; none for both.
    pub opens: Option<bool>,
    pub problem: Problem,
}

/// Everything that is wrong with a week, one fault for each interval that has any. It needs no table of
/// time zones, so a page can judge while somebody types.
pub fn faults(open: &[Interval]) -> impl Iterator<Item = Fault> {
    open.iter().enumerate().filter_map(|(place, interval)| {
        let (opens, problem) = match no_minute(interval) {
            Some((opens, problem)) => (Some(opens), problem),
            None => {
                let mut before = open[..place].iter();
                let overlaps =
                    before.any(|other| no_minute(other).is_none() && overlap(interval, other));
                overlaps.then_some((None, Problem::Overlaps))?
            }
        };
        Some(Fault {
            place,
            opens,
            problem,
        })
    })
}

/// Which side of an interval is no minute of a day: whether it is when it opens, and why.
fn no_minute(interval: &Interval) -> Option<(bool, Problem)> {
    let (opens, least, most) = if interval.from >= DAY {
        (true, 0_u16, DAY - 1)
    } else if interval.to == 0 || interval.to > DAY {
        (false, 1, DAY)
    } else {
        return None;
    };
    let (least, most) = (u32::from(least), u32::from(most));
    Some((opens, Problem::OutOfRange { least, most }))
}

/// Whether two intervals share a minute of the week, which goes round.
fn overlap(one: &Interval, other: &Interval) -> bool {
    let (start, end) = span(one);
    let (other_start, other_end) = span(other);
    [0, WEEK].into_iter().any(|round| {
        (start < other_end + round && other_start + round < end)
            || (start + round < other_end && other_start < end + round)
    })
}

/// From which to which minute of the week; the end may lie in the next one.
fn span(interval: &Interval) -> (u32, u32) {
    let midnight = number(interval.day) * u32::from(DAY);
    let end = if crosses_midnight(interval) {
        interval.to + DAY
    } else {
        interval.to
    };
    (
        midnight + u32::from(interval.from),
        midnight + u32::from(end),
    )
}

fn number(day: Day) -> u32 {
    match day {
        Day::Monday => 0,
        Day::Tuesday => 1,
        Day::Wednesday => 2,
        Day::Thursday => 3,
        Day::Friday => 4,
        Day::Saturday => 5,
        Day::Sunday => 6,
    }
}

fn weekday(day: Weekday) -> Day {
    match day {
        Weekday::Monday => Day::Monday,
        Weekday::Tuesday => Day::Tuesday,
        Weekday::Wednesday => Day::Wednesday,
        Weekday::Thursday => Day::Thursday,
        Weekday::Friday => Day::Friday,
        Weekday::Saturday => Day::Saturday,
        Weekday::Sunday => Day::Sunday,
    }
}
