//! Holidays close a day, with the night that begins on it and not the one before.

use domain::hours::{day, is_open};
use domain::settings;
use protocol::settings::{Day, Holiday, HoursSettings, Interval};

use crate::hours::{on, times, utc};

fn hours(zone: &str, open: &[Interval], dates: &[&str]) -> HoursSettings {
    let mut hours = settings::defaults().hours;
    hours.enabled = true;
    hours.times = times(zone, open);
    hours.holidays = dates
        .iter()
        .map(|date| Holiday {
            date: (*date).to_owned(),
            name: "Off".to_owned(),
        })
        .collect();
    hours
}

fn check(hours: &HoursSettings, expected: &[(&str, bool)]) {
    for (time, open) in expected {
        assert_eq!(*open, is_open(hours, utc(time)), "{time}");
    }
}

#[test]
fn a_holiday_closes_its_day_and_no_other() {
    // 25 December 2026 is a Friday.
    let hours = hours(
        "UTC",
        &[
            on(Day::Thursday, "09:00", "17:00"),
            on(Day::Friday, "09:00", "17:00"),
        ],
        &["2026-12-25"],
    );
    check(
        &hours,
        &[
            ("2026-12-24T12:00:00Z", true),
            ("2026-12-25T12:00:00Z", false),
            ("2026-12-18T12:00:00Z", true),
            ("2027-01-01T12:00:00Z", true),
        ],
    );
}

#[test]
fn the_night_after_a_holiday_is_off_too_and_the_night_before_is_not() {
    let nights = [
        on(Day::Thursday, "22:00", "06:00"),
        on(Day::Friday, "22:00", "06:00"),
    ];
    check(
        &hours("UTC", &nights, &["2026-12-25"]),
        &[
            ("2026-12-24T23:00:00Z", true),
            ("2026-12-25T05:59:59Z", true),
            ("2026-12-25T23:00:00Z", false),
            ("2026-12-26T05:00:00Z", false),
        ],
    );
}

#[test]
fn a_holiday_is_a_day_of_the_place() {
    let open = [
        on(Day::Thursday, "00:00", "24:00"),
        on(Day::Friday, "00:00", "24:00"),
        on(Day::Saturday, "00:00", "24:00"),
    ];
    // On Kiritimati (+14) the day is from 10:00 UTC of the day before to 10:00 UTC.
    check(
        &hours("Pacific/Kiritimati", &open, &["2026-12-25"]),
        &[
            ("2026-12-24T09:59:59Z", true),
            ("2026-12-24T10:00:00Z", false),
            ("2026-12-25T09:59:59Z", false),
            ("2026-12-25T10:00:00Z", true),
        ],
    );
    // In Pago Pago (-11) from 11:00 UTC to 11:00 UTC of the day after.
    check(
        &hours("Pacific/Pago_Pago", &open, &["2026-12-25"]),
        &[
            ("2026-12-25T10:59:59Z", true),
            ("2026-12-25T11:00:00Z", false),
            ("2026-12-26T10:59:59Z", false),
            ("2026-12-26T11:00:00Z", true),
        ],
    );
}

#[test]
fn a_holiday_on_which_the_clock_is_changed_is_that_day() {
    // 29 March 2026, a Sunday of 23 hours in Zurich.
    let open = [
        on(Day::Saturday, "00:00", "24:00"),
        on(Day::Sunday, "00:00", "24:00"),
        on(Day::Monday, "00:00", "24:00"),
    ];
    check(
        &hours("Europe/Zurich", &open, &["2026-03-29"]),
        &[
            ("2026-03-28T22:59:59Z", true),
            ("2026-03-28T23:00:00Z", false),
            ("2026-03-29T21:59:59Z", false),
            ("2026-03-29T22:00:00Z", true),
        ],
    );
}

#[test]
fn an_interval_of_a_whole_day_from_noon_ends_where_the_holiday_began_it() {
    let open = [
        on(Day::Thursday, "12:00", "12:00"),
        on(Day::Friday, "12:00", "12:00"),
        on(Day::Saturday, "12:00", "12:00"),
    ];
    check(
        &hours("UTC", &open, &["2026-12-25"]),
        &[
            ("2026-12-25T11:59:59Z", true),
            ("2026-12-25T12:00:00Z", false),
            ("2026-12-26T11:59:59Z", false),
            ("2026-12-26T12:00:00Z", true),
        ],
    );
}

#[test]
fn a_day_is_written_in_one_way() {
    assert!(day("2026-12-25").is_some());
    for bad in ["2026-12-32", "2026-1-1", "", "2026-12-25 ", "tomorrow!!"] {
        assert_eq!(None, day(bad), "{bad}");
    }
}
