//! Business hours by the clock of the place: over the change of daylight saving, over midnight, and
//! on both sides of the date line.

use domain::hours::{check, covers, faults, is_open, is_working_time, moment};
use domain::{Refusal, settings};
use protocol::Timestamp;
use protocol::refusal::Problem;
use protocol::settings::{Day, HoursSettings, Interval, WeekTimes};

const WEEK: [Day; 7] = [
    Day::Monday,
    Day::Tuesday,
    Day::Wednesday,
    Day::Thursday,
    Day::Friday,
    Day::Saturday,
    Day::Sunday,
];

/// A time as it is written in UTC.
pub(crate) fn utc(text: &str) -> Timestamp {
    let time: jiff::Timestamp = text.parse().expect("a time");
    Timestamp(time.as_millisecond())
}

/// `HH:MM` in minutes after midnight.
fn minute(text: &str) -> u16 {
    let (hours, minutes) = text.split_once(':').expect("HH:MM");
    let number = |text: &str| text.parse::<u16>().expect("a number");
    number(hours) * 60 + number(minutes)
}

pub(crate) fn on(day: Day, from: &str, to: &str) -> Interval {
    Interval {
        day,
        from: minute(from),
        to: minute(to),
    }
}

pub(crate) fn times(zone: &str, open: &[Interval]) -> WeekTimes {
    WeekTimes {
        zone: zone.to_owned(),
        open: open.to_vec(),
    }
}

fn daily(zone: &str, from: &str, to: &str) -> WeekTimes {
    times(zone, &WEEK.map(|day| on(day, from, to)))
}

/// Each time, and whether it is working time then.
fn check_times(times: &WeekTimes, expected: &[(&str, bool)]) {
    for (time, open) in expected {
        assert_eq!(*open, is_working_time(times, utc(time)), "{time}");
    }
}

#[test]
fn open_from_the_first_minute_to_just_before_the_last() {
    check_times(
        &daily("UTC", "09:00", "17:00"),
        &[
            ("2026-03-02T08:59:59.999Z", false),
            ("2026-03-02T09:00:00Z", true),
            ("2026-03-02T16:59:59.999Z", true),
            ("2026-03-02T17:00:00Z", false),
        ],
    );
}

#[test]
fn several_intervals_a_day_leave_a_break() {
    let times = times(
        "UTC",
        &[
            on(Day::Monday, "09:00", "12:00"),
            on(Day::Monday, "13:00", "17:00"),
        ],
    );
    check_times(
        &times,
        &[
            ("2026-03-02T11:59:00Z", true),
            ("2026-03-02T12:00:00Z", false),
            ("2026-03-02T13:00:00Z", true),
            ("2026-03-03T09:30:00Z", false),
        ],
    );
}

#[test]
fn each_day_of_the_week_is_its_own() {
    // 2026-03-02 is a Monday.
    for (number, day) in WEEK.into_iter().enumerate() {
        let times = times("UTC", &[on(day, "00:00", "24:00")]);
        for other in 0..7 {
            let noon = format!("2026-03-0{}T12:00:00Z", 2 + other);
            assert_eq!(
                number == other,
                is_working_time(&times, utc(&noon)),
                "{noon}"
            );
        }
    }
}

#[test]
fn nine_is_nine_before_and_after_the_change_in_zurich() {
    let times = daily("Europe/Zurich", "09:00", "17:00");
    // Spring: 29 March 2026, 02:00 becomes 03:00. Autumn: 25 October, 03:00 becomes 02:00.
    check_times(
        &times,
        &[
            ("2026-03-28T07:59:59Z", false),
            ("2026-03-28T08:00:00Z", true),
            ("2026-03-28T16:00:00Z", false),
            ("2026-03-29T06:59:59Z", false),
            ("2026-03-29T07:00:00Z", true),
            ("2026-03-29T14:59:59Z", true),
            ("2026-03-29T15:00:00Z", false),
            ("2026-10-24T06:59:59Z", false),
            ("2026-10-24T07:00:00Z", true),
            ("2026-10-25T07:59:59Z", false),
            ("2026-10-25T08:00:00Z", true),
            ("2026-10-25T16:00:00Z", false),
        ],
    );
}

