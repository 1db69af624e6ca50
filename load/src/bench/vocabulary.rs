//! Words as a language has them: few begin alike, and a few are in nearly everything that is said.

use std::collections::BTreeSet;

use crate::chance::Chance;

/// Words that there are.
const WORDS: usize = 20_000;

const ONSETS: [&str; 24] = [
    "b", "br", "ch", "d", "f", "fl", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pl", "r", "s",
    "sh", "st", "t", "tr", "v", "w",
];
const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
const CODAS: [&str; 8] = ["", "", "", "n", "r", "s", "l", "ck"];

/// Different words, the most frequent first.
pub(super) struct Vocabulary(Vec<String>);

impl Vocabulary {
    pub(super) fn made(chance: &mut Chance) -> Self {
        let mut known = BTreeSet::new();
        let mut words = Vec::with_capacity(WORDS);
        while words.len() < WORDS {
            // What is said often is short.
            let syllables = match words.len() {
                0..60 => 1,
                60..400 => 1 + chance.below(2),
                400..4_000 => 2 + chance.below(2),
                _ => 2 + chance.below(3),
            };
            let word: String = (0..syllables).map(|_| syllable(chance)).collect();
            if word.len() > 1 && known.insert(word.clone()) {
                words.push(word);
            }
        }
        Self(words)
    }

    /// Some words.
    pub(super) fn phrase(&self, chance: &mut Chance) -> Vec<String> {
        let length = 8 + chance.below(16);
        (0..length).filter_map(|_| self.word(chance)).collect()
    }

    /// The tenth is said a tenth as often as the first, as in languages (Zipf, 1935).
    fn word(&self, chance: &mut Chance) -> Option<String> {
        let place = (self.0.len() as f64).powf(chance.part()) as usize;
        self.0.get(place.saturating_sub(1)).cloned()
    }
}

/// What somebody types who looks for a message: one to three of its words, and of the last often only
/// the beginning.
pub(super) fn search(phrase: &[String], chance: &mut Chance) -> String {
    let mut words: Vec<String> = (0..=chance.below(3))
        .filter_map(|_| chance.one_of(phrase).cloned())
        .collect();
    if chance.percent(50)
        && let Some(last) = words.last_mut()
    {
        // All letters are ASCII.
        last.truncate(3 + usize::try_from(chance.below(3)).unwrap_or(0));
    }
    words.join(" ")
}

fn syllable(chance: &mut Chance) -> String {
    let mut part = |of: &[&'static str]| chance.one_of(of).copied().unwrap_or_default();
    [part(&ONSETS), part(&VOWELS), part(&CODAS)].concat()
}
