//! The week: typed times of each day, with a bar that shows them.

mod bar;
mod free;
mod wrong;

use leptos::prelude::*;
use protocol::settings::{Day, Interval};

use crate::live::browser;
use crate::parts::follow::{effect, reads};
use crate::parts::icon::Icon;
use crate::parts::memo::memo;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::wrong;
use crate::words::t;
use bar::{bar, scale};
use free::free_hour;
pub(crate) use wrong::Wrong;
use wrong::by_day;

/// The days in their order.
pub(crate) const DAYS: [Day; 7] = [
    Day::Monday,
    Day::Tuesday,
    Day::Wednesday,
    Day::Thursday,
    Day::Friday,
    Day::Saturday,
    Day::Sunday,
];
const MINUTES: u16 = 24 * 60;
/// What stands for a time that cannot be read; the rules refuse it.
const NO_TIME: u16 = u16::MAX;
/// What a day begins with when it is switched on.
const OPENS: u16 = 9 * 60;
const CLOSES: u16 = 17 * 60;

/// The intervals of a week that are changed, and what the server refused of them.
#[derive(Clone, Copy)]
pub(crate) struct Week {
    pub(crate) open: Signal<Vec<Interval>>,
    pub(crate) write: Callback<Vec<Interval>>,
    pub(crate) wrong: Signal<Option<Wrong>>,
    /// The day and minute at which its clock stands, where that is known.
    pub(crate) now: Signal<Option<(Day, u16)>>,
}

impl Week {
    /// The minute of this day, if it is today.
    fn minute_of(self, day: Day) -> Option<u16> {
        let (today, minute) = self.now.get()?;
        (today == day).then_some(minute)
    }
}

/// The times of a day as they are typed.
type Typed = Vec<(String, String)>;

pub(crate) fn day_name(day: Day) -> &'static str {
    match day {
        Day::Monday => t::monday(),
        Day::Tuesday => t::tuesday(),
        Day::Wednesday => t::wednesday(),
        Day::Thursday => t::thursday(),
        Day::Friday => t::friday(),
        Day::Saturday => t::saturday(),
        Day::Sunday => t::sunday(),
    }
}

/// `9:05` as `09:05`.
pub(crate) fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn read(text: &str) -> u16 {
    let (hour, minute) = text.trim().split_once(':').unwrap_or((text.trim(), "0"));
    match (hour.parse::<u16>(), minute.parse::<u16>()) {
        (Ok(hour), Ok(minute)) if hour <= 24 && minute < 60 && hour * 60 + minute <= MINUTES => {
            hour * 60 + minute
        }
        _ => NO_TIME,
    }
}

/// A line for each day.
pub(crate) fn week(at: Week) -> AnyView {
    // A time is judged once it is left, and not while it is typed; what is said of others stays.
    let typing = RwSignal::new(None::<Day>);
    let judged = Memo::new(move |before: Option<&Vec<(Day, Wrong)>>| match before {
        Some(before) if typing.get().is_some() => before.clone(),
        _ => at.open.with(|open| by_day(open)),
    });
    // What is wrong with an interval stands in the row of its day.
    let of_week = move || {
        let found = at.wrong.get()?;
        let in_row = found
            .place
            .is_some_and(|place| at.open.with(|open| place < open.len()));
        (!in_row).then(|| wrong(found.why))
    };
    let copy = move |_| {
        let mut open = at.open.get_untracked();
        let monday = times(&open, Day::Monday);
        for day in &DAYS[1..5] {
            put(&mut open, *day, &monday);
        }
        at.write.run(open);
    };
    view! {
        <div class="week" id="hours.times.open">
            <header>
                <h3>{t::week()}</h3>
                <button type="button" class="btn sm" on:click=copy>
                    <Icon name="copy" size="s"/>
                    {t::copy_monday()}
                </button>
            </header>
            {scale()}
            {DAYS.map(|one| day(at, one, typing, judged)).collect_view()}
            {of_week}
        </div>
    }
    .painted()
}

fn times(open: &[Interval], day: Day) -> Vec<(u16, u16)> {
    let of_day = open.iter().filter(|one| one.day == day);
    of_day.map(|one| (one.from, one.to)).collect()
}

fn put(open: &mut Vec<Interval>, day: Day, times: &[(u16, u16)]) {
    let place = |day: Day| DAYS.iter().position(|one| *one == day);
    open.retain(|one| one.day != day);
    let new = times.iter().map(|(from, to)| Interval {
        day,
        from: *from,
        to: *to,
    });
    open.extend(new);
    open.sort_by_key(|one| place(one.day));
}

fn typed_of(times: &[(u16, u16)]) -> Typed {
    let typed = times.iter().map(|(from, to)| (clock(*from), clock(*to)));
    typed.collect()
}

fn read_all(typed: &Typed) -> Vec<(u16, u16)> {
    let times = typed.iter().map(|(from, to)| (read(from), read(to)));
    times.collect()
}

/// What is wrong with a day goes by this id.
fn about_id(day: Day) -> String {
    format!("{}-about", day_name(day))
}

/// What is due next in the row of a day has the focus once it is there: a button that was used may be gone.
fn go_on(day: Day, what: &str) {
    let found = format!(".day-row[aria-label=\"{}\"] {what}", day_name(day));
    request_animation_frame(move || browser::focus(&found));
}

/// What the times of a day share.
#[derive(Clone, Copy)]
struct Times {
    day: Day,
    typed: RwSignal<Typed>,
    write: Callback<Typed>,
    /// The day whose times are being typed.
    typing: RwSignal<Option<Day>>,
    /// By the place in the day.
    wrong: Memo<Vec<Wrong>>,
}

