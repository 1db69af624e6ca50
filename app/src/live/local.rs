//! Times as the reader's own clock and calendar show them. Only called in the browser.

use js_sys::{Date, Function, Object, Reflect};
use protocol::Timestamp;
use protocol::settings::Day;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::words::{self, t};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// This browser's clock.
pub(crate) fn now() -> Timestamp {
    Timestamp(Date::now() as i64)
}

/// The number of the reader's day, counted from 1970.
pub(crate) fn day(at: Timestamp) -> i64 {
    local_ms(at).div_euclid(DAY_MS)
}

/// The day of the week and its minute at another place; none where the browser does not know the place.
pub(crate) fn at_place(zone: &str, at: Timestamp) -> Option<(Day, u16)> {
    let how = Object::new();
    let parts = [
        ("timeZone", zone),
        ("weekday", "short"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
    ];
    for (part, form) in parts {
        // A plain object takes every property.
        let _set = Reflect::set(&how, &JsValue::from_str(part), &JsValue::from_str(form));
    }
    let date = Date::new(&JsValue::from_f64(at.millis() as f64));
    // By its name, since this throws where it does not know the place.
    let write = Reflect::get(&date, &JsValue::from_str("toLocaleString")).ok()?;
    let write = write.dyn_into::<Function>().ok()?;
    let text = write.call2(&date, &JsValue::from_str("en-GB"), &how).ok()?;
    day_and_minute(&text.as_string()?)
}

/// `Mon 22:05`, with or without a comma.
fn day_and_minute(text: &str) -> Option<(Day, u16)> {
    let day = match text.get(..3)? {
        "Mon" => Day::Monday,
        "Tue" => Day::Tuesday,
        "Wed" => Day::Wednesday,
        "Thu" => Day::Thursday,
        "Fri" => Day::Friday,
        "Sat" => Day::Saturday,
        "Sun" => Day::Sunday,
        _ => return None,
    };
    let (hour, minute) = text.split_whitespace().last()?.split_once(':')?;
    let minutes = hour.parse::<u16>().ok()? * 60 + minute.parse::<u16>().ok()?;
    (minutes < 24 * 60).then_some((day, minutes))
}

/// The reader's place, as `Europe/Zurich`.
pub(crate) fn zone() -> String {
    let options = js_sys::Intl::DateTimeFormat::default().resolved_options();
    let zone = Reflect::get(&options, &JsValue::from_str("timeZone"));
    let zone = zone.ok().and_then(|zone| zone.as_string());
    zone.unwrap_or_else(|| "UTC".to_owned())
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
    let this_year = civil(day).0 == civil(today).0;
    let name = written(
        at,
        &[
            ("weekday", "long"),
            ("day", "numeric"),
            ("month", "long"),
            ("year", if this_year { "" } else { "numeric" }),
        ],
    );
    match today - day {
        0 => t::today(&name),
        1 => t::yesterday(&name),
        _ => name,
    }
}

/// Nine o'clock in so many days.
pub(crate) fn morning(now: Timestamp, days: i64) -> Timestamp {
    let date = Date::new(&JsValue::from_f64(now.millis() as f64));
    // The calendar's own arithmetic: days of 23 and 25 hours have a nine o'clock too.
    let day = i64::from(date.get_date()) + days;
    date.set_date(day as u32);
    date.set_hours(9);
    date.set_minutes(0);
    date.set_seconds(0);
    date.set_milliseconds(0);
    Timestamp(date.get_time() as i64)
}

/// Nine o'clock of the next Monday that is not today.
pub(crate) fn monday(now: Timestamp) -> Timestamp {
    let date = Date::new(&JsValue::from_f64(now.millis() as f64));
    // 0 is Sunday.
    let weekday = i64::from(date.get_day());
    morning(now, (7 - weekday) % 7 + 1)
}

/// A time as a field for a date and a time holds it: `2026-05-02T14:02`.
pub(crate) fn field(at: Timestamp) -> String {
    let (year, month, date) = civil(day(at));
    format!("{year:04}-{:02}-{date:02}T{}", month + 1, clock(at))
}

/// The time that such a field holds; none while it is not filled in.
pub(crate) fn of_field(text: &str) -> Option<Timestamp> {
    // Without a zone it is read as the reader's own time.
    let ms = Date::parse(text);
    ms.is_finite().then_some(Timestamp(ms as i64))
}

/// How long ago in a list: `now`, `6 min`, `14:02`, `2 May`.
pub(crate) fn ago(at: Timestamp, now: Timestamp) -> String {
    let minutes = now.millis_since(at) / 60_000;
    match minutes {
        0 => t::now().to_owned(),
        1..60 => t::minutes(minutes),
        _ if day(at) == day(now) => clock(at),
        _ => date(at, now),
    }
}

/// Since when: `14:02` today, `Mon` in the days before, then `2 May`.
pub(crate) fn lately(at: Timestamp, now: Timestamp) -> String {
    match day(now) - day(at) {
        0 => clock(at),
        1..7 => written(at, &[("weekday", "short")]),
        _ => date(at, now),
    }
}

/// `2 May`, with its year where that is another one.
pub(crate) fn date(at: Timestamp, now: Timestamp) -> String {
    let this_year = civil(day(at)).0 == civil(day(now)).0;
    let year = if this_year { "" } else { "numeric" };
    written(
        at,
        &[("day", "numeric"), ("month", "short"), ("year", year)],
    )
}

/// `2 May, 14:02`, with its year where that is another one; only the time for today.
pub(crate) fn date_and_clock(at: Timestamp, now: Timestamp) -> String {
    if day(at) == day(now) {
        return clock(at);
    }
    format!("{}, {}", date(at, now), clock(at))
}

/// A day as the page's language writes it, of these parts.
fn written(at: Timestamp, parts: &[(&str, &str)]) -> String {
    let how = Object::new();
    for (part, form) in parts.iter().filter(|(_, form)| !form.is_empty()) {
        // A plain object takes every property.
        let _set = Reflect::set(&how, &JsValue::from_str(part), &JsValue::from_str(form));
    }
    let date = Date::new(&JsValue::from_f64(at.millis() as f64));
    date.to_locale_date_string(words::current().calendar, &how)
        .into()
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
    fn a_place_is_read_from_what_the_browser_writes() {
        assert_eq!(Some((Day::Monday, 1_325)), day_and_minute("Mon 22:05"));
        assert_eq!(Some((Day::Sunday, 0)), day_and_minute("Sun, 00:00"));
        for wrong in ["", "Mo", "Mon", "Mon 22", "Mon 24:00", "lundi 22:05"] {
            assert_eq!(None, day_and_minute(wrong), "{wrong}");
        }
    }

    #[test]
    fn days_have_their_dates() {
        assert_eq!((1970, 0, 1), civil(0));
        assert_eq!((2000, 1, 29), civil(11_016));
        assert_eq!((2026, 11, 31), civil(20_818));
        assert_eq!((1969, 11, 31), civil(-1));
    }
}
