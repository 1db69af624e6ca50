//! How long a visitor still waits, from how long chats really took.

use core::time::Duration;

/// Fewer finished chats than this say nothing.
const LEAST: usize = 3;
/// Nobody is told of more: it would only be wrong more precisely.
const MOST: u32 = 60;

/// How many chats the agents who serve now can hold at the same time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seats {
    pub all: u32,
    /// Nobody sits on these.
    pub free: u32,
}

/// About how many minutes until the visitor at this place (1 is next) is served.
///
/// Whoever finds a free seat is next. Of the others each waits for one seat to become free: with all
/// taken, that happens on average every time that a chat takes / seats. None when too few chats are
/// finished or nobody serves.
pub fn minutes(place: u32, served: &[Duration], seats: Seats) -> Option<u32> {
    if served.len() < LEAST || seats.all == 0 {
        return None;
    }
    let total: Duration = served.iter().sum();
    let count = u32::try_from(served.len()).unwrap_or(u32::MAX);
    let wait = total / count / seats.all * place.saturating_sub(seats.free);
    let minutes = u32::try_from(wait.as_secs().div_ceil(60)).unwrap_or(u32::MAX);
    Some(minutes.clamp(1, MOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUR_MINUTES: Duration = Duration::from_secs(240);

    fn taken(all: u32) -> Seats {
        Seats { all, free: 0 }
    }

    #[test]
    fn each_place_waits_for_one_seat_to_become_free() {
        let served = [FOUR_MINUTES; 5];
        assert_eq!(Some(4), minutes(1, &served, taken(1)));
        assert_eq!(Some(12), minutes(3, &served, taken(1)));
        assert_eq!(Some(6), minutes(3, &served, taken(2)));
    }

    #[test]
    fn who_finds_a_free_seat_is_next_and_those_behind_wait_for_less() {
        let served = [FOUR_MINUTES; 5];
        let seats = Seats { all: 4, free: 3 };
        assert_eq!(Some(1), minutes(1, &served, seats));
        assert_eq!(Some(1), minutes(3, &served, seats));
        assert_eq!(Some(3), minutes(6, &served, seats));
    }

    #[test]
    fn nobody_is_told_less_than_a_minute_or_more_than_an_hour() {
        assert_eq!(Some(1), minutes(1, &[Duration::from_secs(2); 3], taken(4)));
        assert_eq!(Some(60), minutes(90, &[FOUR_MINUTES; 3], taken(1)));
    }

    #[test]
    fn without_experience_or_agents_nothing_is_said() {
        assert_eq!(None, minutes(1, &[FOUR_MINUTES; 2], taken(1)));
        assert_eq!(None, minutes(1, &[FOUR_MINUTES; 3], taken(0)));
    }
}
