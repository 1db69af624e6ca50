//! Every language says everything, with the same values and the forms that its numbers take.

use super::*;

/// What boot.js says, in its order.
const OF_BOOT: [&str; 3] = ["stopped", "open", "unread"];

/// The languages, and the forms of their numbers up to a million (CLDR), the last without a name.
const LANGUAGES: &[(&str, &str, &[&str])] = &[
    (
        "ar",
        include_str!("../../words/ar.txt"),
        &["one", "two", "few", "many"],
    ),
    ("de", include_str!("../../words/de.txt"), &["one"]),
    ("en", ENGLISH, &["one"]),
    ("es", include_str!("../../words/es.txt"), &["one"]),
    ("fr", include_str!("../../words/fr.txt"), &["one"]),
    ("it", include_str!("../../words/it.txt"), &["one"]),
    ("ja", include_str!("../../words/ja.txt"), &[]),
    ("nl", include_str!("../../words/nl.txt"), &["one"]),
    ("pl", include_str!("../../words/pl.txt"), &["one", "few"]),
    ("pt", include_str!("../../words/pt.txt"), &["one"]),
    ("tr", include_str!("../../words/tr.txt"), &[]),
    ("zh", include_str!("../../words/zh.txt"), &[]),
];

const ENGLISH: &str = include_str!("../../words/en.txt");

/// The lines of a file: keys and texts.
fn lines(file: &str) -> impl Iterator<Item = (&str, &str)> {
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once(" = ").expect("key = text"))
}

/// What boot.js makes of a line, for tests that have none.
pub(super) fn english(at: usize, one: &str, two: &str) -> String {
    let (_, text) = lines(ENGLISH).nth(at).expect("there is such a line");
    let kind = |ordinal: bool| match (ordinal, one) {
        (true, "1" | "21" | "101") | (false, "1") => "one",
        (true, "2" | "22") => "two",
        (true, "3" | "23") => "few",
        _ => "other",
    };
    let form = text
        .split(" | ")
        .find_map(|form| match form.split_once(':') {
            Some((of, form)) if of == kind(false) => Some(form),
            Some((of, form)) if of.strip_prefix("ordinal-") == Some(kind(true)) => Some(form),
            Some((of, _)) if of == "one" || of.starts_with("ordinal-") => None,
            _ => Some(form),
        });
    let form = form.expect("the last form is for every number");
    form.replace("{0}", one).replace("{1}", two)
}

/// The values that a text holds.
fn values(text: &str) -> Vec<&str> {
    let mut found: Vec<_> = text
        .match_indices('{')
        .map(|(at, _)| &text[at..at + 3])
        .collect();
    found.sort_unstable();
    found
}

/// The kinds of numbers that a text tells apart.
fn kinds(text: &str) -> Vec<&str> {
    let (named, _) = text.rsplit_once(" | ").unwrap_or(("", text));
    named
        .split(" | ")
        .filter_map(|form| Some(form.split_once(':')?.0))
        .collect()
}

/// The parts that are loaded when they are asked for.
fn parts() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/parts");
    let parts = std::fs::read_dir(folder).expect("the folder of the parts");
    parts
        .map(|file| std::fs::read_to_string(file.expect("a file").path()).expect("a script"))
        .collect()
}

/// What the parts say: the rest of the lines.
fn of_parts() -> Vec<&'static str> {
    let before = 1 + OF_BOOT.len() + KEYS.len();
    lines(ENGLISH).map(|(key, _)| key).skip(before).collect()
}

#[test]
fn every_line_of_the_parts_is_said_by_one() {
    let parts = parts();
    for key in of_parts() {
        let name = format!("LINE.{key}");
        let is_said = |part: &String| {
            let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            part.split(&name).skip(1).any(ends)
        };
        assert!(parts.iter().any(is_said), "{key} is said nowhere");
    }
}

#[test]
fn every_language_has_every_key_in_the_same_order() {
    let expected: Vec<&str> = ["@direction"]
        .iter()
        .chain(&OF_BOOT)
        .chain(KEYS)
        .copied()
        .chain(of_parts())
        .collect();
    for (tag, file, _) in LANGUAGES {
        let keys: Vec<&str> = lines(file).map(|(key, _)| key).collect();
        assert_eq!(expected, keys, "{tag}");
    }
}

