//! Checks and cuts of what people write.

use protocol::{Refusal, limits};

/// A message or note that may be kept: with something to see in it, not too long, without surrounding space.
///
/// # Errors
/// [`Refusal::TextEmpty`] or [`Refusal::TextTooLong`].
pub fn checked(text: &str) -> Result<String, Refusal> {
    // NUL ends a text in PostgreSQL, which refuses it.
    let text = text.replace('\0', "");
    let text = text.trim();
    if !shows(text) {
        return Err(Refusal::TextEmpty);
    }
    let characters = text.chars().count();
    if characters > limits::TEXT {
        let characters = u32::try_from(characters).unwrap_or(u32::MAX);
        return Err(Refusal::TextTooLong {
            characters,
            limit: limits::TEXT as u32,
        });
    }
    Ok(text.to_owned())
}

/// Whether there is something to see in a text.
pub fn shows(text: &str) -> bool {
    text.chars().any(is_visible)
}

/// Whether a character shows: no space, no sign that only steers how others look, and none of the
/// blanks that are letters by their class (Unicode's `Default_Ignorable_Code_Point`, and Braille's).
fn is_visible(c: char) -> bool {
    let ignorable = matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    );
    !ignorable && !c.is_whitespace() && !c.is_control()
}

/// A name as it is kept: without surrounding space, without characters nobody can see, and without those
/// that turn the direction of what stands beside it.
pub fn name(name: &str) -> String {
    let kept = |c: &char| !c.is_control() && !turns(*c);
    name.trim().chars().filter(kept).collect()
}

/// Whether a character begins or ends a stretch of another direction (the explicit formatting characters
/// of Unicode's UAX #9, section 2): names that hold one look like other names, and mix up the sentence
/// that they stand in.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What somebody wrote into a field: without surrounding space, and of the characters nobody can
/// see only the line breaks.
pub fn lines(text: &str) -> String {
    let kept = |c: &char| *c == '\n' || !c.is_control();
    text.trim().chars().filter(kept).collect()
}

/// The last `limit` characters; an ellipsis stands for what was before. For what is looked at while
/// it is typed.
pub fn ending(text: &str, limit: usize) -> String {
    let text: String = text
        .chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect();
    let over = text.chars().count().saturating_sub(limit);
    if over == 0 {
        return text;
    }
    let mut end = String::from("…");
    end.extend(text.chars().skip(over + 1));
    end
}

/// The first `limit` characters on one line; an ellipsis stands for the rest.
pub fn cut(text: &str, limit: usize) -> String {
    let mut line = String::new();
    for (count, word) in text.split_whitespace().enumerate() {
        if count > 0 {
            line.push(' ');
        }
        line.extend(word.chars().filter(|c| !c.is_control()));
        if line.chars().count() > limit {
            let mut short: String = line.chars().take(limit.saturating_sub(1)).collect();
            short.push('…');
            return short;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_text_is_refused() {
        assert_eq!(Err(Refusal::TextEmpty), checked(" \n\t "));
    }

    #[test]
    fn a_text_of_which_nothing_shows_is_empty() {
        for invisible in [
            "\u{200b}",
            " \u{200d}\u{feff}\n",
            "\u{2060}\u{ad}",
            "\u{3164}",
            "\u{2800}",
            "\u{fe0f}",
            "\u{202e}\u{202c}",
            "\u{7}",
        ] {
            assert_eq!(Err(Refusal::TextEmpty), checked(invisible), "{invisible:?}");
        }
        // Between what shows they mean something: a family is one picture of three.
        for visible in [
            "👨\u{200d}👩\u{200d}👧",
            "می\u{200c}خواهم",
            ".",
            "❤\u{fe0f}",
        ] {
            assert_eq!(Ok(visible.to_owned()), checked(visible));
        }
    }

    #[test]
    fn a_text_over_the_limit_is_refused_with_its_length() {
        let long = "ä".repeat(limits::TEXT + 1);
        assert_eq!(
            Err(Refusal::TextTooLong {
                characters: 4_001,
                limit: 4_000
            }),
            checked(&long)
        );
        assert!(checked(&"ä".repeat(limits::TEXT)).is_ok());
    }

    #[test]
    fn a_cut_line_holds_no_breaks_and_ends_in_an_ellipsis() {
        assert_eq!("one two", cut("one\n\ntwo", 20));
        assert_eq!("one t…", cut("one two three", 6));
    }
}
