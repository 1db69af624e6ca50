//! Times as the reader's own clock and calendar show them. Only called in the browser.

use js_sys::Date;
use protocol::Timestamp;
use wasm_bindgen::JsValue;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Day 0, the first of January 1970, was a Thursday.
const WEEKDAYS: [&str; 7] = [
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
];

/// This browser's clock.
pub(crate) fn now() -> Timestamp {
    Timestamp(Date::now() as i64)
}

/// The number of the reader's day, counted from 1970.
pub(crate) fn day(at: Timestamp) -> i64 {
    local_ms(at).div_euclid(DAY_MS)
}

/// `14:02`.
pub(crate) fn clock(at: Timestamp) -> String {
    let minutes = local_ms(at).rem_euclid(DAY_MS) / 60_000;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `14:02:09`.
pub(crate) fn clock_to_the_second(at: Timestamp) -> String {
    let seconds = local_ms(at).rem_euclid(DAY_MS) / 1000 % 60;
    format!("{}:{seconds:02}", clock(at))
}

/// `Today, Tuesday 3 June`.
pub(crate) fn day_name(at: Timestamp, now: Timestamp) -> String {
    let (day, today) = (day(at), day(now));
    let (year, month, date) = civil(day);
    let weekday = WEEKDAYS[day.rem_euclid(7) as usize];
    let name = format!("{weekday} {date} {}", MONTHS[month]);
    match today - day {
        0 => format!("Today, {name}"),
        1 => format!("Yesterday, {name}"),
        _ if year == civil(today).0 => name,
        _ => format!("{name} {year}"),
    }
}

/// How long ago in a list: `now`, `6 min`, `14:02`, `2 May`.
pub(crate) fn ago(at: Timestamp, now: Timestamp) -> String {
    let minutes = now.millis_since(at) / 60_000;
    let (year, month, date) = civil(day(at));
    match minutes {
        0 => "now".to_owned(),
        1..60 => format!("{minutes} min"),
        _ if day(at) == day(now) => clock(at),
        _ if year == civil(day(now)).0 => format!("{date} {}", short(month)),
        _ => format!("{date} {} {year}", short(month)),
    }
}

/// `2 May, 14:02`; only the time for today.
pub(crate) fn date_and_clock(at: Timestamp, now: Timestamp) -> String {
    if day(at) == day(now) {
        return clock(at);
    }
    let (_, month, date) = civil(day(at));
    format!("{date} {}, {}", short(month), clock(at))
}

fn short(month: usize) -> &'static str {
    &MONTHS[month][..3]
}

fn local_ms(at: Timestamp) -> i64 {
    let date = Date::new(&JsValue::from_f64(at.millis() as f64));
    at.millis() - date.get_timezone_offset() as i64 * 60_000
}

/// Year, month (0 is January) and date of a day. From <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>.
fn civil(day: i64) -> (i64, usize, i64) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let date = day_of_year - (153 * month + 2) / 5 + 1;
    let month = (month + 2) % 12;
    let year = year_of_era + era * 400 + i64::from(month < 2);
    (year, month as usize, date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_their_dates() {
        assert_eq!((1970, 0, 1), civil(0));
        assert_eq!((2000, 1, 29), civil(11_016));
        assert_eq!((2026, 11, 31), civil(20_818));
        assert_eq!((1969, 11, 31), civil(-1));
    }
}
