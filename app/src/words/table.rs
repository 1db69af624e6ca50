//! The texts of one language, by their places: the server keeps a table of each, the browser is given one.

use std::cell::Cell;
use std::collections::HashMap;
use std::fmt::{Display, Write as _};
use std::sync::{LazyLock, Mutex};

use leptos::prelude::use_context;

use super::language::Language;
use crate::live::given;

/// The lines before the first text.
const ABOUT: usize = 2;

/// A language's texts.
#[derive(Debug)]
pub(crate) struct Table {
    plurals: Plurals,
    /// Whose calendar days are written as.
    pub(crate) calendar: &'static str,
    texts: Vec<&'static str>,
}

/// Which form of a text a number takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plurals {
    /// `any`: Japanese, Chinese, Vietnamese.
    Any,
    /// `one | many`: English, German, Spanish, Italian.
    OneMany,
    /// `up to one | many`: French, Brazilian Portuguese.
    UpToOne,
    /// `one | few | many`, by the last digit: Russian, Ukrainian.
    LastDigit,
    /// `one | few | many`, by the number: Czech, Slovak; Polish, but for 22 and the like.
    TwoToFour,
    /// `zero | one | two | few | many | other`: Arabic.
    Six,
}

impl Plurals {
    fn read(line: &str) -> Self {
        match line {
            "any" => Self::Any,
            "up to one | many" => Self::UpToOne,
            "one | few | many, by the last digit" => Self::LastDigit,
            "one | few | many" => Self::TwoToFour,
            "zero | one | two | few | many | other" => Self::Six,
            _ => Self::OneMany,
        }
    }

    /// The place of the form for a number.
    fn form(self, n: u64) -> usize {
        match (self, n, n % 10, n % 100) {
            (Self::Any, ..) | (Self::OneMany | Self::TwoToFour, 1, ..) => 0,
            (Self::UpToOne, 0 | 1, ..) | (Self::Six, 0, ..) => 0,
            (Self::OneMany | Self::UpToOne, ..) | (Self::TwoToFour, 2..=4, ..) => 1,
            (Self::Six, 1, ..) => 1,
            (Self::TwoToFour, ..) | (Self::Six, 2, ..) => 2,
            (Self::LastDigit, _, _, 11..=14) => 2,
            (Self::LastDigit, _, 1, _) => 0,
            (Self::LastDigit, _, 2..=4, _) => 1,
            (Self::LastDigit, ..) => 2,
            (Self::Six, _, _, 3..=10) => 3,
            (Self::Six, _, _, 11..) => 4,
            (Self::Six, ..) => 5,
        }
    }
}

impl Table {
    /// Reads a table, which is kept for ever: a page has one, a server one for each language.
    fn read(text: &'static str) -> &'static Self {
        let mut lines = text.lines();
        let mut about = || lines.next().unwrap_or_default();
        let (plurals, calendar) = (Plurals::read(about()), about());
        let texts = text.lines().skip(ABOUT).collect();
        Box::leak(Box::new(Self {
            plurals,
            calendar,
            texts,
        }))
    }

    fn text(&self, at: usize) -> &'static str {
        self.texts.get(at).copied().unwrap_or_default()
    }
}

// A page has one language. The server's pages have theirs in their context.
thread_local! {
    static OF_PAGE: Cell<Option<&'static Table>> = const { Cell::new(None) };
}

/// The table of this page.
pub(crate) fn current() -> &'static Table {
    if let Some(table) = OF_PAGE.get() {
        return table;
    }
    if cfg!(target_arch = "wasm32") {
        let text = given::words().unwrap_or_default();
        let table = Table::read(String::leak(text));
        OF_PAGE.set(Some(table));
        return table;
    }
    of_language(use_context().unwrap_or_default())
}

/// The server's table of a language.
fn of_language(language: Language) -> &'static Table {
    static TABLES: LazyLock<Mutex<HashMap<&str, &Table>>> = LazyLock::new(Mutex::default);
    let mut tables = TABLES.lock().expect("nobody panics while reading a table");
    tables
        .entry(language.tag)
        .or_insert_with(|| Table::read(language.table))
}

/// A text that is always the same.
pub(crate) fn text(at: usize) -> &'static str {
    current().text(at)
}

/// A text with values.
pub(crate) fn filled(at: usize, values: &[&dyn Display]) -> String {
    fill(current().text(at), values)
}

/// A text with values in the form that a number takes.
pub(crate) fn counted(at: usize, n: u64, values: &[&dyn Display]) -> String {
    let table = current();
    let mut forms = table.text(at).split(" | ");
    let form = forms.nth(table.plurals.form(n));
    // A language may have fewer forms than it has kinds of numbers; the last is the usual one.
    fill(
        form.unwrap_or_else(|| table.text(at).rsplit(" | ").next().unwrap_or_default()),
        values,
    )
}

fn fill(text: &str, values: &[&dyn Display]) -> String {
    let mut parts = text.split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // `0} of ` and so on: one digit, for no text holds more than ten values.
        let at = usize::from(part.as_bytes().first().map_or(0, |digit| digit - b'0'));
        if let Some(value) = values.get(at) {
            let _written = write!(filled, "{value}");
        }
        filled.push_str(part.get(2..).unwrap_or_default());
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_the_language_wants_them() {
        assert_eq!("b, a {", fill("{1}, {0} ", &[&"a", &"b"]) + "{");
        assert_eq!("3 of 3", fill("{0} of {0}", &[&3]));
        assert_eq!("none", fill("none", &[&3]));
    }

    #[test]
    fn numbers_take_the_forms_of_their_language() {
        let forms = |plurals: Plurals| [0, 1, 2, 5, 11, 21, 22, 100, 105].map(|n| plurals.form(n));
        assert_eq!([1, 0, 1, 1, 1, 1, 1, 1, 1], forms(Plurals::OneMany));
        assert_eq!([0, 0, 1, 1, 1, 1, 1, 1, 1], forms(Plurals::UpToOne));
        assert_eq!([2, 0, 1, 2, 2, 0, 1, 2, 2], forms(Plurals::LastDigit));
        assert_eq!([2, 0, 1, 2, 2, 2, 2, 2, 2], forms(Plurals::TwoToFour));
        assert_eq!([0, 1, 2, 3, 4, 4, 4, 5, 3], forms(Plurals::Six));
        assert_eq!([0; 9], forms(Plurals::Any));
    }
}