#[test]
fn an_hour_that_is_skipped_is_skipped_and_one_that_comes_twice_is_open_twice() {
    let times = daily("Europe/Zurich", "02:00", "03:00");
    check_times(
        &times,
        &[
            ("2026-03-28T01:30:00Z", true),
            // 01:59:59 is followed by 03:00.
            ("2026-03-29T00:59:59Z", false),
            ("2026-03-29T01:00:00Z", false),
            ("2026-03-30T00:30:00Z", true),
            // 02:00 to 03:00 comes twice.
            ("2026-10-24T23:59:59Z", false),
            ("2026-10-25T00:00:00Z", true),
            ("2026-10-25T00:59:59Z", true),
            ("2026-10-25T01:00:00Z", true),
            ("2026-10-25T01:59:59Z", true),
            ("2026-10-25T02:00:00Z", false),
        ],
    );
    // What begins in the hour that is skipped begins when it is over.
    let from_half_past = daily("Europe/Zurich", "02:30", "04:00");
    check_times(
        &from_half_past,
        &[
            ("2026-03-29T00:59:59Z", false),
            ("2026-03-29T01:00:00Z", true),
            ("2026-03-29T02:00:00Z", false),
        ],
    );
}

#[test]
fn nine_is_nine_before_and_after_the_change_in_new_york() {
    // Spring: 8 March 2026. Autumn: 1 November.
    check_times(
        &daily("America/New_York", "09:00", "17:00"),
        &[
            ("2026-03-07T13:59:59Z", false),
            ("2026-03-07T14:00:00Z", true),
            ("2026-03-08T12:59:59Z", false),
            ("2026-03-08T13:00:00Z", true),
            ("2026-03-08T21:00:00Z", false),
            ("2026-10-31T13:00:00Z", true),
            ("2026-11-01T13:59:59Z", false),
            ("2026-11-01T14:00:00Z", true),
            ("2026-11-01T22:00:00Z", false),
        ],
    );
}

#[test]
fn half_an_hour_of_daylight_saving_on_lord_howe_counts_too() {
    // +10:30, in summer +11. Autumn: 5 April 2026, 02:00 becomes 01:30. Spring: 4 October, 02:00
    // becomes 02:30.
    check_times(
        &daily("Australia/Lord_Howe", "09:00", "17:00"),
        &[
            ("2026-04-03T21:59:59Z", false),
            ("2026-04-03T22:00:00Z", true),
            ("2026-04-04T22:29:59Z", false),
            ("2026-04-04T22:30:00Z", true),
            ("2026-10-02T22:30:00Z", true),
            ("2026-10-03T21:59:59Z", false),
            ("2026-10-03T22:00:00Z", true),
        ],
    );
    let skipped = daily("Australia/Lord_Howe", "02:00", "02:30");
    check_times(
        &skipped,
        &[
            ("2026-10-03T15:29:59Z", false),
            ("2026-10-03T15:30:00Z", false),
        ],
    );
    let twice = daily("Australia/Lord_Howe", "01:30", "02:00");
    check_times(
        &twice,
        &[
            ("2026-04-04T14:29:59Z", false),
            ("2026-04-04T14:30:00Z", true),
            ("2026-04-04T15:00:00Z", true),
            ("2026-04-04T15:29:59Z", true),
            ("2026-04-04T15:30:00Z", false),
        ],
    );
}

