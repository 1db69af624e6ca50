//! A text in the pieces by which it is found.

use super::fold::{Folded, is_letter, is_sign, is_unspaced};

/// A piece of a text, and at which of its letters it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Letters and digits between spaces or punctuation.
    Word { at: usize, folded: Folded },
    /// Letters of a script without spaces, with the place of each.
    Run { at: Vec<usize>, letters: Vec<char> },
    /// An emoji or another sign.
    Sign { at: usize, sign: char },
}

/// The pieces of a text in their order.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    // Whether the next letter may belong to the piece before.
    let mut goes_on = false;
    for (at, letter) in text.chars().enumerate() {
        if is_sign(letter) {
            found.push(Piece::Sign { at, sign: letter });
            goes_on = false;
        } else if !is_letter(letter) {
            goes_on = false;
        } else if is_unspaced(folded(letter)) {
            let letter = folded(letter);
            match found.last_mut().filter(|_| goes_on) {
                Some(Piece::Run {
                    at: places,
                    letters,
                }) => {
                    places.push(at);
                    letters.push(letter);
                }
                _ => found.push(Piece::Run {
                    at: vec![at],
                    letters: vec![letter],
                }),
            }
            goes_on = true;
        } else {
            match found.last_mut().filter(|_| goes_on) {
                Some(Piece::Word { folded, .. }) => folded.push(letter),
                _ => {
                    let mut folded = Folded::default();
                    folded.push(letter);
                    found.push(Piece::Word { at, folded });
                }
            }
            goes_on = true;
        }
    }
    found.retain(|piece| match piece {
        Piece::Word { folded, .. } => !folded.text.is_empty(),
        Piece::Run { .. } | Piece::Sign { .. } => true,
    });
    found
}

/// A letter in its usual form where its script has no spaces: half-width Katakana is Katakana.
fn folded(letter: char) -> char {
    if letter.is_ascii() {
        return letter;
    }
    let mut one = Folded::default();
    one.push(letter);
    let mut letters = one.text.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => only,
        _ => letter,
    }
}
