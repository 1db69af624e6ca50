//! A question as the index reads it: its telling words, and what each may stand for.

use std::collections::HashSet;

use super::asking::Asking;
use super::vocabulary::{Term, Vocabulary};
use super::words::{language, words};

/// Telling words of a question that are looked for; a long message has said enough by then.
const WORDS: usize = 48;

/// Words that say how something is asked about rather than what, however they were put: "how much",
/// "how many".
const MEASURES: [&str; 2] = ["cost", "limit"];

/// A question, ready to be looked up.
#[derive(Debug, Clone)]
pub(super) struct Query {
    pub(super) slots: Vec<Slot>,
    pub(super) asking: Asking,
}

/// A telling word of a question.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// What the word tells: much if it is rare in the content, most if it is unknown.
    pub(super) weight: f32,
    /// Whether it names what is asked about, as small change such as "how many" does not.
    pub(super) is_subject: bool,
    /// Words of the content that it may stand for, each with how much it counts then.
    pub(super) meanings: Vec<(Term, f32)>,
}

impl Query {
    pub(super) fn new(vocabulary: &Vocabulary, question: &str) -> Self {
        let words = words(question);
        let spoken = language(&words);
        let mut seen = HashSet::new();
        let mut slots: Vec<Slot> = Vec::new();
        for word in words.iter().filter(|word| seen.insert(word.as_str())) {
            // A small word of the visitor's language may be a telling one in another.
            if spoken.is_some_and(|spoken| spoken.stem(word).is_none()) {
                continue;
            }
            let Some(slot) = Slot::new(vocabulary, word) else {
                continue;
            };
            let same = |known: &Slot| known.meanings == slot.meanings && !slot.meanings.is_empty();
            if !slots.iter().any(same) {
                slots.push(slot);
            }
            if slots.len() == WORDS {
                break;
            }
        }
        Self {
            slots,
            asking: Asking::new(&words),
        }
    }

    /// How much of the query stands among some words of the content, from 0 to 1.
    pub(super) fn share(&self, stems: &[Term]) -> f32 {
        let found = self
            .slots
            .iter()
            .map(|slot| slot.weight * slot.best(|term| f32::from(stems.contains(term))));
        found.sum::<f32>() / self.weight()
    }

    /// How much a word of the content counts for this query, from 0 to 1.
    pub(super) fn factor(&self, term: &Term) -> f32 {
        let meanings = self.slots.iter().flat_map(|slot| &slot.meanings);
        meanings
            .filter(|(known, _)| known == term)
            .map(|(_, factor)| *factor)
            .fold(0.0, f32::max)
    }

    /// Whether it is a single word without any question.
    pub(super) fn is_topic(&self) -> bool {
        self.slots.len() == 1 && !self.asking.is_question()
    }

    /// How many words of the question tell something.
    pub(super) fn words(&self) -> usize {
        self.slots.len()
    }

    /// How much of the query the content does not know in these very words, from 0 to 1.
    pub(super) fn unknown(&self) -> f32 {
        let unknown = self.slots.iter().map(|slot| {
            let best = slot
                .meanings
                .iter()
                .map(|(_, factor)| *factor)
                .fold(0.0, f32::max);
            slot.weight * (1.0 - best)
        });
        unknown.sum::<f32>() / self.weight()
    }

    pub(super) fn weight(&self) -> f32 {
        self.slots
            .iter()
            .map(|slot| slot.weight)
            .sum::<f32>()
            .max(f32::EPSILON)
    }
}

impl Slot {
    /// None for a word that tells nothing.
    fn new(vocabulary: &Vocabulary, word: &str) -> Option<Self> {
        let stems = vocabulary.stems(&[word.to_owned()]);
        if stems.is_empty() {
            return None;
        }
        let meanings = vocabulary.meanings(&stems);
        let weight = match meanings.first() {
            Some((term, _)) => vocabulary.weight(term),
            None => vocabulary.unknown_weight(word, &stems),
        };
        let is_weak = stems.iter().any(|(language, stem)| language.is_weak(stem));
        Some(Self {
            weight,
            is_subject: !is_weak && !MEASURES.contains(&word),
            meanings,
        })
    }

    /// The best of what its meanings come to, each by how much it counts.
    pub(super) fn best(&self, value: impl Fn(&Term) -> f32) -> f32 {
        self.meanings
            .iter()
            .map(|(term, factor)| factor * value(term))
            .fold(0.0, f32::max)
    }
}
