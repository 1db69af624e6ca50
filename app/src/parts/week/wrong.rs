//! What is wrong with a week, and in which day of it.

use domain::hours::faults;
use protocol::refusal::Problem;
use protocol::settings::{Day, Interval};

use crate::words::{self, t};

/// What is wrong with a week.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// The interval's place; none where it is about the whole.
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
            why: why(problem),
        })
    }
}

fn why(problem: Problem) -> String {
    match problem {
        // Minutes of a day are nothing that anybody types.
        Problem::OutOfRange { .. } => t::no_time().to_owned(),
        problem => words::problem(problem),
    }
}

/// Everything that is wrong with the days of a week, by the places in the day.
pub(super) fn by_day(open: &[Interval]) -> Vec<(Day, Wrong)> {
    let wrong = faults(open).map(|fault| {
        let day = open[fault.place].day;
        let before = open[..fault.place].iter().filter(|one| one.day == day);
        let wrong = Wrong {
            place: Some(before.count()),
            opens: fault.opens,
            why: why(fault.problem),
        };
        (day, wrong)
    });
    wrong.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_refused_is_read_by_its_path() {
        let wrong = Wrong::of("hours.times.open.2.from", Problem::Overlaps).expect("of the week");
        assert_eq!((Some(2), Some(true)), (wrong.place, wrong.opens));
        let whole = Wrong::of("hours.times.open", Problem::Missing).expect("of the week");
        assert_eq!(None, whole.place);
        assert!(Wrong::of("hours.times.zone", Problem::UnknownZone).is_none());
    }

    #[test]
    fn all_that_is_wrong_is_found_in_its_day() {
        let on = |day, from, to| Interval { day, from, to };
        let open = [
            on(Day::Monday, 540, u16::MAX),
            on(Day::Friday, 540, 600),
            on(Day::Friday, 590, 660),
        ];
        let wrong = by_day(&open);
        let places: Vec<_> = wrong
            .iter()
            .map(|(day, wrong)| (*day, wrong.place, wrong.opens))
            .collect();
        assert_eq!(
            vec![
                (Day::Monday, Some(0), Some(false)),
                (Day::Friday, Some(1), None)
            ],
            places
        );
        assert_eq!(t::no_time(), wrong[0].1.why);
        assert!(by_day(&open[1..2]).is_empty());
    }
}