#[test]
fn every_language_says_the_same_values() {
    for (tag, file, forms) in LANGUAGES {
        for ((key, text), (_, english)) in lines(file).zip(lines(ENGLISH)) {
            let last = text.rsplit(" | ").next().unwrap_or_default();
            let expected = values(english.rsplit(" | ").next().unwrap_or_default());
            assert_eq!(expected, values(last), "{tag}: {key}");
            // A form may say its number in words: one minute, two minutes.
            for form in text.split(" | ") {
                let said = values(form);
                assert!(said.is_empty() || said == expected, "{tag}: {key}: {form}");
            }
            let kinds = kinds(text);
            let ordinal = kinds.iter().any(|kind| kind.starts_with("ordinal-"));
            assert!(
                ordinal || kinds.is_empty() || kinds == *forms,
                "{tag}: {key}"
            );
        }
    }
}

#[test]
fn what_is_counted_has_the_forms_of_its_language() {
    for (tag, file, forms) in LANGUAGES {
        for (key, text) in lines(file) {
            // Minutes are short for minutes only; files are files in Italian, one or many.
            let exempt = (*tag, key) == ("it", "file_count");
            if ["unread", "wait", "file_count"].contains(&key) && !exempt {
                assert_eq!(*forms, kinds(text), "{tag}: {key}");
            }
        }
    }
}

#[test]
fn only_arabic_runs_from_right_to_left() {
    for (tag, file, _) in LANGUAGES {
        let direction = lines(file).next().map(|(_, text)| text);
        let expected = if *tag == "ar" { "rtl" } else { "ltr" };
        assert_eq!(Some(expected), direction, "{tag}");
    }
}

#[test]
fn a_folder_with_one_file_for_each_language() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/words");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder of the words")
        .map(|file| {
            file.expect("a file")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .collect();
    files.sort_unstable();
    let expected: Vec<String> = LANGUAGES
        .iter()
        .map(|(tag, ..)| format!("{tag}.txt"))
        .collect();
    assert_eq!(expected, files);
}

#[test]
fn boot_js_finds_its_lines_by_their_places() {
    let boot = include_str!("../../boot.js");
    let places = "const [STOPPED, OPEN, UNREAD, CLOSE, RELOAD, CHAT] = [1, 2, 3, 4, 5, 6];";
    assert!(boot.contains(places));
    let keys: Vec<&str> = lines(ENGLISH).map(|(key, _)| key).take(7).collect();
    let expected = [
        "@direction",
        "stopped",
        "open",
        "unread",
        "close",
        "reload",
        "chat",
    ];
    assert_eq!(expected, keys[..]);
}

#[test]
fn places_in_line_read_as_ordinals() {
    let places = [1, 2, 3, 4, 11, 21, 22].map(turn);
    let expected = [
        "next",
        "2nd in line",
        "3rd in line",
        "4th in line",
        "11th in line",
        "21st in line",
        "22nd in line",
    ];
    assert_eq!(expected, places.each_ref().map(String::as_str));
}

#[test]
fn a_wait_is_told_in_whole_minutes_or_not_at_all() {
    let told = [None, Some(0), Some(1), Some(2)].map(about);
    let expected = [
        "",
        ", about 1 minute",
        ", about 1 minute",
        ", about 2 minutes",
    ];
    assert_eq!(expected, told.each_ref().map(String::as_str));
}

#[test]
fn sizes_and_lengths_are_told_in_digits() {
    assert_eq!("312 KB", size(311_001));
    assert_eq!("2.4 MB", size(2_400_000));
    let expected = "4120 characters are too many, 4000 at most. Send it in parts.";
    assert_eq!(expected, too_long_by(4_120));
    let digits = [0, 7, 10, 4_000].map(number);
    assert_eq!(
        ["0", "7", "10", "4000"],
        digits.each_ref().map(String::as_str)
    );
}

#[test]
fn in_english_a_refusal_is_the_hubs_own_sentence() {
    for refused in [
        Refusal::HandoffOff,
        Refusal::FileNotAllowed,
        Refusal::PictureUnreadable,
        Refusal::FileGone,
        Refusal::ChatbotUnknown,
        Refusal::Unavailable,
        Refusal::Blocked,
    ] {
        assert_eq!(Some(refused.to_string()), refusal(&refused));
    }
    for (field, problem) in [
        (Field::Contact, Problem::Missing),
        (Field::Consent, Problem::Missing),
    ] {
        let refused = Refusal::FieldInvalid { field, problem };
        assert_eq!(Some(refused.to_string()), refusal(&refused));
    }
    let field = Field::Email;
    for problem in [
        Problem::Missing,
        Problem::TooLong { limit: 60 },
        Problem::NotAnAddress,
        Problem::NotAPhoneNumber,
    ] {
        let refused = Refusal::FieldInvalid { field, problem };
        assert_eq!(Some(refused.to_string()), refusal(&refused));
    }
    assert_eq!(None, refusal(&Refusal::NotAllowed));
}
