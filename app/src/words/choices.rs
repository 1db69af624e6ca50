//! What was chosen, in words: the choices of the settings as their pages call them, and the days of a week.

use super::{Word, t};
use crate::parts::week::{DAYS, day_name};

/// The words that some settings hold, by the paths of those.
type Choices = (&'static [&'static str], &'static [(&'static str, Word)]);

const CHOICES: [Choices; 12] = [
    (
        &[
            "triggers.wish",
            "triggers.unclear_wish",
            "triggers.frustration",
            "triggers.low_confidence.reaction",
            "triggers.keywords.reaction",
            "triggers.topics.reaction",
            "triggers.high_value.reaction",
        ],
        &[
            ("force", t::reaction_force),
            ("propose", t::reaction_propose),
            ("off", t::reaction_off),
        ],
    ),
    (
        &[
            "form.name",
            "form.email",
            "form.phone",
            "form.message",
            "before.name",
            "before.email",
            "before.phone",
        ],
        &[
            ("required", t::ask_required),
            ("optional", t::ask_optional),
            ("off", t::ask_off),
        ],
    ),
    (
        &["routing.mode"],
        &[
            ("pool", t::mode_pool),
            ("offer", t::mode_offer),
            ("auto", t::mode_auto),
        ],
    ),
    (
        &["routing.order"],
        &[
            ("longest_idle", t::order_idle),
            ("least_busy", t::order_busy),
        ],
    ),
    (
        &["handoff.while_waiting"],
        &[
            ("holding", t::waiting_holding),
            ("continue", t::waiting_continue),
            ("silent", t::waiting_silent),
        ],
    ),
    (
        &["queue.on_deadline"],
        &[
            ("miss", t::deadline_miss),
            ("keep_waiting", t::deadline_wait),
        ],
    ),
    (
        &["queue.nobody"],
        &[
            ("form", t::nobody_form),
            ("message", t::nobody_message),
            ("wait", t::nobody_wait),
        ],
    ),
    (
        &["hours.outside"],
        &[
            ("form", t::outside_form),
            ("message", t::outside_message),
            ("ai_continue", t::outside_ai),
        ],
    ),
    (
        &["privacy.addresses"],
        &[
            ("whole", t::keep_whole),
            ("truncated", t::keep_truncated),
            ("off", t::keep_off),
        ],
    ),
    (
        &["look.theme"],
        &[
            ("auto", t::theme_auto),
            ("light", t::theme_light),
            ("dark", t::theme_dark),
        ],
    ),
    (
        &["look.side"],
        &[("right", t::side_right), ("left", t::side_left)],
    ),
    (
        &["look.launcher_icon"],
        &[
            ("chat", t::icon_chat),
            ("question", t::icon_question),
            ("person", t::icon_person),
            ("mail", t::icon_mail),
            ("picture", t::icon_picture),
        ],
    ),
];

/// A choice of the setting of this path; none of what the workspace writes itself.
pub(super) fn choice(path: &str, value: &str) -> Option<&'static str> {
    let (_, words) = CHOICES.iter().find(|(paths, _)| paths.contains(&path))?;
    let (_, said) = words.iter().find(|(word, _)| *word == value)?;
    Some(said())
}

/// Times of a week, of which each begins with its day, such as `Monday 22:00–06:00`.
pub(super) fn week(times: &str) -> String {
    let said = times.split(", ").map(|time| {
        let (day, rest) = time.split_once(' ').unwrap_or((time, ""));
        let known = DAYS.into_iter().find(|one| format!("{one:?}") == day);
        known.map_or_else(
            || time.to_owned(),
            |day| format!("{} {rest}", day_name(day)),
        )
    });
    said.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use protocol::settings::Settings;
    use serde_json::{Value, json};

    use super::*;

    /// Every text in the settings, by the place at which JSON finds it.
    fn texts(at: &str, of: &Value, all: &mut Vec<String>) {
        match of {
            Value::Object(fields) => {
                for (name, value) in fields {
                    texts(&format!("{at}/{name}"), value, all);
                }
            }
            Value::String(_) => all.push(at.to_owned()),
            _ => {}
        }
    }

    #[test]
    fn every_choice_of_every_setting_has_the_words_of_its_page() {
        let settings = serde_json::to_value(domain::settings::defaults()).unwrap();
        let mut all = Vec::new();
        texts("", &settings, &mut all);
        let mut choices = 0;
        for place in all {
            let mut other = settings.clone();
            *other.pointer_mut(&place).unwrap() = json!("nothing of the kind");
            // A text takes it; a choice is refused with the words that there are.
            let Err(error) = serde_json::from_value::<Settings>(other) else {
                continue;
            };
            let path = place.trim_start_matches('/').replace('/', ".");
            let error = error.to_string();
            let words = error.split('`').skip(3).step_by(2);
            for word in words {
                assert!(choice(&path, word).is_some(), "{path}: {word}");
                choices += 1;
            }
        }
        assert!(choices > 50, "{choices}");
        assert_eq!(None, choice("look.name", "chat"));
    }

    #[test]
    fn the_days_of_a_week_are_said_and_places_are_left_alone() {
        let said = week("Monday 22:00–06:00, Sunday 09:00–10:00");
        assert_eq!("Monday 22:00–06:00, Sunday 09:00–10:00", said);
        assert_eq!("[{\"day\":\"monday\"}]", week("[{\"day\":\"monday\"}]"));
    }
}
