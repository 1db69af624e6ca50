//! Finds the passages that fit a question: BM25 over headings and text, with synonyms and typos.

use std::collections::{BTreeSet, HashMap};

use super::asking::Asking;
use super::knowledge::Passage;
use super::synonyms;
use super::words::{Language, language, words};

/// How often a word counts for standing in the heading, and in the title.
const HEADING: f32 = 3.0;
const TITLE: f32 = 0.6;
/// How soon a repeated word stops to count more, and how much a long passage counts less.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.5;
/// How much a word counts that is one slip of the finger away, or only a part of another.
const TYPO: f32 = 0.85;
const PART: f32 = 0.5;
/// How much an unknown word counts that is too short to be more than a slip or a name.
const SHORT: f32 = 0.5;
/// How much a word counts that nearly every question could hold.
const WEAK: f32 = 0.4;
/// Known words that an unknown one may stand for.
const SIMILAR: usize = 8;
/// Likeness from which a heading fits without a telling word in common.
const ALIKE: f32 = 0.4;
/// Hits that are worth a look.
const FOUND: usize = 40;

/// A chatbot's passages, ready to be searched.
pub(super) struct Index {
    passages: Vec<Indexed>,
    /// In how many passages a word stands.
    vocabulary: HashMap<Term, usize>,
    languages: BTreeSet<Language>,
    average: f32,
}

type Term = (Language, String);

struct Indexed {
    passage: Passage,
    /// The weight of each word in the passage.
    terms: HashMap<Term, f32>,
    heading: Vec<Term>,
    /// The question that the heading asks or answers.
    asking: Asking,
    length: f32,
}

/// A passage that fits, and how well.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit<'i> {
    pub(super) passage: &'i Passage,
    pub(super) score: f32,
    /// How much of the question stands in the passage, and in its heading, from 0 to 1.
    pub(super) covered: f32,
    pub(super) covered_by_heading: f32,
    /// How much of the heading stands in the question, from 0 to 1.
    pub(super) heading_covered: f32,
    /// How many of the question's words stand in the passage as they are.
    pub(super) literal: usize,
    /// How much of the question's rarest word stands in the passage, from 0 to 1.
    pub(super) rarest: f32,
    /// How alike question and heading are, letter by letter, from 0 to 1.
    pub(super) likeness: f32,
    /// Whether the heading wants to know the same kind of thing.
    pub(super) agrees: f32,
    /// Whether only one of both is about something that does not work.
    pub(super) contradicts: bool,
}

/// A question as the index reads it: its telling words, each with the stems it may stand for.
#[derive(Debug, Clone)]
pub(super) struct Query {
    slots: Vec<Slot>,
    asking: Asking,
}

#[derive(Debug, Clone)]
struct Slot {
    /// What the word tells: much if it is rare in the content, most if it is unknown.
    weight: f32,
    alternatives: Vec<(Term, f32)>,
}

impl Index {
    pub(super) fn new(passages: Vec<Passage>) -> Self {
        let mut vocabulary = HashMap::new();
        let passages: Vec<Indexed> = passages.into_iter().map(Indexed::new).collect();
        for term in passages.iter().flat_map(|indexed| indexed.terms.keys()) {
            *vocabulary.entry(term.clone()).or_default() += 1;
        }
        let languages = vocabulary.keys().map(|(language, _)| *language).collect();
        let total: f32 = passages.iter().map(|indexed| indexed.length).sum();
        let average = (total / passages.len().max(1) as f32).max(1.0);
        Self { passages, vocabulary, languages, average }
    }

    pub(super) fn len(&self) -> usize {
        self.passages.len()
    }

    /// What a question asks for.
    pub(super) fn query(&self, question: &str) -> Query {
        let words = words(question);
        let spoken = language(&words);
        let mut slots: Vec<Slot> = Vec::new();
        for word in &words {
            // A small word of the visitor's language may be a telling one in another.
            if spoken.is_some_and(|spoken| spoken.stem(word).is_none()) {
                continue;
            }
            let slot = self.slot(word);
            let known = slots.iter().any(|known| known.alternatives == slot.alternatives);
            if !known || slot.alternatives.is_empty() {
                slots.push(slot);
            }
        }
        slots.retain(|slot| slot.weight > 0.0);
        Query { slots, asking: Asking::new(&words) }
    }

