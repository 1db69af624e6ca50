//! Finds the passages that fit a question: BM25 over headings and text.

use std::collections::HashMap;

use super::asking::Asking;
use super::knowledge::Passage;
use super::query::Query;
use super::vocabulary::{Term, Vocabulary};
use super::words::{Language, language, words};

/// How often a word counts for standing in the heading, and in the title.
const HEADING: f32 = 3.0;
const TITLE: f32 = 0.6;
/// How soon a repeated word stops to count more, and how much a long passage counts less.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.5;
/// Likeness from which a heading fits without a telling word in common.
const ALIKE: f32 = 0.4;
/// Hits that are worth a look.
const FOUND: usize = 40;

/// A chatbot's passages, ready to be searched.
pub(super) struct Index {
    passages: Vec<Indexed>,
    vocabulary: Vocabulary,
    average: f32,
}

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
    /// How much of what is asked about stands in the passage, from 0 to 1. Where only small words
    /// ask, how much of them stands in the heading.
    pub(super) subject_covered: f32,
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

impl Index {
    pub(super) fn new(passages: Vec<Passage>) -> Self {
        let passages: Vec<Indexed> = passages.into_iter().map(Indexed::new).collect();
        let terms = passages.iter().flat_map(|indexed| indexed.terms.keys());
        let vocabulary = Vocabulary::new(passages.len(), terms);
        let total: f32 = passages.iter().map(|indexed| indexed.length).sum();
        let average = (total / passages.len().max(1) as f32).max(1.0);
        Self {
            passages,
            vocabulary,
            average,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.passages.len()
    }

    /// What a question asks for.
    pub(super) fn query(&self, question: &str) -> Query {
        Query::new(&self.vocabulary, question)
    }

    /// The best passages for a query, best first.
    pub(super) fn search(&self, query: &Query) -> Vec<Hit<'_>> {
        let hits = self.passages.iter().map(|indexed| self.hit(indexed, query));
        let mut hits: Vec<Hit<'_>> = hits
            .filter(|hit| hit.score > 0.0 || hit.likeness > ALIKE)
            .collect();
        hits.sort_by(|one, other| other.score.total_cmp(&one.score));
        hits.truncate(FOUND);
        hits
    }

    /// How much of a query stands in a sentence, from 0 to 1.
    pub(super) fn share(&self, query: &Query, sentence: &str) -> f32 {
        query.share(&self.vocabulary.stems(&words(sentence)))
    }

    fn hit<'i>(&self, indexed: &'i Indexed, query: &Query) -> Hit<'i> {
        let damping = SATURATION * (1.0 - LENGTH + LENGTH * indexed.length / self.average);
        let (mut score, mut covered, mut by_heading, mut literal) = (0.0, 0.0, 0.0, 0);
        let (mut rarest, mut rarity) = (0.0, 0.0);
        let (mut subject, mut named) = (0.0, 0.0);
        for slot in &query.slots {
            let weight = |term: &Term| indexed.terms.get(term).copied().unwrap_or_default();
            score += slot.weight
                * slot.best(|term| weight(term) * (SATURATION + 1.0) / (weight(term) + damping));
            let here = slot.best(|term| f32::from(indexed.terms.contains_key(term)));
            covered += slot.weight * here;
            by_heading += slot.weight * slot.best(|term| f32::from(indexed.heading.contains(term)));
            if slot.is_subject {
                subject += slot.weight * here;
                named += slot.weight;
            }
            literal += usize::from(here >= 1.0);
            if slot.weight > rarity {
                (rarest, rarity) = (here, slot.weight);
            }
        }
        let asked = query.weight();
        let (mut heading, mut found) = (0.0, 0.0);
        for term in &indexed.heading {
            let weight = self.vocabulary.weight(term);
            heading += weight;
            found += weight * query.factor(term);
        }
        Hit {
            passage: &indexed.passage,
            score,
            covered: covered / asked,
            covered_by_heading: by_heading / asked,
            subject_covered: if named > 0.0 {
                subject / named
            } else {
                by_heading / asked
            },
            heading_covered: if heading > 0.0 { found / heading } else { 0.0 },
            literal,
            rarest,
            likeness: query.asking.likeness(&indexed.asking),
            agrees: query.asking.agrees(&indexed.asking),
            contradicts: query.asking.contradicts(&indexed.asking),
        }
    }
}

impl Indexed {
    fn new(passage: Passage) -> Self {
        let all = words(&format!(
            "{} {} {}",
            passage.title, passage.heading, passage.text
        ));
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
        for (text, weight) in [(&passage.heading, HEADING), (&passage.text, 1.0)] {
            for short in initials(text) {
                *terms.entry((spoken, short)).or_default() += weight;
            }
        }
        let mut heading: Vec<Term> = heading.into_iter().map(|stem| (spoken, stem)).collect();
        heading.sort_unstable();
        heading.dedup();
        Self {
            passage,
            terms,
            heading,
            asking,
            length,
        }
    }
}

/// The initials of names such as "Content Security Policy", which people know by them.
fn initials(text: &str) -> Vec<String> {
    let is_capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
    };
    let words: Vec<&str> = text.split(' ').collect();
    let names = words.split(|word| !is_capital(word.trim_end_matches(['.', ',', ':', '?'])));
    let names = names.filter(|name| name.len() >= 3);
    let initial = |word: &&str| word.chars().next();
    names
        .map(|name| {
            name.iter()
                .filter_map(initial)
                .flat_map(char::to_lowercase)
                .collect()
        })
        .collect()
}
