//! How things are said.

mod happenings;

use super::*;

#[test]
fn a_wait_ticks_by_the_second_and_then_by_the_minute() {
    assert_eq!("0:00", ticking(999));
    assert_eq!("6:41", ticking(401_000));
    assert_eq!("1 h 1 min", ticking(3_660_000));
}

#[test]
fn a_wait_turns_amber_at_half_of_the_goal_and_red_at_the_goal() {
    let since = Timestamp(0);
    assert_eq!((Age::Fresh, 49), age(since, Timestamp(89_000)));
    assert_eq!((Age::Warm, 50), age(since, Timestamp(90_000)));
    assert_eq!((Age::Late, 100), age(since, Timestamp(500_000)));
}

#[test]
fn a_browser_is_named_by_what_it_is_and_not_by_what_it_claims() {
    let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
                Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0";
    assert_eq!(Some("Edge 141, Windows".to_owned()), browser(edge));
    let phone = "Mozilla/5.0 (Android 15; Mobile; rv:141.0) Gecko/141.0 Firefox/141.0";
    assert_eq!(Some("Firefox 141, Android".to_owned()), browser(phone));
    assert_eq!(None, browser("curl/8.0"));
}

#[test]
fn what_happened_is_told_by_how_long_ago_it_was() {
    assert_eq!("just now", ago(999));
    assert_eq!("2 s ago", ago(2_000));
    assert_eq!("6 min ago", ago(400_000));
}

#[test]
fn a_place_in_line_is_told_in_words() {
    let places = [place(1), place(2), place(3), place(11)];
    assert_eq!(
        [
            "first in line",
            "2nd in line",
            "3rd in line",
            "11th in line"
        ],
        places[..]
    );
}

#[test]
fn a_page_is_told_by_its_path() {
    assert_eq!(
        "/tents/skarn-2?x=1",
        page_path("https://shop.example/tents/skarn-2?x=1")
    );
    assert_eq!("shop.example", page_path("https://shop.example"));
}

mod languages {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use domain::team::PRESETS;

    use super::super::file::{self, File, Text};
    use super::super::language::LANGUAGES;

    /// What keys the names of presets have, behind `role_`.
    const OF_PRESETS: [&str; 6] = [
        "support_agent",
        "agent",
        "account_manager",
        "supervisor",
        "admin",
        "owner",
    ];

    fn languages() -> Vec<(String, File)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("words");
        let files = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let read = |path: std::path::PathBuf| {
            let tag = path.file_stem().unwrap().to_string_lossy().into_owned();
            (tag, file::read(&fs::read_to_string(path).unwrap()))
        };
        files.map(read).collect()
    }

    /// The values that a form holds. Whether somebody begins a sentence or stands within one is the
    /// language's own affair.
    fn held(form: &str) -> BTreeSet<&str> {
        let opened = form.split('{').skip(1);
        let names = opened.map(|rest| rest.split_once('}').expect("a closed brace").0);
        names
            .map(|name| if name == "whom" { "who" } else { name })
            .collect()
    }

    fn values(text: &Text) -> BTreeSet<&str> {
        let forms = text.forms.iter().flat_map(|form| held(form));
        forms.collect()
    }

    #[test]
    fn every_language_says_everything_with_the_same_values() {
        let languages = languages();
        assert_eq!(LANGUAGES.len(), languages.len());
        let (_, english) = languages.iter().find(|(tag, _)| tag == "en").unwrap();
        for (tag, language) in &languages {
            let keys = |file: &File| -> Vec<String> {
                file.texts.iter().map(|text| text.key.clone()).collect()
            };
            assert_eq!(
                keys(english),
                keys(language),
                "{tag}: the keys and their order"
            );
            for (wanted, text) in english.texts.iter().zip(&language.texts) {
                let key = &text.key;
                assert_eq!(values(wanted), values(text), "{tag}: the values of {key}");
                let forms = language.about("plurals").split(',').next().unwrap();
                let forms = forms.split(" | ").count();
                let counts = wanted.forms.len() > 1;
                assert_eq!(
                    if counts { forms } else { 1 },
                    text.forms.len(),
                    "{tag}: {key}"
                );
                // It stands in the page as it is, where `<` would end it.
                assert!(!text.forms.concat().contains('<'), "{tag}: {key} holds <");
            }
        }
    }

    #[test]
    fn no_role_of_ones_own_is_called_as_a_preset_is() {
        for (tag, language) in languages() {
            let presets = language.texts.iter().filter(|text| {
                let preset = text.key.strip_prefix("role_");
                preset.is_some_and(|of| OF_PRESETS.contains(&of))
            });
            let names: Vec<_> = presets.map(|text| text.forms[0].to_lowercase()).collect();
            assert_eq!(OF_PRESETS.len(), names.len(), "{tag}");
            for name in names {
                assert!(PRESETS.contains(&&*name), "{tag}: {name}");
            }
        }
    }

    #[test]
    fn a_key_names_the_values_that_its_text_holds() {
        let languages = languages();
        let (_, english) = languages.iter().find(|(tag, _)| tag == "en").unwrap();
        for Text { key, values, forms } in &english.texts {
            for form in forms {
                let opened = form.split('{').skip(1);
                for name in opened.map(|rest| rest.split_once('}').unwrap().0) {
                    assert!(values.iter().any(|value| value == name), "{key}: {name}");
                }
            }
        }
    }
}