    /// The best passages for a query, best first.
    pub(super) fn search(&self, query: &Query) -> Vec<Hit<'_>> {
        let hits = self.passages.iter().map(|indexed| self.hit(indexed, query));
        let mut hits: Vec<Hit<'_>> = hits.filter(|hit| hit.score > 0.0 || hit.likeness > ALIKE).collect();
        hits.sort_by(|one, other| other.score.total_cmp(&one.score));
        hits.truncate(FOUND);
        hits
    }

    /// How much of a query stands in a sentence, from 0 to 1.
    pub(super) fn share(&self, query: &Query, sentence: &str) -> f32 {
        let words = words(sentence);
        let stems: Vec<Term> = self
            .languages
            .iter()
            .flat_map(|language| language.stems(&words).into_iter().map(|stem| (*language, stem)))
            .collect();
        let found = query.slots.iter().map(|slot| {
            let here = slot.alternatives.iter().filter(|(term, _)| stems.contains(term));
            slot.weight * here.map(|(_, factor)| *factor).fold(0.0, f32::max)
        });
        found.sum::<f32>() / query.weight()
    }

    fn hit<'i>(&self, indexed: &'i Indexed, query: &Query) -> Hit<'i> {
        let damping = SATURATION * (1.0 - LENGTH + LENGTH * indexed.length / self.average);
        let (mut score, mut covered, mut by_heading, mut literal) = (0.0, 0.0, 0.0, 0);
        let (mut rarest, mut rarity) = (0.0, 0.0);
        for slot in &query.slots {
            let best = |value: &dyn Fn(&Term) -> f32| {
                let values = slot.alternatives.iter().map(|(term, factor)| factor * value(term));
                values.fold(0.0_f32, f32::max)
            };
            let weight = |term: &Term| indexed.terms.get(term).copied().unwrap_or_default();
            score += slot.weight
                * best(&|term| weight(term) * (SATURATION + 1.0) / (weight(term) + damping));
            let here = best(&|term| f32::from(indexed.terms.contains_key(term)));
            covered += slot.weight * here;
            by_heading += slot.weight * best(&|term| f32::from(indexed.heading.contains(term)));
            literal += usize::from(here >= 1.0);
            if slot.weight > rarity {
                (rarest, rarity) = (here, slot.weight);
            }
        }
        let asked = query.weight();
        let headed = |term: &&Term| query.factor(term);
        let heading: f32 = indexed.heading.iter().map(|term| self.weight(term)).sum();
        let found: f32 = indexed.heading.iter().map(|term| self.weight(term) * headed(&term)).sum();
        Hit {
            passage: &indexed.passage,
            score,
            covered: covered / asked,
            covered_by_heading: by_heading / asked,
            heading_covered: if heading > 0.0 { found / heading } else { 0.0 },
            literal,
            rarest,
            likeness: query.asking.likeness(&indexed.asking),
            agrees: query.asking.agrees(&indexed.asking),
            contradicts: query.asking.contradicts(&indexed.asking),
        }
    }

    /// What a word may stand for in this content.
    fn slot(&self, word: &str) -> Slot {
        let stems: Vec<Term> = self
            .languages
            .iter()
            .filter_map(|language| Some((*language, language.stem(word)?)))
            .collect();
        let mut alternatives: Vec<(Term, f32)> = Vec::new();
        let mut add = |term: Term, factor: f32| {
            if self.vocabulary.contains_key(&term)
                && alternatives.iter().all(|(known, _)| *known != term)
            {
                alternatives.push((term, factor));
            }
        };
        for term in &stems {
            add(term.clone(), 1.0);
        }
        for (language, stem) in &stems {
            for other in synonyms::of(*language, stem) {
                add((*language, other.clone()), synonyms::SAME);
            }
        }
        if alternatives.is_empty() {
            for stem in &stems {
                alternatives.extend(self.similar(stem));
            }
        }
        let weight = match alternatives.first() {
            Some((term, _)) => self.weight(term),
            None if word.chars().count() < 4 => rarity(self.passages.len(), 0) * SHORT,
            None => rarity(self.passages.len(), 0),
        };
        let weak = stems.iter().any(|(language, stem)| language.is_weak(stem));
        let weight = if stems.is_empty() { 0.0 } else if weak { weight * WEAK } else { weight };
        Slot { weight, alternatives }
    }

    /// Known words that an unknown one may be a slip of the finger for, or has a part in common with.
    fn similar(&self, (language, stem): &Term) -> Vec<(Term, f32)> {
        let mut similar: Vec<(Term, f32)> = Vec::new();
        for term in self.vocabulary.keys().filter(|(other, _)| other == language) {
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
            let known = others.filter(|term| self.vocabulary.contains_key(term));
            similar.extend(known.map(|term| (term, TYPO * synonyms::SAME)));
        }
        similar.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        similar.truncate(SIMILAR);
        similar
    }

    fn weight(&self, term: &Term) -> f32 {
        let rarity = rarity(self.passages.len(), self.vocabulary.get(term).copied().unwrap_or(0));
        if term.0.is_weak(&term.1) { rarity * WEAK } else { rarity }
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
    let (short, long) =
        if known.len() <= unknown.len() { (known, unknown) } else { (unknown, known) };
    let least = if language == Language::German { 4 } else { 6 };
    let ends = language == Language::German && long.ends_with(short);
    short.chars().count() >= least && (long.starts_with(short) || ends)
}

