//! What a program sent, as an object of JSON; what it is instead is said in words about what was sent and
//! not about how it is read here.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Error;

use super::denied::Denied;

/// What editors of some systems put in front of a text (RFC 8259, 8.1: it is none of JSON).
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The object.
pub(super) fn object<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Denied> {
    if bytes.starts_with(MARK) {
        return Err(malformed("it begins with a byte order mark"));
    }
    if std::str::from_utf8(bytes).is_err() {
        return Err(malformed("it is not UTF-8"));
    }
    let text = bytes.trim_ascii();
    if text.is_empty() {
        return Err(malformed("the body is empty"));
    }
    serde_json::from_slice::<IgnoredAny>(text).map_err(|error| malformed(&read(&error)))?;
    // Fields without their names would be read as well, in the order in which they happen to stand here.
    let instead = match text.first() {
        Some(b'{') => None,
        Some(b'[') => Some("a list"),
        Some(b'"') => Some("a text"),
        Some(b'n') => Some("null"),
        Some(b't' | b'f') => Some("true or false"),
        _ => Some("a number"),
    };
    if let Some(instead) = instead {
        let why = format!("{instead} was sent where an object is wanted");
        return Err(Denied::Invalid(why));
    }
    serde_json::from_slice(text).map_err(|error| Denied::Invalid(read(&error)))
}

fn malformed(why: &str) -> Denied {
    Denied::Malformed(why.to_owned())
}

/// What the reader found, in the words of JSON.
fn read(error: &Error) -> String {
    const WORDS: [(&str, &str); 6] = [
        ("EOF while parsing", "it ends within"),
        ("expected ident", "expected true, false or null"),
        ("expected value", "a value is expected"),
        ("invalid type: sequence,", "invalid type: a list,"),
        ("invalid type: map,", "invalid type: an object,"),
        ("unknown variant", "unknown word"),
    ];
    let text = error.to_string();
    let said = WORDS.iter().find_map(|(theirs, ours)| {
        let rest = text.strip_prefix(theirs)?;
        Some(format!("{ours}{rest}"))
    });
    // What stands for a word is asked for as one by its own name.
    said.unwrap_or(text)
        .replace("expected unit", "expected nothing in its place")
}

/// Why a query cannot be read, out of what the library says of it.
pub(super) fn query(why: &str) -> String {
    const WORDS: [(&str, &str); 6] = [
        ("Failed to deserialize query string: ", ""),
        ("invalid digit found in string", "it is no whole number"),
        ("cannot parse integer from empty string", "it is empty"),
        ("number too large to fit in target type", "it is too large"),
        ("unknown variant", "unknown word"),
        ("missing field", "it lacks"),
    ];
    WORDS.iter().fold(why.to_owned(), |why, (theirs, ours)| {
        why.replace(theirs, ours)
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sent {
        #[expect(dead_code, reason = "read and not looked at")]
        word: Word,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Word {
        One,
    }

    fn why(text: &str) -> String {
        match object::<Sent>(text.as_bytes()) {
            Err(Denied::Malformed(why)) => format!("malformed: {why}"),
            Err(Denied::Invalid(why)) => format!("invalid: {why}"),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn what_is_no_object_is_called_by_what_it_is() {
        for (text, what) in [
            ("[]", "a list"),
            ("\"x\"", "a text"),
            ("null", "null"),
            (" 1", "a number"),
            ("-1", "a number"),
            ("true", "true or false"),
        ] {
            let expected = format!("invalid: {what} was sent where an object is wanted");
            assert_eq!(expected, why(text));
        }
        assert_eq!("malformed: the body is empty", why(" \n"));
    }

    #[test]
    fn what_is_json_and_no_word_of_ours_is_no_syntax_error() {
        for text in [
            r#"{"word":1}"#,
            r#"{"word":[]}"#,
            r#"{"word":null}"#,
            r#"{"word":{"one":1}}"#,
            r#"{"word":"two"}"#,
        ] {
            let why = why(text);
            assert!(why.starts_with("invalid: "), "{text}: {why}");
            for theirs in ["variant", "unit", "sequence", "struct", "enum", "Word"] {
                assert!(!why.contains(theirs), "{text}: {why}");
            }
        }
        assert!(object::<Sent>(br#"{"word":"one"}"#).is_ok());
    }
}
