//! What a token may be called, what it has to be made for, and when it ends.

use std::time::Duration;

use domain::api_token::{LIMIT, check_room, checked, expires_at, is_over, tells_use};
use protocol::Timestamp;
use protocol::api_token::{Lasts, Scope};

const NOW: Timestamp = Timestamp(1_700_000_000_000);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[test]
fn it_has_a_name_and_allows_something_each_once() {
    let all = [Scope::Handoffs, Scope::Read, Scope::Read];
    let (name, scopes) = checked(" Nightly\u{0} report ", &all).unwrap();
    assert_eq!("Nightly report", name);
    assert_eq!(vec![Scope::Read, Scope::Handoffs], scopes);
    assert!(checked(" ", &all).is_err());
    assert!(checked(&"x".repeat(1000), &all).is_err());
    assert!(checked("Report", &[]).is_err());
}

#[test]
fn it_ends_with_its_last_day_or_never() {
    for (lasts, days) in [(Lasts::Month, 30), (Lasts::Quarter, 90), (Lasts::Year, 365)] {
        let end = NOW.after(DAY * days);
        assert_eq!(Some(end), expires_at(lasts, NOW));
        assert!(!is_over(Some(end), end.before(Duration::from_millis(1))));
        assert!(is_over(Some(end), end));
    }
    assert_eq!(None, expires_at(Lasts::Always, NOW));
    assert!(!is_over(None, NOW.after(DAY * 10_000)));
}

#[test]
fn its_use_is_told_once_a_minute() {
    assert!(tells_use(None, NOW));
    let minute = Duration::from_secs(60);
    assert!(!tells_use(Some(NOW), NOW.after(minute / 2)));
    assert!(tells_use(Some(NOW), NOW.after(minute)));
}

#[test]
fn there_are_so_many_and_no_more() {
    assert!(check_room(u64::from(LIMIT) - 1).is_ok());
    assert!(check_room(u64::from(LIMIT)).is_err());
}
