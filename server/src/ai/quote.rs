//! Picks the sentences of a passage that answer a question, in the passage's own words.

use std::ops::Range;

use super::index::Index;
use super::knowledge::{Passage, blocks};
use super::query::Query;

/// A passage up to this long is quoted whole.
const WHOLE: usize = 420;
/// Sentences and blocks that are quoted of a longer one.
const PARTS: usize = 3;
/// What the first sentence counts more: people answer first and explain afterwards.
const FIRST: f32 = 0.35;
/// Beginnings of sentences that say nothing without the sentence before.
const LEANING: [&str; 25] = [
    "it ",
    "its ",
    "this ",
    "these ",
    "those ",
    "they ",
    "their ",
    "then ",
    "therefore",
    "so ",
    "but ",
    "however",
    "otherwise",
    "also ",
    "in both",
    "after that",
    "the other ",
    "dies",
    "sie ",
    "es ",
    "dann ",
    "danach",
    "aber ",
    "sonst ",
    "deshalb ",
];
/// Words whose full stop ends no sentence.
const SHORT: [&str; 18] = [
    "e.g", "i.e", "etc", "vs", "cf", "approx", "no", "nr", "mr", "mrs", "ms", "dr", "st", "bzw",
    "ca", "usw", "z. b", "d. h",
];

/// The part of a passage that answers, in Markdown.
pub(super) fn quote(index: &Index, passage: &Passage, query: &Query) -> String {
    let text = passage.text.as_str();
    let parts = parts(text);
    if text.chars().count() <= WHOLE || parts.len() <= 1 {
        return text.to_owned();
    }
    let value = |place: usize| {
        let first = if place == 0 { FIRST } else { 0.0 };
        index.share(query, &text[parts[place].place.clone()]) + first
    };
    let values: Vec<f32> = (0..parts.len()).map(value).collect();
    let mut best = 0;
    for place in 1..parts.len() {
        if values[place] > values[best] {
            best = place;
        }
    }
    let mut start = best;
    while start > 0 && best - start + 1 < PARTS && parts[start].leans(text) {
        start -= 1;
    }
    let mut end = best + 1;
    while end < parts.len() && end - start < PARTS {
        // A list or code completes the sentence that announces it.
        if !parts[end].leans(text) && (values[end] <= 0.0 || !parts[end].is_sentence) {
            break;
        }
        end += 1;
    }
    text[parts[start].place.start..parts[end - 1].place.end].to_owned()
}

/// A sentence, or a list or code as a whole.
struct Part {
    place: Range<usize>,
    is_sentence: bool,
}

impl Part {
    /// Whether it cannot be understood without the part before.
    fn leans(&self, text: &str) -> bool {
        let before = text[..self.place.start].trim_end();
        let announced = !self.is_sentence && before.ends_with(':');
        let lower = text[self.place.clone()].to_lowercase();
        announced || LEANING.iter().any(|beginning| lower.starts_with(beginning))
    }
}

/// The parts of a text, in order.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for block in blocks(text) {
        if !block.is_prose {
            parts.push(Part {
                place: block.place,
                is_sentence: false,
            });
            continue;
        }
        let mut start = block.place.start;
        for end in ends(&text[block.place.clone()]).map(|end| block.place.start + end) {
            let begins = start + (text[start..end].len() - text[start..end].trim_start().len());
            parts.push(Part {
                place: begins..end,
                is_sentence: true,
            });
            start = end;
        }
    }
    parts
}

/// Where the sentences of a paragraph end; the last one ends with it.
fn ends(paragraph: &str) -> impl Iterator<Item = usize> {
    let mut in_code = false;
    let inner = paragraph.char_indices().filter_map(move |(place, c)| {
        in_code ^= c == '`';
        let end = place + c.len_utf8();
        let (before, after) = (&paragraph[..place], &paragraph[end..]);
        let stops = matches!(c, '.' | '!' | '?' | '…') && !in_code;
        let begins = after.trim_start().starts_with(|c: char| !c.is_lowercase());
        let spaced = after.starts_with(char::is_whitespace);
        (stops && spaced && begins && !(c == '.' && is_short(before))).then_some(end)
    });
    inner.chain([paragraph.len()])
}

/// Whether a text ends in a word that is written with a full stop.
fn is_short(text: &str) -> bool {
    let lower = text.to_lowercase();
    let word = lower
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    initial
        || SHORT
            .iter()
            .any(|short| word == *short || lower.ends_with(&format!(" {short}")))
}
