//! Signs that a visitor is frustrated.

use super::phrases;

/// English and German: what people say when they have had enough.
const ENOUGH: &str = "this is ridiculous|this is useless|you are useless|youre useless|useless bot|stupid bot|dumb bot|not helpful at all|this is not helping|youre not helping|you are not helping|waste of time|fed up|so frustrating|so frustrated|i am frustrated|im frustrated|worst service|terrible service|unacceptable|i already told you|i told you already|for the third time|doesnt help at all|wtf|das ist lächerlich|völlig nutzlos|nutzloser bot|dummer bot|das hilft nicht|hilft mir nicht weiter|zeitverschwendung|unverschämt|so frustrierend|zum dritten mal|habe ich schon gesagt|inakzeptabel";
/// Letters that a shouted message has at least; shorter ones are often abbreviations.
const SHOUT: usize = 12;

/// What shows that the visitor is frustrated.
pub(super) fn frustration(text: &str) -> Option<String> {
    let words = phrases::words(text);
    if let Some(phrase) = ENOUGH
        .split('|')
        .find(|phrase| phrases::holds_plain(&words, phrase))
    {
        return Some(phrase.to_owned());
    }
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (count, lower) = letters.fold((0, 0), |(count, lower), c| {
        (count + 1, lower + usize::from(c.is_lowercase()))
    });
    if count >= SHOUT && lower == 0 && words.len() > 2 && text.chars().any(char::is_uppercase) {
        return Some("written in capitals".to_owned());
    }
    (text.contains("!!!") || text.contains("???")).then(|| "repeated punctuation".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_had_enough_is_heard() {
        for text in [
            "This is ridiculous, I asked three times",
            "You're useless",
            "WHY IS NOBODY ANSWERING ME",
            "hello???",
            "Das ist doch Zeitverschwendung",
        ] {
            assert!(frustration(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_plain_question_is_not_anger() {
        for text in [
            "How do I reset my password?",
            "Is GDPR OK?",
            "Thanks!",
            "HTTP API",
        ] {
            assert_eq!(None, frustration(text), "{text}");
        }
    }
}
