//! When people are there: what it comes to now, the week, the holidays, and what happens outside.

use leptos::prelude::*;
use protocol::forms::HoursNow;
use protocol::settings::{Holiday, HoursSettings, Outside};

use super::super::block::block;
use super::super::editing::Editing;
use super::super::fields::{about, choice, line, lines, switch};
use crate::api::settings::load_hours_now;
use crate::parts::follow::effect;
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::parts::week::{Week, clock, day_name, week};
use crate::words::t;

type Part = HoursSettings;

pub(in super::super) fn view(at: Editing) -> AnyView {
    let enabled = switch(
        about(
            "hours.enabled",
            t::hours_enabled(),
            t::hours_enabled_about(),
        ),
        at.reads(|part: &Part| part.enabled),
        at.writes(|part: &mut Part, on| part.enabled = on),
    );
    let zone = line(
        at,
        about("hours.times.zone", t::time_zone(), t::time_zone_about()),
        at.reads(|part: &Part| part.times.zone.clone()),
        at.writes(|part: &mut Part, zone: String| part.times.zone = zone.trim().to_owned()),
    );
    let holidays = lines(
        at,
        about("hours.holidays", t::holidays(), t::holidays_about()),
        at.reads(|part: &Part| part.holidays.iter().map(written).collect()),
        at.writes(|part: &mut Part, lines: Vec<String>| {
            part.holidays = lines.iter().map(|line| read(line)).collect();
        }),
    );
    let outside = choice(
        at,
        about("hours.outside", t::outside_hours(), ""),
        vec![
            (Outside::Form, t::outside_form()),
            (Outside::Message, t::outside_message()),
            (Outside::AiContinue, t::outside_ai()),
        ],
        at.reads(|part: &Part| part.outside),
        at.writes(|part: &mut Part, outside| part.outside = outside),
    );
    let times = Week {
        open: at.reads(|part: &Part| part.times.open.clone()),
        write: at.writes(|part: &mut Part, open| part.times.open = open),
        trouble: at.trouble("hours.times.open"),
    };
    let controls = view! {
        {now_line(at)}
        {enabled}
        {zone}
        {week(times)}
        {holidays}
        {outside}
    };
    block::<Part>(at, t::business_hours(), "", controls.painted())
}

/// What happens now, by the hours as they are typed.
fn now_line(at: Editing) -> AnyView {
    let now = RwSignal::new(None::<HoursNow>);
    effect(move || {
        let hours = at.part::<Part>();
        leptos::task::spawn_local(async move {
            let answer = load_hours_now(hours.clone()).await.ok();
            // Only the newest counts.
            if untrack(|| at.part::<Part>()) == hours {
                let _shown = now.try_set(answer);
            }
        });
    });
    let words = move || {
        let Some(HoursNow { open, changes }) = now.get() else {
            return (t::hours_unclear().to_owned(), String::new());
        };
        let (day, time) = match changes {
            Some((day, minute)) => (day_name(day), clock(minute)),
            None => ("", String::new()),
        };
        let outside = match at.part::<Part>().outside {
            Outside::Form => t::then_form(),
            Outside::Message => t::then_message(),
            Outside::AiContinue => t::then_ai(),
        };
        match (open, changes) {
            (true, None) => (t::open_always().to_owned(), t::then_line().to_owned()),
            (true, Some(_)) => (t::open_until(&day, &time), t::then_line().to_owned()),
            (false, None) => (t::closed_always().to_owned(), outside.to_owned()),
            (false, Some(_)) => (t::closed_until(&day, &time), outside.to_owned()),
        }
    };
    view! {
        <div class="now-line" role="status">
            <Icon name="clock"/>
            <div>
                <b>{move || words().0}</b>
                <p>{move || words().1}</p>
            </div>
        </div>
    }
    .painted()
}

fn written(holiday: &Holiday) -> String {
    format!("{} {}", holiday.date, holiday.name)
        .trim()
        .to_owned()
}

fn read(line: &str) -> Holiday {
    let (date, name) = line.split_once(' ').unwrap_or((line, ""));
    Holiday {
        date: date.to_owned(),
        name: name.trim().to_owned(),
    }
}
