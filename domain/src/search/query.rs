//! What is asked for: every term has to be there, in whatever order.

use protocol::search::Mark;
use protocol::{Refusal, limits};

use super::grams;
use super::pieces::{Piece, pieces};

/// Terms of one query; what comes after them is not asked for.
const TERMS: usize = 12;

/// One thing that has to be in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A word, by its beginning.
    Begins(String),
    /// A word of one letter, which would begin too many.
    Is(String),
    /// Letters that follow each other in a script without spaces.
    Run(Vec<char>),
}

/// What somebody looks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query(Vec<Term>);

impl Query {
    /// Reads what was typed. Any text is a query: there are no operators to get wrong, and one without
    /// letters finds nothing.
    ///
    /// # Errors
    /// [`Refusal::TextTooLong`].
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let characters = text.chars().count();
        if characters > limits::QUERY {
            return Err(Refusal::TextTooLong {
                characters: u32::try_from(characters).unwrap_or(u32::MAX),
                limit: limits::QUERY as u32,
            });
        }
        let mut terms: Vec<Term> = Vec::new();
        for piece in pieces(text) {
            let term = match piece {
                Piece::Word { folded, .. } if folded.text.chars().count() == 1 => {
                    Term::Is(folded.text)
                }
                Piece::Word { folded, .. } => Term::Begins(folded.text),
                Piece::Run { letters, .. } => Term::Run(letters),
                Piece::Sign { sign, .. } => Term::Is(sign.to_string()),
            };
            if terms.len() < TERMS && !terms.contains(&term) {
                terms.push(term);
            }
        }
        Ok(Self(terms))
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The kept words that have to be there: each with whether its beginning is enough. They hold
    /// letters, digits and single signs, and nothing that a database reads as anything else.
    pub fn words(&self) -> Vec<(String, bool)> {
        let mut words = Vec::new();
        for term in &self.0 {
            match term {
                Term::Begins(word) => words.push((word.clone(), true)),
                Term::Is(word) => words.push((word.clone(), false)),
                Term::Run(letters) if letters.len() == 1 => {
                    words.push((letters[0].to_string(), false));
                }
                // The pairs hold the letters.
                Term::Run(letters) => {
                    words.extend(grams(letters).skip(letters.len()).map(|pair| (pair, false)));
                }
            }
        }
        words.sort();
        words.dedup();
        words
    }

    /// Where the terms stand in a text, in its letters: in order, and none within another.
    pub fn marks(&self, text: &str) -> Vec<Mark> {
        let mut spans: Vec<(usize, usize)> = Vec::new();
        for piece in pieces(text) {
            for term in &self.0 {
                match (&piece, term) {
                    (Piece::Word { at, folded }, Term::Begins(word))
                        if folded.text.starts_with(word.as_str()) =>
                    {
                        spans.push((*at, at + folded.written(word.chars().count())));
                    }
                    (Piece::Word { at, folded }, Term::Is(word)) if folded.text == *word => {
                        spans.push((*at, at + folded.lengths.len()));
                    }
                    (Piece::Sign { at, sign }, Term::Is(word)) if word.starts_with(*sign) => {
                        spans.push((*at, at + 1));
                    }
                    (Piece::Run { at, letters }, Term::Run(run)) => {
                        let starts = letters.windows(run.len()).enumerate();
                        let starts = starts.filter(|(_, part)| part == run);
                        spans.extend(starts.map(|(from, _)| (at[from], at[from] + run.len())));
                    }
                    _ => {}
                }
            }
        }
        spans.sort_unstable();
        let mut marks: Vec<Mark> = Vec::new();
        for (from, to) in spans {
            let (from, to) = (number(from), number(to));
            match marks.last_mut().filter(|last| last.to >= from) {
                Some(last) => last.to = last.to.max(to),
                None => marks.push(Mark { from, to }),
            }
        }
        marks
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
