//! Which hour of a day is still free.

use domain::hours::faults;
use protocol::settings::{Day, Interval};

use super::{CLOSES, OPENS, times};

/// An hour to begin more times of a day with: the one after its last, or else the first that is free. Where
/// none is, whatever stands there is refused.
pub(super) fn free_hour(open: &[Interval], day: Day) -> (u16, u16) {
    let last = times(open, day).into_iter();
    let last = last.filter(|(from, to)| from < to).map(|(_, to)| to).max();
    let hours = (OPENS / 60..24).chain(0..OPENS / 60);
    let hours = hours.map(|hour| hour * 60);
    let is_free = |from: &u16| {
        let mut with = open.to_vec();
        with.push(Interval {
            day,
            from: *from,
            to: from.saturating_add(60),
        });
        faults(&with).all(|fault| fault.place != open.len())
    };
    let from = last.into_iter().chain(hours).find(is_free);
    let from = from.unwrap_or(CLOSES);
    (from, from + 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_times_of_a_day_begin_where_it_is_free() {
        let on = |day, from, to| Interval { day, from, to };
        let mut open = vec![on(Day::Monday, 540, 1020)];
        assert_eq!((1020, 1080), free_hour(&open, Day::Monday));
        open.push(on(Day::Monday, 1020, 1080));
        assert_eq!((1080, 1140), free_hour(&open, Day::Monday));
        // The evening is taken, and so is what Sunday's night leaves of the morning.
        open.push(on(Day::Monday, 1080, 1440));
        assert_eq!((0, 60), free_hour(&open, Day::Monday));
        open.push(on(Day::Sunday, 1320, 120));
        assert_eq!((120, 180), free_hour(&open, Day::Monday));
        assert_eq!((540, 600), free_hour(&open, Day::Tuesday));
        // What cannot be read takes no time.
        let typed = [on(Day::Friday, 540, u16::MAX)];
        assert_eq!((540, 600), free_hour(&typed, Day::Friday));
        let whole = [on(Day::Friday, 0, 1440)];
        assert_eq!((1020, 1080), free_hour(&whole, Day::Friday));
    }
}
