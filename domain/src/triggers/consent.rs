//! Yes or no to what the AI proposed.

use super::phrases;

const YES: &str = "yes|yes please|yeah|yep|yup|sure|sure please|ok|okay|ok please|please|please do|yes do that|go ahead|that would be great|that would be nice|ja|ja bitte|ja gerne|gerne|bitte|klar|jo|einverstanden";
const NO: &str = "no|no thanks|no thank you|nope|nah|not now|not yet|no need|not necessary|never mind|nein|nein danke|nö|nicht nötig|noch nicht|lieber nicht|jetzt nicht";

/// Whether a message is nothing but a yes or a no, in English or German.
pub fn consent(text: &str) -> Option<bool> {
    // Nobody needs more words for it, and a long text is not read for nothing.
    if text.len() > 60 {
        return None;
    }
    let said = phrases::words(text).join(" ");
    if YES.split('|').any(|yes| yes == said) {
        Some(true)
    } else if NO.split('|').any(|no| no == said) {
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
        assert_eq!(Some(false), consent("No thanks."));
        assert_eq!(Some(false), consent("Nein, danke"));
    }

    #[test]
    fn a_sentence_that_begins_with_yes_is_more_than_an_answer() {
        assert_eq!(None, consent("Yes, but how do I change my plan?"));
        assert_eq!(None, consent("Is there no other way?"));
    }
}
