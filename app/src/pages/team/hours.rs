//! When a member works, and what they speak.

use leptos::prelude::*;
use protocol::Refusal;
use protocol::settings::{Day, Interval, WeekTimes};

use crate::api::ApiError;
use crate::live::local;
use crate::parts::follow::reads;
use crate::parts::painted::IntoPainted;
use crate::parts::week::{Week, Wrong, week};
use crate::words::t;

/// The languages that a chat speaks by itself, each by its own name.
pub(super) const LANGUAGES: [(&str, &str); 12] = [
    ("ar", "العربية"),
    ("de", "Deutsch"),
    ("en", "English"),
    ("es", "Español"),
    ("fr", "Français"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("tr", "Türkçe"),
    ("zh", "中文"),
];

/// The working week that somebody begins with.
const WEEKDAYS: [Day; 5] = [
    Day::Monday,
    Day::Tuesday,
    Day::Wednesday,
    Day::Thursday,
    Day::Friday,
];

/// The hours as they are changed; none is always.
#[derive(Clone, Copy)]
pub(super) struct Hours {
    times: RwSignal<Option<WeekTimes>>,
    error: RwSignal<Option<ApiError>>,
}

impl Hours {
    pub(super) fn of(times: Option<WeekTimes>, error: RwSignal<Option<ApiError>>) -> Self {
        Self {
            times: RwSignal::new(times),
            error,
        }
    }

    pub(super) fn kept(self) -> Option<WeekTimes> {
        self.times.get_untracked()
    }

    /// The switch, and below it the place and the week.
    pub(super) fn view(self) -> AnyView {
        let Self { times, error } = self;
        let on = Memo::new(move |_| times.with(Option::is_some));
        let switched = move |event| {
            let on = event_target_checked(&event);
            times.set(on.then(usual));
        };
        let at = Week {
            open: reads(move || {
                times.with(|times| times.as_ref().map_or_else(Vec::new, |one| one.open.clone()))
            }),
            write: Callback::new(move |open| {
                // The places of what was refused are others from here on.
                if error.with_untracked(|error| error.as_ref().and_then(of_week).is_some()) {
                    error.set(None);
                }
                times.update(|times| {
                    if let Some(times) = times {
                        times.open = open;
                    }
                });
            }),
            wrong: reads(move || error.get().as_ref().and_then(of_week)),
            now: reads(|| None),
        };
        let zone = move |event| {
            let zone = event_target_value(&event).trim().to_owned();
            times.update(|times| {
                if let Some(times) = times {
                    times.zone = zone;
                }
            });
        };
        let below = move || {
            on.get().then(|| {
                let here = times.with_untracked(|times| times.as_ref().map(|one| one.zone.clone()));
                view! {
                    <label class="field">
                        <span class="label">{t::time_zone()}</span>
                        <input class="input" maxlength="60" autocomplete="off" value=here on:input=zone/>
                    </label>
                    {week(at)}
                }
                .painted()
            })
        };
        view! {
            <fieldset class="field chatbots">
                <legend class="label">{t::working_hours()}</legend>
                <label class="choose">
                    <input class="tick" type="checkbox" checked=on.get_untracked() on:change=switched/>
                    {t::has_hours()}
                </label>
                <p class="hint">{t::has_hours_about()}</p>
                {below}
            </fieldset>
        }
        .painted()
    }
}

/// Nine to five on weekdays, where the reader is.
fn usual() -> WeekTimes {
    let day = |day| Interval {
        day,
        from: 9 * 60,
        to: 17 * 60,
    };
    WeekTimes {
        zone: local::zone(),
        open: WEEKDAYS.map(day).to_vec(),
    }
}

fn of_week(error: &ApiError) -> Option<Wrong> {
    match error {
        ApiError::Refused {
            refusal: Refusal::SettingInvalid { setting, problem },
            ..
        } => Wrong::of(setting, *problem),
        _ => None,
    }
}

/// What they speak, for routing and for colleagues who pass a chat on.
pub(super) fn languages(spoken: RwSignal<Vec<String>>) -> AnyView {
    let boxes = LANGUAGES.map(|(tag, name)| {
        let checked = spoken.with_untracked(|spoken| spoken.iter().any(|one| one == tag));
        let toggle = move |event| {
            let on = event_target_checked(&event);
            spoken.update(|spoken| {
                spoken.retain(|one| one != tag);
                if on {
                    spoken.push(tag.to_owned());
                }
            });
        };
        view! {
            <label class="choose">
                <input class="tick" type="checkbox" checked=checked on:change=toggle/>
                <span lang=tag>{name}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field chatbots">
            <legend class="label">{t::speaks()}</legend>
            <p class="hint">{t::speaks_about()}</p>
            <div class="tongues">{boxes.into_iter().collect_view()}</div>
        </fieldset>
    }
    .painted()
}
