//! Judges how well passages fit a question, and how likely the best one answers it.
//!
//! The numbers were fitted to a few hundred questions about a product's guide and two shops, in
//! English and German; `tests/` holds them, together with questions that were kept out of the fit.

use super::index::Hit;
use super::query::Query;

/// What each sign of fitting is worth, in the order of [`rank`].
const RANK: [f32; 8] = [3.02, 2.64, 0.31, 2.23, 1.61, 3.17, 2.11, -1.48];
/// What each sign of being right is worth, in the order of [`confidence`].
const RIGHT: [f32; 13] = [
    1.49, 4.81, 1.21, -0.15, 1.06, -1.07, 0.73, 0.23, -0.35, 0.61, -0.80, -0.54, -0.23,
];
const RIGHT_AT_ALL: f32 = -2.07;

/// From here on a passage is given as the answer.
const ANSWER: f32 = 0.7;
/// From here on the best passages are offered as choices.
const CHOICE: f32 = 0.3;
/// How much of the question an answer must hold, unless its heading is nearly the question.
const HELD: f32 = 0.45;
const NEARLY: f32 = 0.6;
/// How much of its heading a single word must be to be the question.
const WHOLE: f32 = 0.75;
/// How well a passage must fit, measured by the best one, to be offered beside it.
const BESIDE: f32 = 0.6;

/// The passages for a question, the best first, and what may be done with them.
pub(super) struct Judged<'i> {
    pub(super) hits: Vec<Hit<'i>>,
    /// How likely the first one answers the question, from 0 to 1.
    pub(super) confidence: f32,
    /// Whether only a topic was named, and no question asked.
    is_topic: bool,
}

/// What may be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Band {
    Answer,
    DidYouMean,
    Unknown,
}

impl<'i> Judged<'i> {
    pub(super) fn new(query: &Query, hits: Vec<Hit<'i>>) -> Self {
        let mut ranked: Vec<(f32, Hit<'i>)> = hits
            .into_iter()
            .map(|hit| (rank(query, &hit), hit))
            .collect();
        ranked.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let confidence = confidence(query, &ranked);
        let best = ranked.first().map_or(0.0, |(rank, _)| *rank);
        ranked.retain(|(rank, _)| *rank >= best * BESIDE);
        let mut hits: Vec<Hit<'i>> = Vec::new();
        for (_, hit) in ranked {
            // A long section has several passages; the best of them speaks for it.
            if !hits.iter().any(|better| is_same_section(better, &hit)) {
                hits.push(hit);
            }
        }
        Self {
            hits,
            confidence,
            is_topic: query.is_topic(),
        }
    }

    pub(super) fn band(&self) -> Band {
        let Some(best) = self.hits.first() else {
            return Band::Unknown;
        };
        let holds = best.covered >= HELD || best.likeness >= NEARLY;
        match self.confidence {
            // Small words in common, as in "and where?" or "how many teeth", are not enough to guess by.
            _ if best.subject_covered == 0.0 && best.likeness < NEARLY => Band::Unknown,
            ANSWER.. if self.is_open() => Band::DidYouMean,
            ANSWER.. if holds => Band::Answer,
            CHOICE.. => Band::DidYouMean,
            _ => Band::Unknown,
        }
    }

    /// Whether a topic was named that several sections are about.
    fn is_open(&self) -> bool {
        let about = |hit: &&Hit<'_>| hit.covered_by_heading > NEARLY;
        let several = self.hits.iter().filter(about).count() > 1;
        self.is_topic && several && self.hits[0].heading_covered < WHOLE
    }
}

fn is_same_section(one: &Hit<'_>, other: &Hit<'_>) -> bool {
    one.passage.title == other.passage.title && one.passage.heading == other.passage.heading
}

/// How well a passage fits, to be compared with others for the same question only.
fn rank(query: &Query, hit: &Hit<'_>) -> f32 {
    let signs = [
        hit.score / query.weight(),
        hit.covered,
        hit.covered_by_heading,
        hit.heading_covered,
        (hit.covered_by_heading * hit.heading_covered).sqrt(),
        hit.likeness,
        hit.agrees,
        f32::from(hit.contradicts),
    ];
    sum(&RANK, &signs)
}

/// How likely the best passage answers the question.
fn confidence(query: &Query, ranked: &[(f32, Hit<'_>)]) -> f32 {
    let Some((rank, best)) = ranked.first() else {
        return 0.0;
    };
    let next = ranked.iter().find(|(_, hit)| !is_same_section(hit, best));
    let lead = rank - next.map_or(0.0, |(rank, _)| *rank);
    let (words, literal) = (query.words() as f32, best.literal as f32);
    let signs = [
        rank / 10.0,
        (lead / 10.0).min(0.5),
        best.covered,
        best.covered_by_heading,
        best.heading_covered,
        query.unknown(),
        best.likeness,
        literal / words.max(1.0),
        words.min(5.0) / 5.0,
        literal.min(4.0) / 4.0,
        best.rarest,
        best.agrees,
        f32::from(best.contradicts),
    ];
    1.0 / (1.0 + (-RIGHT_AT_ALL - sum(&RIGHT, &signs)).exp())
}

fn sum<const N: usize>(worth: &[f32; N], signs: &[f32; N]) -> f32 {
    worth
        .iter()
        .zip(signs)
        .map(|(worth, sign)| worth * sign)
        .sum()
}
