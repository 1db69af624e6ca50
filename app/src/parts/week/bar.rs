//! The bars of a week below one scale: when it is open on each day, and where its clock stands.

use leptos::prelude::*;
use protocol::settings::{Day, Interval};

use super::{DAYS, MINUTES, Week, times};
use crate::parts::painted::IntoPainted;

/// The hours above the bars. Decoration: the typed times say the same.
pub(super) fn scale() -> AnyView {
    let hours = ["0", "6", "12", "18", "24"].map(|hour| view! { <i>{hour}</i> });
    view! {
        <div class="scale" aria-hidden="true">
            {hours.into_iter().collect_view()}
        </div>
    }
    .painted()
}

/// One day. Decoration as well.
pub(super) fn bar(at: Week, day: Day) -> AnyView {
    let rects = move || {
        let shown = at.open.with(|open| shown(open, day)).into_iter();
        let rect = shown.map(|(from, to)| {
            let width = to - from;
            view! { <rect x=from.to_string() y="0" width=width.to_string() height="8" rx="4"></rect> }
        });
        rect.collect_view()
    };
    let now = move || {
        let minute = at.minute_of(day)?;
        Some(view! { <path d=format!("M{minute} -2V10")></path> })
    };
    view! {
        <svg class="track" viewBox="0 0 1440 8" preserveAspectRatio="none" aria-hidden="true">
            {rects}
            {now}
        </svg>
    }
    .painted()
}

/// From which to which minute it is open on a day, with what is left of the night that began on the
/// day before.
fn shown(open: &[Interval], day: Day) -> Vec<(u16, u16)> {
    let place = DAYS.iter().position(|one| *one == day).unwrap_or_default();
    let of = |day| {
        let times = times(open, day).into_iter();
        times.filter(|(from, to)| *from < MINUTES && *to <= MINUTES)
    };
    let night = of(DAYS[(place + 6) % 7]).filter(|(from, to)| to <= from);
    let mut shown: Vec<_> = night.map(|(_, to)| (0, to)).collect();
    shown.extend(of(day).map(|(from, to)| (from, if to <= from { MINUTES } else { to })));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_goes_on_in_the_row_of_the_next_day() {
        let on = |day, from, to| Interval { day, from, to };
        let open = [
            on(Day::Monday, 540, 1020),
            on(Day::Sunday, 1320, 360),
            on(Day::Sunday, 600, 720),
            // What cannot be read is not drawn.
            on(Day::Sunday, u16::MAX, 360),
        ];
        assert_eq!(vec![(0, 360), (540, 1020)], shown(&open, Day::Monday));
        assert_eq!(vec![(1320, 1440), (600, 720)], shown(&open, Day::Sunday));
        assert!(shown(&open, Day::Tuesday).is_empty());
    }
}