#[test]
fn the_day_is_that_of_the_place_on_both_sides_of_the_date_line() {
    // 2026-03-02T10:30Z is Monday in London, Tuesday 00:30 on Kiritimati (+14), and Sunday 23:30
    // in Pago Pago (-11).
    let now = utc("2026-03-02T10:30:00Z");
    for (zone, day) in [
        ("Europe/London", Day::Monday),
        ("Pacific/Kiritimati", Day::Tuesday),
        ("Pacific/Pago_Pago", Day::Sunday),
        ("Asia/Kolkata", Day::Monday),
    ] {
        for other in WEEK {
            let times = times(zone, &[on(other, "00:00", "24:00")]);
            assert_eq!(other == day, is_working_time(&times, now), "{zone}");
        }
    }
    check_times(
        &daily("Asia/Kolkata", "09:00", "17:00"),
        &[
            ("2026-03-02T03:29:59Z", false),
            ("2026-03-02T03:30:00Z", true),
            ("2026-03-02T11:30:00Z", false),
        ],
    );
    check_times(
        &times("Pacific/Kiritimati", &[on(Day::Monday, "09:00", "17:00")]),
        &[
            ("2026-03-01T18:59:59Z", false),
            ("2026-03-01T19:00:00Z", true),
            ("2026-03-02T03:00:00Z", false),
        ],
    );
    check_times(
        &times("Pacific/Pago_Pago", &[on(Day::Monday, "09:00", "17:00")]),
        &[
            ("2026-03-02T19:59:59Z", false),
            ("2026-03-02T20:00:00Z", true),
            ("2026-03-03T04:00:00Z", false),
        ],
    );
}

#[test]
fn a_night_belongs_to_the_day_on_which_it_begins() {
    let times = times("UTC", &[on(Day::Friday, "22:00", "06:00")]);
    // 2026-03-06 is a Friday.
    check_times(
        &times,
        &[
            ("2026-03-06T05:00:00Z", false),
            ("2026-03-06T21:59:59Z", false),
            ("2026-03-06T22:00:00Z", true),
            ("2026-03-07T00:00:00Z", true),
            ("2026-03-07T05:59:59Z", true),
            ("2026-03-07T06:00:00Z", false),
            ("2026-03-07T22:30:00Z", false),
        ],
    );
}

#[test]
fn a_night_goes_over_from_sunday_to_monday() {
    let times = times("UTC", &[on(Day::Sunday, "22:00", "02:00")]);
    check_times(
        &times,
        &[
            ("2026-03-08T23:00:00Z", true),
            ("2026-03-09T01:59:59Z", true),
            ("2026-03-09T02:00:00Z", false),
            ("2026-03-02T01:00:00Z", true),
        ],
    );
}

#[test]
fn a_night_in_which_the_clock_is_changed_ends_by_the_clock() {
    let times = times("Europe/Zurich", &[on(Day::Saturday, "22:00", "06:00")]);
    check_times(
        &times,
        &[
            ("2026-03-28T21:00:00Z", true),
            ("2026-03-29T03:59:59Z", true),
            ("2026-03-29T04:00:00Z", false),
            ("2026-10-25T04:59:59Z", true),
            ("2026-10-25T05:00:00Z", false),
        ],
    );
}

#[test]
fn from_a_time_to_the_same_is_a_whole_day() {
    let times = times("UTC", &[on(Day::Monday, "09:00", "09:00")]);
    check_times(
        &times,
        &[
            ("2026-03-02T08:59:59Z", false),
            ("2026-03-02T09:00:00Z", true),
            ("2026-03-03T08:59:59Z", true),
            ("2026-03-03T09:00:00Z", false),
        ],
    );
}

#[test]
fn switched_off_is_always_open_and_no_interval_never() {
    let mut hours: HoursSettings = settings::defaults().hours;
    assert!(is_open(&hours, utc("2026-03-01T03:00:00Z")));
    hours.enabled = true;
    assert!(!is_open(&hours, utc("2026-03-01T03:00:00Z")));
    assert!(is_open(&hours, utc("2026-03-02T12:00:00Z")));
    hours.times.open.clear();
    assert!(!is_open(&hours, utc("2026-03-02T12:00:00Z")));
}

