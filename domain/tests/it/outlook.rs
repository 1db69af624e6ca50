//! What the page of business hours says of now: open or closed, and until when.

use domain::hours::outlook;
use domain::settings;
use protocol::settings::{Day, Holiday, HoursSettings};

use crate::hours::{on, times, utc};

fn hours(holidays: &[&str]) -> HoursSettings {
    let open = [
        on(Day::Monday, "09:00", "17:00"),
        on(Day::Tuesday, "09:00", "17:00"),
    ];
    let holidays = holidays.iter().map(|date| Holiday {
        date: (*date).to_owned(),
        name: String::new(),
    });
    HoursSettings {
        enabled: true,
        times: times("Europe/Zurich", &open),
        holidays: holidays.collect(),
        ..settings::defaults().hours
    }
}

#[test]
fn it_changes_at_the_minute_that_is_set_whatever_the_second() {
    // Monday in winter, an hour ahead of UTC.
    for (now, open, day, minute) in [
        ("2026-11-23T07:59:40Z", false, Day::Monday, 9 * 60),
        ("2026-11-23T08:00:00Z", true, Day::Monday, 17 * 60),
        ("2026-11-23T15:59:59Z", true, Day::Monday, 17 * 60),
        ("2026-11-23T16:00:00Z", false, Day::Tuesday, 9 * 60),
    ] {
        let said = outlook(&hours(&[]), utc(now));
        assert_eq!(
            (open, Some((day, minute))),
            (said.open, said.changes),
            "{now}"
        );
    }
}

#[test]
fn it_says_where_the_clock_of_the_place_stands() {
    let at = |zone: &str| {
        let mut hours = hours(&[]);
        hours.times.zone = zone.to_owned();
        outlook(&hours, utc("2026-11-23T23:30:59Z")).at
    };
    assert_eq!(Some((Day::Tuesday, 30)), at("Europe/Zurich"));
    assert_eq!(Some((Day::Monday, 18 * 60 + 30)), at("America/New_York"));
    assert_eq!(None, at("Europe/Atlantis"));
}

#[test]
fn a_holiday_stays_closed() {
    let said = outlook(&hours(&["2026-11-23"]), utc("2026-11-23T09:00:00Z"));
    assert!(!said.open);
    assert_eq!(Some((Day::Tuesday, 9 * 60)), said.changes);
}
