//! What is wrong with a week, and in which day of it.

use protocol::refusal::Problem;
use protocol::settings::{Day, Interval};

use crate::words::{self, t};

/// What is wrong with a week.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The interval's place in the week; none where it is about the whole.
    pub(super) place: Option<usize>,
    /// Whether it is about when it opens or when it closes; none for both.
    pub(super) opens: Option<bool>,
    pub(crate) why: String,
}

impl Wrong {
    /// Of a setting that was refused, `hours.times.open`, `hours.times.open.4` or
    /// `hours.times.open.4.from`; none of any other.
    pub(crate) fn of(setting: &str, problem: Problem) -> Option<Self> {
        let rest = setting.strip_prefix("hours.times.open")?;
        let mut words = rest.split('.').skip(1);
        let place = words.next().and_then(|place| place.parse().ok());
        Some(Self {
            place,
            opens: words.next().map(|side| side == "from"),
            why: match problem {
                // Minutes of a day are nothing that anybody types.
                Problem::OutOfRange { .. } => t::no_time().to_owned(),
                problem => words::problem(problem),
            },
        })
    }
}

/// What is wrong with an interval by its place among those of a day; none where it is of another.
pub(super) fn in_day(open: &[Interval], day: Day, mut wrong: Wrong) -> Option<Wrong> {
    let place = wrong.place?;
    let is_of = |one: &&Interval| one.day == day;
    open.get(place).filter(is_of)?;
    wrong.place = Some(open[..place].iter().filter(is_of).count());
    Some(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_refused_is_found_in_its_day() {
        let of = |day| Interval {
            day,
            from: 540,
            to: 600,
        };
        let open = [of(Day::Monday), of(Day::Friday), of(Day::Friday)];
        let wrong = Wrong::of("hours.times.open.2.from", Problem::Overlaps).expect("of the week");
        assert_eq!(Some(true), wrong.opens);
        assert!(in_day(&open, Day::Monday, wrong.clone()).is_none());
        let found = in_day(&open, Day::Friday, wrong).expect("of this day");
        assert_eq!(Some(1), found.place);
        let whole = Wrong::of("hours.times.open", Problem::Missing).expect("of the week");
        assert!(in_day(&open, Day::Monday, whole).is_none());
        assert!(Wrong::of("hours.times.zone", Problem::UnknownZone).is_none());
    }
}