#[test]
fn a_zone_that_is_not_known_is_closed_and_refused() {
    let times = daily("Europe/Atlantis", "00:00", "24:00");
    assert!(!is_working_time(&times, utc("2026-03-02T12:00:00Z")));
    assert_eq!(
        Err(Refusal::SettingInvalid {
            setting: "hours.zone".to_owned(),
            problem: Problem::UnknownZone
        }),
        check("hours", &times)
    );
    for zone in ["UTC", "Europe/Zurich", "Pacific/Kiritimati", "Asia/Kolkata"] {
        assert_eq!(Ok(()), check("hours", &daily(zone, "09:00", "17:00")));
    }
}

/// Whether two intervals are refused together, in either order.
fn overlaps(one: Interval, other: Interval) -> bool {
    let verdicts = [[one, other], [other, one]].map(|open| check("hours", &times("UTC", &open)));
    let overlap = Err(Refusal::SettingInvalid {
        setting: "hours.open.1".to_owned(),
        problem: Problem::Overlaps,
    });
    assert_eq!(verdicts[0], verdicts[1]);
    assert!(verdicts[0] == Ok(()) || verdicts[0] == overlap);
    verdicts[0] != Ok(())
}

#[test]
fn intervals_share_no_minute_of_the_week_which_goes_round() {
    use Day::{Monday, Saturday, Sunday, Tuesday};
    let morning = on(Monday, "09:00", "12:00");
    for (other, expected) in [
        (on(Monday, "12:00", "17:00"), false),
        (on(Monday, "11:59", "17:00"), true),
        (on(Monday, "09:00", "12:00"), true),
        (on(Monday, "10:00", "11:00"), true),
        (on(Monday, "06:00", "09:00"), false),
        (on(Monday, "06:00", "09:01"), true),
        (on(Tuesday, "09:00", "12:00"), false),
        // Over midnight, and over the end of the week.
        (on(Sunday, "22:00", "09:00"), false),
        (on(Sunday, "22:00", "09:01"), true),
        (on(Saturday, "22:00", "21:00"), false),
    ] {
        assert_eq!(expected, overlaps(morning, other), "{other:?}");
    }
    assert!(overlaps(
        on(Sunday, "22:00", "02:00"),
        on(Monday, "00:00", "01:00")
    ));
    assert!(!overlaps(
        on(Sunday, "22:00", "24:00"),
        on(Monday, "00:00", "01:00")
    ));
    assert!(overlaps(
        on(Sunday, "12:00", "12:00"),
        on(Monday, "11:59", "13:00")
    ));
}

/// The overlap is right for every pair of quarter days, told minute by minute.
#[test]
fn two_intervals_overlap_exactly_when_both_are_open_at_some_time() {
    let starts = ["00:00", "06:00", "12:00", "18:00"];
    let ends = ["06:00", "12:00", "18:00", "24:00"];
    let mut all = Vec::new();
    for day in [Day::Sunday, Day::Monday, Day::Tuesday] {
        for from in starts {
            all.extend(ends.map(|to| on(day, from, to)));
        }
    }
    // Every quarter of the week from Sunday, 2026-03-01, on.
    let quarters: Vec<_> = (0..28)
        .map(|quarter| Timestamp(utc("2026-03-01T00:00:00Z").millis() + quarter * 21_600_000))
        .collect();
    let open = |interval: &Interval| {
        let times = times("UTC", &[*interval]);
        quarters
            .iter()
            .map(|now| is_working_time(&times, *now))
            .collect::<Vec<_>>()
    };
    let open: Vec<_> = all.iter().map(open).collect();
    for (one, one_open) in all.iter().zip(&open) {
        for (other, other_open) in all.iter().zip(&open) {
            let both = one_open.iter().zip(other_open).any(|(a, b)| *a && *b);
            assert_eq!(both, overlaps(*one, *other), "{one:?} {other:?}");
        }
    }
}

