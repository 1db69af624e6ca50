//! Days of the calendar on the clock of a place, and moments as text for other programs.

use jiff::ToSpan as _;
use jiff::tz::TimeZone;
use protocol::Timestamp;

use crate::hours::day;

/// When a day such as `2026-12-24` begins there; none for what is no day.
pub fn begins(zone: &str, text: &str) -> Option<Timestamp> {
    let zone = TimeZone::get(zone).ok()?;
    let begins = day(text)?.to_zoned(zone).ok()?;
    Some(Timestamp(begins.timestamp().as_millisecond()))
}

/// When it is over.
pub fn ends(zone: &str, text: &str) -> Option<Timestamp> {
    let next = day(text)?.checked_add(1.day()).ok()?;
    begins(zone, &next.to_string())
}

/// A moment as RFC 3339 writes it, such as `2026-12-24T18:30:00Z`; empty for what no calendar holds.
pub fn written(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_millisecond(at.millis());
    at.map(|at| at.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_and_ends_on_the_clock_of_its_place() {
        let begins = |day| begins("Europe/Berlin", day).map(written);
        let ends = |day| ends("Europe/Berlin", day).map(written);
        assert_eq!(
            Some("2026-12-23T23:00:00Z"),
            begins("2026-12-24").as_deref()
        );
        assert_eq!(Some("2026-12-24T23:00:00Z"), ends("2026-12-24").as_deref());
        // 25 hours, because the clock is put back.
        assert_eq!(
            Some("2026-10-24T22:00:00Z"),
            begins("2026-10-25").as_deref()
        );
        assert_eq!(Some("2026-10-25T23:00:00Z"), ends("2026-10-25").as_deref());
        assert_eq!(None, begins("2026-02-30"));
        assert_eq!(None, begins(""));
    }
}
