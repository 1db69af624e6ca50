//! The words of a chatbot's content, and how much each of them tells.

use std::collections::{BTreeSet, HashMap};

use super::synonyms;
use super::words::Language;

/// How much a word counts that nearly every question could hold.
const WEAK: f32 = 0.25;
/// How much an unknown word counts that is too short to be more than a slip or a name.
const SHORT: f32 = 0.5;
/// How much a word counts that is one slip of the finger away, or only a part of another.
const TYPO: f32 = 0.85;
const PART: f32 = 0.5;
/// Known words that an unknown one may stand for.
const SIMILAR: usize = 8;

/// A word's stem in its language.
pub(super) type Term = (Language, String);

/// Every word that stands in the content.
pub(super) struct Vocabulary {
    /// In how many passages a word stands.
    known: HashMap<Term, usize>,
    languages: BTreeSet<Language>,
    passages: usize,
}

impl Vocabulary {
    /// The words of so many passages, each passage's words named once.
    pub(super) fn new<'t>(passages: usize, terms: impl Iterator<Item = &'t Term>) -> Self {
        let mut known = HashMap::new();
        for term in terms {
            *known.entry(term.clone()).or_default() += 1;
        }
        let languages = known.keys().map(|(language, _)| *language).collect();
        Self {
            known,
            languages,
            passages,
        }
    }

    /// The stems of words in the content's languages.
    pub(super) fn stems(&self, words: &[String]) -> Vec<Term> {
        let languages = self.languages.iter();
        let stems = languages.flat_map(|language| {
            language
                .stems(words)
                .into_iter()
                .map(|stem| (*language, stem))
        });
        stems.collect()
    }

    /// How much a word of the content tells: more, the fewer passages hold it.
    pub(super) fn weight(&self, term: &Term) -> f32 {
        let rarity = self.rarity(self.known.get(term).copied().unwrap_or(0));
        if term.0.is_weak(&term.1) {
            rarity * WEAK
        } else {
            rarity
        }
    }

    /// How much a word tells that the content does not hold.
    pub(super) fn unknown_weight(&self, word: &str, stems: &[Term]) -> f32 {
        let is_weak = stems.iter().any(|(language, stem)| language.is_weak(stem));
        let is_short = word.chars().count() < 4;
        let weak = if is_weak { WEAK } else { 1.0 };
        let short = if is_short { SHORT } else { 1.0 };
        self.rarity(0) * weak * short
    }

    /// What stems may stand for in the content, each with how much it counts then.
    pub(super) fn meanings(&self, stems: &[Term]) -> Vec<(Term, f32)> {
        let mut meanings: Vec<(Term, f32)> = Vec::new();
        let mut add = |term: Term, factor: f32| {
            if self.known.contains_key(&term) && !meanings.iter().any(|(known, _)| *known == term) {
                meanings.push((term, factor));
            }
        };
        for term in stems {
            add(term.clone(), 1.0);
        }
        for (language, stem) in stems {
            for other in synonyms::of(*language, stem) {
                add((*language, other.clone()), synonyms::SAME);
            }
        }
        if meanings.is_empty() {
            meanings.extend(stems.iter().flat_map(|stem| self.similar(stem)));
        }
        meanings
    }

    /// Known words that an unknown one may be a slip of the finger for, or has a part in common with.
    fn similar(&self, (language, stem): &Term) -> Vec<(Term, f32)> {
        let mut similar: Vec<(Term, f32)> = Vec::new();
        for term in self.known.keys().filter(|(other, _)| other == language) {
            if is_slip(stem, &term.1) {
                similar.push((term.clone(), TYPO));
            } else if has_part(*language, stem, &term.1) {
                similar.push((term.clone(), PART));
            }
        }
        if similar.is_empty() {
            let meant = synonyms::known(*language).filter(|known| is_slip(stem, known));
            let others = meant.flat_map(|known| synonyms::of(*language, known));
            let others = others.map(|other| (*language, other.clone()));
            let known = others.filter(|term| self.known.contains_key(term));
            similar.extend(known.map(|term| (term, TYPO * synonyms::SAME)));
        }
        similar.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        similar.truncate(SIMILAR);
        similar
    }

    /// How much a word tells that stands in so many passages.
    fn rarity(&self, known: usize) -> f32 {
        let (all, known) = (self.passages as f32, known as f32);
        (1.0 + (all - known + 0.5) / (known + 0.5)).ln()
    }
}

/// Whether an unknown word is most likely this known one with a slip of the finger.
fn is_slip(unknown: &str, known: &str) -> bool {
    let length = unknown.chars().count();
    let slips = match length {
        0..5 => return false,
        5..8 => 1,
        _ => 2,
    };
    known.chars().count().abs_diff(length) <= slips
        && known.chars().next() == unknown.chars().next()
        && strsim::osa_distance(known, unknown) <= slips
}

/// Whether two words are built from each other, as German words are, or begin the same.
fn has_part(language: Language, unknown: &str, known: &str) -> bool {
    let (short, long) = if known.len() <= unknown.len() {
        (known, unknown)
    } else {
        (unknown, known)
    };
    let least = if language == Language::German { 4 } else { 6 };
    let ends = language == Language::German && long.ends_with(short);
    short.chars().count() >= least && (long.starts_with(short) || ends)
}