/// How much a word tells that stands in `known` of `all` passages.
fn rarity(all: usize, known: usize) -> f32 {
    let (all, known) = (all as f32, known as f32);
    (1.0 + (all - known + 0.5) / (known + 0.5)).ln()
}

impl Query {
    /// How much a word of the content counts for this query, from 0 to 1.
    pub(super) fn factor(&self, term: &Term) -> f32 {
        let alternatives = self.slots.iter().flat_map(|slot| &slot.alternatives);
        alternatives.filter(|(known, _)| known == term).map(|(_, factor)| *factor).fold(0.0, f32::max)
    }

    pub(super) fn words(&self) -> usize {
        self.slots.len()
    }

    /// How much of the query the content does not know in these very words, from 0 to 1.
    pub(super) fn unknown(&self) -> f32 {
        let unknown = self.slots.iter().map(|slot| {
            let best = slot.alternatives.iter().map(|(_, factor)| *factor).fold(0.0, f32::max);
            slot.weight * (1.0 - best)
        });
        unknown.sum::<f32>() / self.weight()
    }

    pub(super) fn weight(&self) -> f32 {
        self.slots.iter().map(|slot| slot.weight).sum::<f32>().max(f32::EPSILON)
    }
}

impl Indexed {
    fn new(passage: Passage) -> Self {
        let all = words(&format!("{} {} {}", passage.title, passage.heading, passage.text));
        let spoken = language(&all).unwrap_or(Language::English);
        let mut terms: HashMap<Term, f32> = HashMap::new();
        let mut length = 0.0;
        let asking = Asking::new(&words(passage.nearest_heading()));
        let heading = spoken.stems(&words(&passage.heading));
        let parts = [
            (heading.clone(), HEADING),
            (spoken.stems(&words(&passage.title)), TITLE),
            (spoken.stems(&words(&passage.text)), 1.0),
        ];
        for (stems, weight) in parts {
            for stem in stems {
                *terms.entry((spoken, stem)).or_default() += weight;
                length += weight;
            }
        }
        let mut heading: Vec<Term> = heading.into_iter().map(|stem| (spoken, stem)).collect();
        heading.sort_unstable();
        heading.dedup();
        Self { passage, terms, heading, asking, length }
    }
}
