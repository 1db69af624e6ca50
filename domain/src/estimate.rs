//! How long a visitor still waits, from how long chats really took.

use core::time::Duration;

/// Fewer finished chats than this say nothing.
const LEAST: usize = 3;
/// Nobody is told of more: it would only be wrong more precisely.
const MOST: u32 = 60;

/// About how many minutes until the visitor at this place (1 is next) is served.
///
/// Agents who serve at the same time free up one after the other, on average every
/// service time / agents; each place in the queue waits for one of them. None when too few chats
/// are finished or nobody serves.
pub fn minutes(place: u32, served: &[Duration], agents: u32) -> Option<u32> {
    if served.len() < LEAST || agents == 0 {
        return None;
    }
    let total: Duration = served.iter().sum();
    let count = u32::try_from(served.len()).unwrap_or(u32::MAX);
    let wait = total / count / agents * place;
    let minutes = u32::try_from(wait.as_secs().div_ceil(60)).unwrap_or(u32::MAX);
    Some(minutes.clamp(1, MOST))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FOUR_MINUTES: Duration = Duration::from_secs(240);

    #[test]
    fn each_place_waits_for_one_agent_to_become_free() {
        let served = [FOUR_MINUTES; 5];
        assert_eq!(Some(4), minutes(1, &served, 1));
        assert_eq!(Some(12), minutes(3, &served, 1));
        assert_eq!(Some(6), minutes(3, &served, 2));
    }

    #[test]
    fn nobody_is_told_less_than_a_minute_or_more_than_an_hour() {
        assert_eq!(Some(1), minutes(1, &[Duration::from_secs(2); 3], 4));
        assert_eq!(Some(60), minutes(90, &[FOUR_MINUTES; 3], 1));
    }

    #[test]
    fn without_experience_or_agents_nothing_is_said() {
        assert_eq!(None, minutes(1, &[FOUR_MINUTES; 2], 1));
        assert_eq!(None, minutes(1, &[FOUR_MINUTES; 3], 0));
    }
}