#[test]
fn minutes_are_those_of_a_day() {
    let wrong = |interval: Interval, place: &str, least, most| {
        assert_eq!(
            Err(Refusal::SettingInvalid {
                setting: format!("hours.open.0.{place}"),
                problem: Problem::OutOfRange { least, most }
            }),
            check("hours", &times("UTC", &[interval]))
        );
    };
    let interval = |from, to| Interval {
        day: Day::Monday,
        from,
        to,
    };
    wrong(interval(1_440, 600), "from", 0, 1_439);
    wrong(interval(600, 0), "to", 1, 1_440);
    wrong(interval(600, 1_441), "to", 1, 1_440);
    for good in [interval(0, 1_440), interval(1_439, 1), interval(0, 1)] {
        assert_eq!(Ok(()), check("hours", &times("UTC", &[good])));
    }
}

#[test]
fn all_that_is_wrong_with_a_week_is_found_at_once() {
    let of = |day, from, to| Interval { day, from, to };
    let open = [
        on(Day::Monday, "22:00", "06:00"),
        of(Day::Tuesday, u16::MAX, 600),
        on(Day::Tuesday, "05:00", "07:00"),
        of(Day::Friday, 600, 0),
        of(Day::Saturday, u16::MAX, u16::MAX),
        on(Day::Sunday, "10:00", "12:00"),
    ];
    let found: Vec<_> = faults(&open)
        .map(|fault| (fault.place, fault.opens))
        .collect();
    assert_eq!(
        vec![
            (1, Some(true)),
            (2, None),
            (3, Some(false)),
            (4, Some(true))
        ],
        found
    );
    let one_by_one = faults(&open).nth(1).map(|fault| fault.problem);
    assert_eq!(Some(Problem::Overlaps), one_by_one);
    assert_eq!(0, faults(&open[..1]).count());
}

#[test]
fn a_week_has_so_many_intervals_and_no_more() {
    let many = |count: u16| {
        let open: Vec<_> = (0..count)
            .map(|n| Interval {
                day: WEEK[usize::from(n % 7)],
                from: n / 7 * 60,
                to: n / 7 * 60 + 30,
            })
            .collect();
        check("hours", &times("UTC", &open))
    };
    assert_eq!(Ok(()), many(42));
    assert_eq!(
        Err(Refusal::SettingInvalid {
            setting: "hours.open".to_owned(),
            problem: Problem::TooMany { limit: 42 }
        }),
        many(43)
    );
}

#[test]
fn a_clock_that_is_read_elsewhere_comes_to_the_same() {
    let times = WeekTimes {
        zone: "UTC".to_owned(),
        open: vec![
            on(Day::Sunday, "22:00", "07:00"),
            on(Day::Wednesday, "12:00", "13:00"),
            on(Day::Friday, "00:00", "24:00"),
        ],
    };
    // 2026-03-02 is a Monday.
    let monday = utc("2026-03-02T00:00:00Z");
    for minute in 0..7 * 24 * 60_u16 {
        let now = Timestamp(monday.millis() + i64::from(minute) * 60_000);
        let today = WEEK[usize::from(minute / (24 * 60))];
        assert_eq!(
            is_working_time(&times, now),
            covers(&times.open, today, minute % (24 * 60)),
            "{today:?} {minute}"
        );
    }
}

#[test]
fn a_moment_is_read_on_the_clock_of_the_place() {
    let at = |zone, text| moment(zone, text);
    assert_eq!(
        Some(utc("2026-12-24T17:30:00Z")),
        at("Europe/Zurich", "2026-12-24T18:30")
    );
    // The clock is put forward from two to three: half past two is half past three.
    assert_eq!(
        Some(utc("2026-03-29T01:30:00Z")),
        at("Europe/Zurich", "2026-03-29T02:30")
    );
    for rubbish in [
        "",
        "T",
        "2026-12-24",
        "2026-12-24T",
        "2026-12-24 18:30",
        "2026-02-30T10:00",
        "2026-12-24T24:00",
        "2026-12-24T18:30Z",
        "2026-12-24T1830",
        "99999-01-01T10:00",
    ] {
        assert_eq!(None, at("UTC", rubbish), "{rubbish}");
    }
    assert_eq!(None, at("Nowhere/Known", "2026-12-24T18:30"));
}
