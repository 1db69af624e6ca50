//! A message in clauses of plain words, and the questions that can be asked of their order.

use std::collections::HashSet;
use std::sync::OnceLock;

/// Characters that are read; who has not asked for a person by then does not.
const LENGTH: usize = 1_000;

/// Words that only join a clause to what was said before.
const JOINS: &str = "and so also then well und dann also";

/// The words of one clause, in lower case and without apostrophes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clause(pub(super) Vec<String>);

/// A long list of words between spaces, which is taken apart once: every word of every message is looked
/// up in it.
pub(super) struct Words {
    text: &'static str,
    set: OnceLock<HashSet<&'static str>>,
}

impl Words {
    pub(super) const fn of(text: &'static str) -> Self {
        Self {
            text,
            set: OnceLock::new(),
        }
    }

    fn has(&self, word: &str) -> bool {
        let set = self.set.get_or_init(|| self.text.split(' ').collect());
        set.contains(word)
    }
}

/// Words by their kinds.
pub(super) struct Nouns {
    /// Words that stand for a person by themselves.
    pub(super) people: Words,
    /// Words that stand for people only where somebody asks to be brought to them.
    pub(super) places: Words,
    /// Words that may stand before or between those.
    pub(super) around: Words,
    /// Words that make something else of the word before, such as "resources" of "human".
    pub(super) compounds: Words,
    /// Names of people that are often mistyped, and long enough to be known all the same.
    pub(super) mistyped: &'static str,
}

/// Somebody who is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Named {
    /// Whether it must be a person, and not only a place such as "support".
    pub(super) is_person: bool,
    /// Where the words after the name begin.
    pub(super) end: usize,
}

/// The clauses of a message. What it quotes is left out, unless it is nothing but a quotation.
pub(super) fn clauses(text: &str) -> Vec<Clause> {
    let text: String = text.chars().take(LENGTH).collect();
    let unquoted = without_quotations(&text);
    let quotes_only = !unquoted.chars().any(char::is_alphanumeric);
    let text = if quotes_only { text } else { unquoted };
    let clauses = text.split(['.', '!', '?', ';', ',', ':', '\n', '(', ')', '–', '—']);
    let clauses = clauses.flat_map(|clause| {
        let words = words(clause);
        let parts = words.split(|word| word == "but" || word == "aber");
        let parts = parts.map(|part| {
            let joins = part.iter().take_while(|word| is_in(JOINS, word)).count();
            Clause(part[joins..].to_vec())
        });
        parts.collect::<Vec<_>>()
    });
    clauses.filter(|clause| !clause.0.is_empty()).collect()
}

fn without_quotations(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(['"', '“', '„', '«', '”']) {
        let (before, quoted) = rest.split_at(start);
        let mut inner = quoted.chars();
        inner.next();
        let Some(end) = inner.as_str().find(['"', '“', '”', '»']) else {
            break;
        };
        kept.push_str(before);
        let mut after = inner.as_str()[end..].chars();
        after.next();
        rest = after.as_str();
    }
    kept.push_str(rest);
    kept
}

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace(['\'', '’', '`'], "");
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Whether a word stands in a list.
pub(super) fn is_in(list: &str, word: &str) -> bool {
    // By bytes: a message is held against thousands of words, and a space is a space in UTF-8.
    let mut words = list.as_bytes().split(u8::is_ascii_whitespace);
    !word.is_empty() && words.any(|one| one == word.as_bytes())
}

impl Clause {
    /// A whole message as one clause.
    pub(super) fn whole(clauses: &[Self]) -> Self {
        Self(
            clauses
                .iter()
                .flat_map(|clause| clause.0.iter().cloned())
                .collect(),
        )
    }

    /// The word at a place; empty beyond the ends.
    pub(super) fn word(&self, place: usize) -> &str {
        self.0.get(place).map_or("", String::as_str)
    }

    /// Where words of a list stand.
    pub(super) fn places<'c>(&'c self, list: &'c str) -> impl Iterator<Item = usize> + 'c {
        (0..self.0.len()).filter(move |place| is_in(list, self.word(*place)))
    }

    pub(super) fn has(&self, list: &str) -> bool {
        self.places(list).next().is_some()
    }

    /// Whether it begins with one of these, each one or more words.
    pub(super) fn begins(&self, beginnings: &[&str]) -> bool {
        beginnings.iter().any(|beginning| {
            beginning
                .split(' ')
                .enumerate()
                .all(|(place, word)| self.word(place) == word)
        })
    }

    /// Whether one of these words stands among the `count` words before a place.
    pub(super) fn has_before(&self, place: usize, count: usize, list: &str) -> bool {
        (place.saturating_sub(count)..place).any(|before| is_in(list, self.word(before)))
    }

    /// Who is named from a place on.
    pub(super) fn named(&self, start: usize, nouns: &Nouns) -> Option<Named> {
        let mut named: Option<Named> = None;
        let mut person = false;
        for place in start..self.0.len() {
            let word = self.word(place);
            let is_person = nouns.people.has(word) || is_mistyped(nouns.mistyped, word);
            if is_person || nouns.places.has(word) {
                person |= is_person;
                named = Some(Named {
                    is_person: person,
                    end: place + 1,
                });
            } else if !nouns.around.has(word) {
                break;
            }
        }
        named.filter(|named| !nouns.compounds.has(self.word(named.end)))
    }
}

/// Whether a word is one of these but for one letter, or with letters drawn out.
fn is_mistyped(list: &str, word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return false;
    }
    let mut short = letters.clone();
    short.dedup();
    // "Someone’s" is not somebody.
    let owns = |known: &str| word.strip_suffix('s') == Some(known);
    let mut near = list.split(' ').filter(|known| {
        let drawn_out = || known.chars().eq(short.iter().copied());
        is_one_off(known, &letters) || drawn_out()
    });
    near.next().is_some() && !list.split(' ').any(owns)
}

/// Whether two words differ in one letter that is missing, too many, wrong or swapped with the next.
fn is_one_off(one: &str, other: &[char]) -> bool {
    if one.chars().count().abs_diff(other.len()) > 1 {
        return false;
    }
    let one: Vec<char> = one.chars().collect();
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (a, b) = (&one[same..], &other[same..]);
    match (a, b) {
        ([], []) => true,
        ([_, rest @ ..], b) if rest == b => true,
        (a, [_, rest @ ..]) if rest == a => true,
        ([_, x @ ..], [_, y @ ..]) if x == y => true,
        ([p, q, x @ ..], [r, s, y @ ..]) => p == s && q == r && x == y,
        _ => false,
    }
}
