//! When people are there: what it comes to now, the week, the holidays, and what happens outside.

use leptos::prelude::*;
use protocol::forms::HoursOutlook;
use protocol::settings::{Holiday, HoursSettings, Outside};

use super::super::block::block;
use super::super::editing::Editing;
use super::super::fields::{about, choice, line, lines, switch};
use crate::api::settings::load_hours_outlook;
use crate::live::browser;
use crate::parts::follow::{effect, reads};
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::parts::week::{Week, Wrong, clock, day_name, week};
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
    let outlook = RwSignal::new(None::<HoursOutlook>);
    let times = Week {
        open: at.reads(|part: &Part| part.times.open.clone()),
        write: at.writes(|part: &mut Part, open| part.times.open = open),
        wrong: reads(move || {
            at.wrong()
                .and_then(|(path, problem)| Wrong::of(&path, problem))
        }),
        now: reads(move || outlook.get()?.at),
    };
    let controls = view! {
        {now_line(at, outlook)}
        {enabled}
        {zone}
        {week(times)}
        {holidays}
        {outside}
    };
    block::<Part>(at, t::business_hours(), "", controls.painted())
}

/// What happens now or at a time to try, by the hours as they are typed.
fn now_line(at: Editing, outlook: RwSignal<Option<HoursOutlook>>) -> AnyView {
    // None while it is about now.
    let tried = RwSignal::new(None::<String>);
    let then = move || tried.get().filter(|time| !time.is_empty());
    effect(move || {
        let asked = (at.part::<Part>(), then());
        leptos::task::spawn_local(async move {
            let answer = load_hours_outlook(asked.0.clone(), asked.1.clone()).await;
            // Only the newest counts.
            if untrack(|| (at.part::<Part>(), then())) == asked {
                let _shown = outlook.try_set(answer.ok());
            }
        });
    });
    let words = move || {
        let Some(HoursOutlook { open, changes, .. }) = outlook.get() else {
            return (t::hours_unclear().to_owned(), String::new());
        };
        let (day, time) = match changes {
            Some((day, minute)) => (day_name(day), clock(minute)),
            None => ("", String::new()),
        };
        let is = match (then().is_some(), open, changes.is_some()) {
            (false, true, false) => t::open_always().to_owned(),
            (false, true, true) => t::open_until(&day, &time),
            (false, false, false) => t::closed_always().to_owned(),
            (false, false, true) => t::closed_until(&day, &time),
            (true, true, false) => t::then_open_always().to_owned(),
            (true, true, true) => t::then_open_until(&day, &time),
            (true, false, false) => t::then_closed_always().to_owned(),
            (true, false, true) => t::then_closed_until(&day, &time),
        };
        let happens = match at.part::<Part>().outside {
            _ if open => t::then_line(),
            Outside::Form => t::then_form(),
            Outside::Message => t::then_message(),
            Outside::AiContinue => t::then_ai(),
        };
        (is, happens.to_owned())
    };
    let trying = move || tried.with(Option::is_some);
    let turn = move |_| {
        tried.update(|tried| *tried = tried.is_none().then(String::new));
        if untrack(trying) {
            request_animation_frame(|| browser::focus(".now-line input"));
        }
    };
    view! {
        <div class="now-line">
            <Icon name="clock"/>
            <div role="status">
                <b>{move || words().0}</b>
                <p>{move || words().1}</p>
            </div>
            <input
                class="input"
                type="datetime-local"
                aria-label=t::tried_time()
                hidden=move || !trying()
                on:input=move |event| tried.set(Some(event_target_value(&event)))
            />
            <button
                type="button"
                class="btn sm"
                aria-pressed=move || trying().to_string()
                on:click=turn
            >
                {t::try_a_time()}
            </button>
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
