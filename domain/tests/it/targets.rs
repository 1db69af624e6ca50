//! The clocks of the first and of the next reply: when they run, when they are late, and that it is
//! told once.

use core::time::Duration;

use domain::hours::open_time_after;
use protocol::Timestamp;
use protocol::entry::{Destination, Outcome};
use protocol::settings::{Day, Holiday, HoursSettings, Outside, Settings};
use protocol::targets::{Clock, FirstReply, Owed};

use crate::desk::{ANA, BEN, Desk, agent};
use crate::hours::{on, times, utc};

const FIRST: &str = "system: FirstReply is late";
const NEXT: &str = "system: NextReply is late";

/// Four minutes for the first reply, eight for every other; requests wait on, and nobody is warned.
fn targets(settings: &mut Settings) {
    settings.targets.first_reply_minutes = Some(4);
    settings.targets.next_reply_minutes = Some(8);
    settings.queue.deadline_minutes = 600;
    settings.idle.enabled = false;
}

fn clock(desk: &Desk) -> Option<Clock> {
    desk.conversation().clock
}

/// A clock that began now and runs for so many minutes.
fn from_now(desk: &Desk, owed: Owed, minutes: i64) -> Option<Clock> {
    let after = |seconds| Timestamp(desk.now.millis() + seconds * 1000);
    Some(Clock {
        owed,
        since: desk.now,
        warn_at: after(minutes * 45),
        due_at: after(minutes * 60),
    })
}

fn lines(desk: &Desk, line: &str) -> usize {
    let lines = desk.timeline();
    lines.iter().filter(|found| *found == line).count()
}

#[test]
fn the_first_reply_is_owed_from_the_request_to_the_first_words_of_a_person() {
    let mut desk = Desk::with(targets);
    desk.visitor_says("Hello");
    assert_eq!(None, clock(&desk), "the AI has it");
    desk.visitor_asks();
    let owed = from_now(&desk, Owed::FirstReply, 4);
    assert_eq!(owed, clock(&desk));

    desk.minutes_pass(1);
    desk.visitor_says("Is anybody there?");
    desk.claims(ANA);
    desk.notes(ANA, "Asked the same last week.");
    assert_eq!(owed, clock(&desk), "neither a claim nor a note is a reply");
    desk.minutes_pass(1);
    desk.says(ANA, "Hello, Ana here.");
    assert_eq!(None, clock(&desk));
    let (seconds, late) = (120, false);
    let first = Some(FirstReply { seconds, late });
    assert_eq!(first, desk.conversation().first_reply);

    desk.minutes_pass(30);
    desk.visitor_says("Where is my order?");
    assert_eq!(from_now(&desk, Owed::NextReply, 8), clock(&desk));
    let owed = clock(&desk);
    desk.minutes_pass(2);
    desk.visitor_says("Hello?");
    assert_eq!(owed, clock(&desk), "the earliest message counts");
    desk.says(ANA, "On its way.");
    assert_eq!(
        (None, first),
        (clock(&desk), desk.conversation().first_reply)
    );
}

#[test]
fn a_late_reply_is_told_once_at_its_very_time_and_the_visitor_hears_nothing_of_it() {
    let mut desk = Desk::with(targets);
    desk.visitor_asks();
    let told = desk.conversation().last_public_seq;
    assert_eq!(vec![FIRST], desk.due_comes());
    assert_eq!(told, desk.conversation().last_public_seq);
    desk.time_comes();
    desk.claims(ANA);
    desk.releases(ANA);
    desk.claims(BEN);
    desk.minutes_pass(5);
    desk.time_comes();
    assert_eq!(1, lines(&desk, FIRST), "whoever has it");
    desk.says(BEN, "Sorry for the wait.");
    let first = desk.conversation().first_reply;
    assert!(first.is_some_and(|first| first.late));

    for late in 1..=2 {
        desk.visitor_says("And now?");
        assert_eq!(vec![NEXT], desk.due_comes());
        desk.time_comes();
        assert_eq!(late, lines(&desk, NEXT), "each clock is told for itself");
        desk.says(BEN, "Here I am.");
    }
}

#[test]
fn whoever_holds_it_when_it_is_late_and_when_it_waits_again_the_clock_goes_on() {
    let mut desk = Desk::with(targets);
    desk.visitor_asks();
    desk.says(ANA, "Hello");
    desk.visitor_says("Where is my order?");
    let owed = clock(&desk);
    desk.minutes_pass(1);
    desk.transfers(ANA, Destination::Agent(agent(BEN)));
    assert_eq!(owed, clock(&desk));
    desk.releases(BEN);
    assert_eq!(owed, clock(&desk), "nobody stops it by giving it back");
}

