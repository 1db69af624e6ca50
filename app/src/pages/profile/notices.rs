//! What one is told of: mail, sounds, and the hours without either.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use protocol::person::Notices;
use protocol::profile::{MailOfWaits, NoticesForm, ProfileEdit};
use protocol::settings::{Interval, WeekTimes};

use super::Page;
use super::asking::{Asking, Place};
use crate::live::browser::{field_value, is_ticked};
use crate::live::local;
use crate::parts::field::Purpose;
use crate::parts::painted::IntoPainted;
use crate::parts::week::{DAYS, clock, day_name};
use crate::words::t;

/// When quiet hours begin and end until somebody says otherwise.
const NIGHT: (u16, u16) = (20 * 60, 7 * 60);
/// A day has so many minutes; its end is written as 00:00.
const DAY: u16 = 24 * 60;

pub(super) fn view(page: Page) -> AnyView {
    let asking = Asking::new();
    // Made anew with each version, so that what is shown is what was saved.
    let version = Memo::new(move |_| page.view.read().version);
    let form = move || {
        let version = version.get();
        let view = page.view.get_untracked();
        let notices = view.notices;
        let quiet = RwSignal::new(notices.quiet.is_some());
        let fields = view! {
            <fieldset class="field">
                <legend class="label">{t::by_mail()}</legend>
                {tick("mail", t::mail_of_waits(), notices.mail)}
                {hint(view.mails)}
            </fieldset>
            <fieldset class="field">
                <legend class="label">{t::by_sound()}</legend>
                {tick("requests", t::sound_of_requests(), notices.requests)}
                {tick("replies", t::sound_of_replies(), notices.replies)}
                <span class="hint">{t::sounds_about()}</span>
            </fieldset>
            {hours(asking, quiet, notices.quiet)}
        };
        asking.form(t::save(), fields.painted(), move |event| {
            let notices = Notices {
                mail: is_ticked(&event, "mail"),
                requests: is_ticked(&event, "requests"),
                replies: is_ticked(&event, "replies"),
                quiet: quiet.get_untracked().then(|| times(&event)),
            };
            let form = NoticesForm { version, notices };
            asking.send(ProfileEdit::Notices(form), move |_| {
                page.load_again(t::notices_saved().to_owned());
            });
        })
    };
    view! { <section class="block" aria-label=t::notices()>{form}</section> }.painted()
}

/// The switch, and below it from when to when, on which days and where.
fn hours(asking: Asking, on: RwSignal<bool>, kept: Option<WeekTimes>) -> AnyView {
    let first = kept.as_ref().and_then(|kept| kept.open.first());
    let (from, to) = first.map_or(NIGHT, |first| (first.from, first.to % DAY));
    let zone = kept.as_ref().map(|kept| kept.zone.clone());
    let below = move || {
        let kept = kept.clone();
        let zone = zone.clone();
        on.get().then(move || {
            let days = DAYS.into_iter().enumerate().map(|(at, day)| {
                let on = kept
                    .as_ref()
                    .is_none_or(|kept| kept.open.iter().any(|one| one.day == day));
                tick(NAMES[at], day_name(day), on)
            });
            view! {
                <div class="times">
                    {time("from", t::from(), from)}
                    {time("to", t::until(), to)}
                </div>
                <div class="days" role="group" aria-label=t::quiet_on()>{days.collect_view()}</div>
                {asking.field(Place::Zone, place(), zone.unwrap_or_else(local::zone))}
            }
            .painted()
        })
    };
    view! {
        <fieldset class="field">
            <legend class="label">{t::quiet_about()}</legend>
            <label class="choose">
                <input
                    class="tick"
                    type="checkbox"
                    checked=on.get_untracked()
                    on:change=move |event| on.set(event_target_checked(&event))
                />
                {t::has_quiet()}
            </label>
            <span class="hint">{t::has_quiet_about()}</span>
            {below}
        </fieldset>
    }
    .painted()
}

/// The fields of the days, in their order.
const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What the form says of them. A time that was not filled in is midnight.
fn times(event: &SubmitEvent) -> WeekTimes {
    let minute = |name| {
        let text = field_value(event, name);
        let (hour, minute) = text.split_once(':').unwrap_or_default();
        hour.parse::<u16>().unwrap_or(0) * 60 + minute.parse::<u16>().unwrap_or(0)
    };
    let (from, to) = (minute("from"), minute("to"));
    let to = if to == 0 { DAY } else { to };
    let days = DAYS.into_iter().zip(NAMES);
    let days = days.filter(|(_, name)| is_ticked(event, name));
    WeekTimes {
        zone: field_value(event, "zone").trim().to_owned(),
        open: days.map(|(day, _)| Interval { day, from, to }).collect(),
    }
}

pub(super) fn tick(name: &'static str, label: &'static str, on: bool) -> AnyView {
    view! {
        <label class="choose">
            <input class="tick" type="checkbox" name=name checked=on/>
            {label}
        </label>
    }
    .painted()
}

fn time(name: &'static str, label: &'static str, minute: u16) -> AnyView {
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <input class="input" type="time" name=name value=clock(minute)/>
        </label>
    }
    .painted()
}

/// Why none comes, where none does.
fn hint(mails: MailOfWaits) -> AnyView {
    let why = match mails {
        MailOfWaits::Can => t::mail_of_waits_about(),
        MailOfWaits::SwitchedOff => t::mail_switched_off(),
        MailOfWaits::NoMail => t::refused_no_mail(),
    };
    view! { <span class="hint">{why}</span> }.painted()
}

fn place() -> Purpose {
    Purpose {
        label: t::time_zone(),
        name: "zone",
        kind: "text",
        autocomplete: "off",
        hint: t::quiet_place_about(),
    }
}