fn day(
    at: Week,
    day: Day,
    typing: RwSignal<Option<Day>>,
    judged: Memo<Vec<(Day, Wrong)>>,
) -> AnyView {
    let kept = reads(move || at.open.with(|open| times(open, day)));
    let typed = RwSignal::new(typed_of(&untrack(|| kept.get())));
    effect(move || {
        let kept = kept.get();
        if read_all(&typed.get_untracked()) != kept {
            typed.set(typed_of(&kept));
        }
    });
    let write = Callback::new(move |now: Typed| {
        let times = read_all(&now);
        typed.set(now);
        let mut open = at.open.get_untracked();
        put(&mut open, day, &times);
        at.write.run(open);
    });
    let open = reads(move || !typed.with(Vec::is_empty));
    let switched = move |event| {
        let on = event_target_checked(&event);
        let times = if on {
            vec![(OPENS, CLOSES)]
        } else {
            Vec::new()
        };
        write.run(typed_of(&times));
    };
    let count = Memo::new(move |_| typed.with(Vec::len));
    // The same is not said again.
    let wrong = memo(move || match typing.get() == Some(day) {
        true => Vec::new(),
        false => judged.with(|judged| {
            let of_day = judged.iter().filter(|(one, _)| *one == day);
            of_day.map(|(_, wrong)| wrong.clone()).collect()
        }),
    });
    let times = Times {
        day,
        typed,
        write,
        typing,
        wrong,
    };
    let rows = move || {
        let rows = (0..count.get()).map(|place| span(times, place));
        rows.collect_view()
    };
    let why = move || {
        wrong.get().into_iter().next().map(|wrong| {
            view! {
                <p class="error" id=about_id(day) role="alert">
                    <Icon name="alert"/>
                    <span class="only-read">{day_name(day)} ": "</span>
                    {wrong.why}
                </p>
            }
            .painted()
        })
    };
    let closed =
        move || (!open.get()).then(|| view! { <span class="closed">{t::closed_day()}</span> });
    let more = move |_| {
        let mut now = typed.get_untracked();
        let (from, to) = at.open.with_untracked(|open| free_hour(open, day));
        now.push((clock(from), clock(to)));
        // What was put there for a beginning is judged once it was looked at.
        typing.set(Some(day));
        go_on(day, &format!(".span:nth-child({}) input", now.len()));
        write.run(now);
    };
    let add = move || {
        (open.get() && count.get() < 3).then(|| {
            view! {
                <button
                    type="button"
                    class="btn sq"
                    data-kind="quiet"
                    aria-label=t::add_times(&day_name(day))
                    on:click=more
                >
                    <Icon name="plus" size="s"/>
                </button>
            }
            .painted()
        })
    };
    let name = day_name(day);
    view! {
        <div
            class="day-row"
            role="group"
            aria-label=name
            aria-current=move || at.minute_of(day).map(|_| "date")
        >
            <label class="d">
                <input type="checkbox" role="switch" class="switch" prop:checked=open on:change=switched/>
                {name}
            </label>
            <div class="spans">{rows} {closed} {add}</div>
            {bar(at, day)}
            {why}
        </div>
    }
    .painted()
}

fn span(times: Times, place: usize) -> AnyView {
    let Times {
        day,
        typed,
        write,
        typing,
        wrong,
    } = times;
    let input = |first: bool| {
        let text = reads(move || {
            let found = typed.with(|typed| typed.get(place).cloned());
            let (from, to) = found.unwrap_or_default();
            if first { from } else { to }
        });
        let label = match first {
            true => t::opens_at(&day_name(day)),
            false => t::closes_at(&day_name(day)),
        };
        let refused = move |wrong: &Wrong| {
            wrong.place == Some(place) && wrong.opens.is_none_or(|opens| opens == first)
        };
        let wrong = reads(move || {
            let refused = wrong.with(|wrong| wrong.iter().any(refused));
            (refused || read(&text.get()) == NO_TIME).then_some("true")
        });
        view! {
            <input
                class="input"
                inputmode="numeric"
                maxlength="5"
                autocomplete="off"
                aria-label=label
                aria-invalid=wrong
                aria-describedby=about_id(day)
                prop:value=text
                value=text
                on:blur=move |_| typing.set(None)
                on:input=move |event| {
                    typing.set(Some(day));
                    let mut now = typed.get_untracked();
                    if let Some((from, to)) = now.get_mut(place) {
                        *(if first { from } else { to }) = event_target_value(&event);
                        write.run(now);
                    }
                }
            />
        }
        .painted()
    };
    let called = move || {
        let (from, to) = typed.with(|typed| typed.get(place).cloned().unwrap_or_default());
        t::remove_times(&from, &to, &day_name(day))
    };
    let remove = move |_| {
        let mut now = typed.get_untracked();
        if place < now.len() {
            now.remove(place);
            match now.len() {
                0 => go_on(day, ".switch"),
                left => go_on(
                    day,
                    &format!(".span:nth-child({}) button", left.min(place + 1)),
                ),
            }
            write.run(now);
        }
    };
    view! {
        <div class="span">
            {input(true)}
            <span aria-hidden="true">"–"</span>
            {input(false)}
            <button
                type="button"
                class="btn sq"
                data-kind="quiet"
                aria-label=called
                on:click=remove
            >
                <Icon name="x" size="s"/>
            </button>
        </div>
    }
    .painted()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_write_it() {
        for (text, minute) in [("9", 540), ("09:05", 545), ("24:00", 1440), ("0:00", 0)] {
            assert_eq!(minute, read(text), "{text}");
        }
        // 1093 hours are more minutes than can be counted, by 44.
        for wrong in ["", "25:00", "9:60", "24:01", "nine", "-1", "9:", "1093"] {
            assert_eq!(NO_TIME, read(wrong), "{wrong}");
        }
        assert_eq!("09:05", clock(545));
    }
}
