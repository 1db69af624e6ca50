//! Phrases in a text: whole words, in any case, whatever stands between them.

/// The first of these phrases that the text holds, as the owner wrote it.
pub(super) fn first_in(text: &str, phrases: &[String]) -> Option<String> {
    if phrases.is_empty() {
        return None;
    }
    let words = words(text);
    phrases.iter().find(|phrase| holds(&words, phrase)).cloned()
}

/// Whether the words of a phrase follow each other somewhere.
pub(super) fn holds(words: &[String], phrase: &str) -> bool {
    let phrase = self::words(phrase);
    !phrase.is_empty() && words.windows(phrase.len()).any(|window| window == phrase)
}

/// As [`holds`], for the built-in lists: the phrase is written in lower case with single spaces, so
/// nothing has to be made of it for every message.
pub(super) fn holds_plain(words: &[String], phrase: &str) -> bool {
    (0..words.len()).any(|start| {
        let mut from = words[start..].iter();
        phrase
            .split(' ')
            .all(|word| from.next().is_some_and(|said| said == word))
    })
}

/// The words of a text, in lower case and without apostrophes.
pub(super) fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace(['\'', '’', '`'], "");
    let words = lower.split(|c: char| !c.is_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, phrases: &[&str]) -> Option<String> {
        let phrases: Vec<_> = phrases.iter().map(|phrase| (*phrase).to_owned()).collect();
        first_in(text, &phrases)
    }

    #[test]
    fn a_phrase_is_found_in_any_case_and_across_punctuation() {
        let phrase = Some("Money back".to_owned());
        assert_eq!(
            phrase,
            found("I want my MONEY-BACK!", &["refund", "Money back"])
        );
    }

    #[test]
    fn a_built_in_phrase_is_found_like_any_other() {
        for (text, phrase) in [
            ("Well, this is ridiculous!", "this is ridiculous"),
            ("this is", "this is ridiculous"),
            ("this was, this is ridiculous", "this is ridiculous"),
            ("", "wtf"),
            ("WTF", "wtf"),
        ] {
            let words = words(text);
            assert_eq!(holds(&words, phrase), holds_plain(&words, phrase), "{text}");
        }
    }

    #[test]
    fn a_part_of_a_word_is_no_word() {
        assert_eq!(None, found("What does refunding mean?", &["refund"]));
        assert_eq!(None, found("money, not back", &["money back"]));
    }
}
