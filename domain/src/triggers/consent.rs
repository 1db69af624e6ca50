//! Yes or no to what the AI proposed.

use super::clause::is_in;
use super::phrases;

/// What an answer begins with, or is.
const YES: &str = "yes yeah yep yup sure ok okay please ja gerne bitte klar jo einverstanden";
const NO: &str = "no nope nah nein nö";
/// What may follow and leaves it an answer, in any order.
const AFTER_YES: &str = "please i id would like love want to that this it do so lets go ahead be is \
    great good nice fine perfect helpful lovely thanks thank you very much absolutely definitely \
    talk speak connect me with someone somebody a an person human \
    das ich möchte will hätte mag wäre gut super prima toll nett sehr danke mach machen wir mir \
    einen mit jemand jemandem jemanden mensch menschen sprechen reden verbinden sie";
const AFTER_NO: &str = "thanks thank you need im i am good fine ok okay its all right alright that is \
    danke brauche ich nicht nötig schon alles passt ist so";
/// Answers that begin with neither.
const ALSO_YES: &str = "go ahead|that would be great|that would be nice|do that";
const ALSO_NO: &str =
    "not now|not yet|not necessary|never mind|nicht nötig|noch nicht|lieber nicht|jetzt nicht";

/// Whether a message is nothing but a yes or a no, in English or German.
pub fn consent(text: &str) -> Option<bool> {
    // Nobody needs more words for it, and a long text is not read for nothing.
    if text.len() > 60 {
        return None;
    }
    let words = phrases::words(text);
    let (first, rest) = words.split_first()?;
    let is = |begins: &str, goes_on: &str| {
        is_in(begins, first)
            && rest
                .iter()
                .all(|word| is_in(begins, word) || is_in(goes_on, word))
    };
    let said = words.join(" ");
    let among = |answers: &str| answers.split('|').any(|answer| answer == said);
    if is(YES, AFTER_YES) || among(ALSO_YES) {
        Some(true)
    } else if is(NO, AFTER_NO) || among(ALSO_NO) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_yes_or_no_is_an_answer() {
        assert_eq!(Some(true), consent("Yes, please!"));
        assert_eq!(Some(true), consent("ja gerne"));
        for yes in [
            "yes I would like that",
            "Yes, connect me with someone please",
            "ok, go ahead",
            "Sure, that'd be great".replace("'d", " would").as_str(),
            "ja, das wäre super",
            "Ja, ich möchte mit jemandem sprechen",
            "Go ahead!",
        ] {
            assert_eq!(Some(true), consent(yes), "{yes}");
        }
        for no in [
            "no, I'm good thanks",
            "No need",
            "nein, brauche ich nicht",
            "Not now",
        ] {
            assert_eq!(Some(false), consent(no), "{no}");
        }
        assert_eq!(Some(false), consent("No thanks."));
        assert_eq!(Some(false), consent("Nein, danke"));
    }

    #[test]
    fn a_sentence_that_begins_with_yes_is_more_than_an_answer() {
        for more in [
            "Yes, but how do I change my plan?",
            "Is there no other way?",
            "OK, where is my order?",
            "Please tell me more",
            "No, it is still broken",
            "Nein, das ist falsch",
            "ja aber nicht heute",
            "Sure it is broken",
        ] {
            assert_eq!(None, consent(more), "{more}");
        }
    }
}
