//! Names, e-mail addresses and texts are checked and cut whatever they are, without a panic and in
//! little memory.

use domain::{forms, text};
use protocol::refusal::Field;

#[path = "../../../protocol/tests/fuzz/runner.rs"]
mod runner;

#[test]
fn any_name_is_checked_and_any_text_is_cut() {
    let samples = [
        "Ada Lovelace",
        " \u{202e}Ada\u{0}\u{200b} ",
        "Łukasz O'Neil-Gößwein d’Été 李小龙 🧗🏽‍♀️",
        "ada@example.org",
        "a@b@c..d",
        "line one\nline two\r\n\tthree",
        "Ich möchte mit einem Menschen sprechen! Das kostet 1'200,50 €.",
    ];
    let samples = samples.map(|text| text.as_bytes().to_vec()).to_vec();
    runner::try_out("names", samples, runner::Bound::STRICT, |bytes| {
        let words = String::from_utf8_lossy(bytes);
        for limit in [0, 1, 35, 300] {
            assert!(text::cut(&words, limit).chars().count() <= limit.max(1));
        }
        drop(text::name(&words));
        drop(text::lines(&words));
        drop(text::checked(&words));
        drop(forms::check_name(Field::Name, &words));
        drop(forms::check_email(&words));
        drop(forms::check_password(&words));
    });
}
