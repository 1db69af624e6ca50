//! Letters as they are compared: without case, accents and forms that only look different.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A word is cut after so many letters, kept and asked for alike.
const LONGEST: usize = 40;

/// A word as it is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Folded {
    pub(super) text: String,
    /// How many letters of the text came from each letter as it was written.
    pub(super) lengths: Vec<usize>,
}

impl Folded {
    /// Adds a letter of the text as it was written.
    pub(super) fn push(&mut self, letter: char) {
        let before = self.text.chars().count();
        let room = LONGEST.saturating_sub(before);
        self.text.extend(fold(letter).into_iter().take(room));
        self.lengths.push(self.text.chars().count() - before);
    }

    /// How many letters as they were written make up so many of the folded ones.
    pub(super) fn written(&self, folded: usize) -> usize {
        let mut at = 0;
        let reached = self.lengths.iter().position(|length| {
            at += length;
            at >= folded
        });
        reached.map_or(self.lengths.len(), |last| last + 1)
    }
}

/// A letter as it is compared; it may be none, or several.
fn fold(letter: char) -> Vec<char> {
    if letter.is_ascii() {
        return vec![letter.to_ascii_lowercase()];
    }
    let mut folded = Vec::new();
    for letter in std::iter::once(letter).nfkc() {
        if is_unspaced(letter) {
            folded.push(letter);
            continue;
        }
        let bare = std::iter::once(letter)
            .nfd()
            .filter(|part| !is_accent(*part));
        for letter in bare.flat_map(char::to_lowercase) {
            match letter {
                'ß' => folded.extend(['s', 's']),
                'æ' => folded.extend(['a', 'e']),
                'œ' => folded.extend(['o', 'e']),
                'ø' => folded.push('o'),
                'ł' => folded.push('l'),
                'đ' => folded.push('d'),
                letter if is_accent(letter) => {}
                letter => folded.push(letter),
            }
        }
    }
    folded
}

/// Whether it belongs to a word. Marks do: in many scripts they are the vowels.
pub(super) fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || (!letter.is_ascii() && is_combining_mark(letter))
}

/// Whether it is of a script that puts no spaces between words: Chinese, Japanese, Thai, Lao, Khmer,
/// Burmese, and Korean, which attaches to its words what others put beside them.
pub(super) fn is_unspaced(letter: char) -> bool {
    matches!(u32::from(letter),
        0x0E00..=0x0EFF
        | 0x1000..=0x109F
        | 0x1780..=0x17FF
        | 0x3005..=0x3007
        | 0x3040..=0x30FF
        | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF
        | 0xAC00..=0xD7AF
        | 0xF900..=0xFAFF
        | 0x20000..=0x3FFFF)
}

/// Whether it is a sign of its own: arrows, symbols and emoji, but no punctuation.
pub(super) fn is_sign(letter: char) -> bool {
    matches!(u32::from(letter), 0x20A0..=0x20CF | 0x2190..=0x2BFF | 0x1F000..=0x1FAFF)
}

/// Marks that people leave out: accents of Latin, Greek and Cyrillic letters, and the points and
/// vowels over Hebrew and Arabic ones.
fn is_accent(mark: char) -> bool {
    matches!(u32::from(mark), 0x0300..=0x036F | 0x0591..=0x05C7 | 0x064B..=0x065F | 0x0670)
}
