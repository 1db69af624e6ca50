//! Finding what was said: which words a text is found by, what a query asks for, and where its words
//! stand.
//!
//! One reading for everything: the words that are kept, the words that are asked for and the marks
//! come from the same pieces, so that a line that is found can always be shown with what was found
//! in it, on SQLite as on PostgreSQL.

mod excerpt;
mod fold;
mod pieces;
mod query;
#[cfg(test)]
mod tests;

pub use excerpt::excerpt;
pub use query::{Query, Term};

use std::collections::BTreeSet;

use pieces::{Piece, pieces};

/// The words by which texts are found, each once, behind one another; none where there is nothing to
/// find.
pub fn index<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut words = BTreeSet::new();
    for text in texts {
        for piece in pieces(text) {
            match piece {
                Piece::Word { folded, .. } => {
                    words.insert(folded.text);
                }
                Piece::Run { letters, .. } => words.extend(grams(&letters)),
                Piece::Sign { sign, .. } => {
                    words.insert(sign.to_string());
                }
            }
        }
    }
    let words: Vec<String> = words.into_iter().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The digits of a phone number as one word, whatever stands between them.
pub fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// Scripts without spaces between words are found by every letter and every two that follow each
/// other: a longer run is found where all of its pairs are.
fn grams(letters: &[char]) -> impl Iterator<Item = String> {
    let singles = letters.iter().map(char::to_string);
    let pairs = letters.windows(2).map(|pair| pair.iter().collect());
    singles.chain(pairs)
}