#[test]
fn what_is_put_aside_resolved_or_missed_has_no_clock() {
    let mut desk = Desk::with(targets);
    desk.visitor_asks();
    desk.claims(ANA);
    desk.snoozes(ANA, None);
    assert_eq!((None, None), (clock(&desk), desk.conversation().due_at));
    desk.minutes_pass(60);
    desk.wakes(ANA);
    let again = from_now(&desk, Owed::FirstReply, 4);
    assert_eq!(again, clock(&desk), "it begins anew when it is back");
    desk.resolves(ANA, Outcome::RestoredToAi);
    assert_eq!(None, clock(&desk));
    desk.visitor_says("Thank you");
    assert_eq!(None, clock(&desk), "the AI has it");

    desk.visitor_asks();
    assert_eq!(None, desk.conversation().first_reply, "another request");
    assert_eq!(from_now(&desk, Owed::FirstReply, 4), clock(&desk));

    let mut desk = Desk::with(|settings| {
        targets(settings);
        settings.queue.deadline_minutes = 1;
    });
    desk.visitor_asks();
    desk.due_comes();
    assert_eq!("system: missed for Timeout", desk.last_line());
    assert_eq!(None, clock(&desk));
}

#[test]
fn each_target_can_be_off_and_other_settings_count_for_what_waits_already() {
    let mut desk = Desk::with(targets);
    desk.visitor_asks();
    desk.set(|settings| settings.targets.first_reply_minutes = None);
    desk.minutes_pass(10);
    desk.time_comes();
    assert_eq!((None, 0), (clock(&desk), lines(&desk, FIRST)));
    desk.set(|settings| settings.targets.first_reply_minutes = Some(30));
    desk.time_comes();
    assert_eq!(vec![FIRST], desk.due_comes());
    // Whoever was told is not told again because somebody changed a setting.
    desk.set(|settings| settings.targets.first_reply_minutes = Some(60));
    desk.time_comes();
    desk.minutes_pass(60);
    desk.time_comes();
    assert_eq!(1, lines(&desk, FIRST));
}

#[test]
fn a_deadline_of_the_same_moment_comes_after_it() {
    let mut desk = Desk::with(|settings| {
        targets(settings);
        settings.queue.deadline_minutes = 4;
    });
    desk.visitor_asks();
    assert_eq!(vec![FIRST], desk.due_comes());
    desk.time_comes();
    assert_eq!("system: missed for Timeout", desk.last_line());
}

/// Nine to five on weekdays in Zurich, less a holiday.
fn zurich() -> HoursSettings {
    let days = [
        Day::Monday,
        Day::Tuesday,
        Day::Wednesday,
        Day::Thursday,
        Day::Friday,
    ];
    HoursSettings {
        enabled: true,
        times: times("Europe/Zurich", &days.map(|day| on(day, "09:00", "17:00"))),
        holidays: vec![Holiday {
            date: "2026-12-25".to_owned(),
            name: "Christmas".to_owned(),
        }],
        outside: Outside::Form,
    }
}

#[test]
fn only_opening_hours_count() {
    let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
    for (from, time, until) in [
        // Within a day; over the night; over the weekend; over a holiday and the weekend after it.
        ("2026-11-23T09:00:00Z", 30, "2026-11-23T09:30:00Z"),
        ("2026-11-23T15:50:00Z", 30, "2026-11-24T08:20:00Z"),
        ("2026-11-27T15:50:00Z", 30, "2026-11-30T08:20:00Z"),
        ("2026-12-24T15:50:00Z", 30, "2026-12-28T08:20:00Z"),
        // Before and after the hours; to their very end; a whole week of them.
        ("2026-11-23T05:00:00Z", 30, "2026-11-23T08:30:00Z"),
        ("2026-11-23T20:00:00Z", 30, "2026-11-24T08:30:00Z"),
        ("2026-11-23T15:30:00Z", 30, "2026-11-23T16:00:00Z"),
        ("2026-11-23T08:00:00Z", 5 * 8 * 60, "2026-11-27T16:00:00Z"),
        // The clock is changed on the last Sunday of March: nine is at seven then.
        ("2027-03-26T15:50:00Z", 30, "2027-03-29T07:20:00Z"),
    ] {
        let due = open_time_after(&zurich(), utc(from), minutes(time));
        assert_eq!(Some(utc(until)), due, "{from}");
    }
    let mut nights = zurich();
    nights.times = times("UTC", &[on(Day::Friday, "22:00", "02:00")]);
    let due = open_time_after(&nights, utc("2026-11-28T01:30:00Z"), minutes(60));
    assert_eq!(Some(utc("2026-12-04T22:30:00Z")), due);
    nights.times.open.clear();
    assert_eq!(
        None,
        open_time_after(&nights, utc("2026-11-28T01:30:00Z"), minutes(1))
    );
    nights.enabled = false;
    let due = open_time_after(&nights, utc("2026-11-28T01:30:00Z"), minutes(1));
    assert_eq!(Some(utc("2026-11-28T01:31:00Z")), due);
}

#[test]
fn a_clock_stands_still_while_nobody_is_there() {
    let mut desk = Desk::with(|settings| {
        targets(settings);
        settings.hours = zurich();
        settings.queue.deadline_minutes = 10_000;
    });
    desk.now = utc("2026-11-23T15:58:00Z");
    desk.visitor_asks();
    let clock = clock(&desk).expect("it runs");
    assert_eq!(utc("2026-11-24T08:01:00Z"), clock.warn_at);
    assert_eq!(utc("2026-11-24T08:02:00Z"), clock.due_at);
    assert_eq!(vec![FIRST], desk.due_comes());
}
