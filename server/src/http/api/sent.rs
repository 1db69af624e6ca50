//! What a program sent, as an object of JSON; what it is instead is said in words about what was sent and
//! not about how it is read here.

use std::fmt;

use serde::de::{DeserializeOwned, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Error, Value};

use super::denied::Denied;
use super::fields::{self, Known};

/// What editors of some systems put in front of a text (RFC 8259, 8.1: it is none of JSON).
const MARK: &[u8] = b"\xef\xbb\xbf";

/// What may be sent.
pub(super) trait Sent: DeserializeOwned {
    /// Its fields, all of which have to be there.
    const FIELDS: Known;
}

/// The object.
pub(super) fn object<T: Sent>(bytes: &[u8]) -> Result<T, Denied> {
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
    let invalid = |error: Error| Denied::Invalid(beyond(&error));
    let Pairs(sent) = serde_json::from_slice(text).map_err(invalid)?;
    fields::check(T::FIELDS, &sent)?;
    fields::all_there(T::FIELDS, &sent)?;
    serde_json::from_slice(text).map_err(invalid)
}

/// The fields of an object in their order, also one that is there twice.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Pairs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

/// Why what is JSON cannot be held.
fn beyond(error: &Error) -> String {
    let text = error.to_string();
    let why = match () {
        () if text.contains("recursion") => "it is nested too deeply",
        () if text.contains("out of range") => "a number in it is too large",
        () => "a text in it holds what is no character",
    };
    format!("{why}, at line {} column {}", error.line(), error.column())
}

fn malformed(why: &str) -> Denied {
    Denied::Malformed(why.to_owned())
}

/// What the reader found, in the words of JSON.
fn read(error: &Error) -> String {
    const WORDS: [(&str, &str); 3] = [
        ("EOF while parsing", "it ends within"),
        ("expected ident", "expected true, false or null"),
        ("expected value", "a value is expected"),
    ];
    let text = error.to_string();
    let said = WORDS.iter().find_map(|(theirs, ours)| {
        let rest = text.strip_prefix(theirs)?;
        Some(format!("{ours}{rest}"))
    });
    said.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::super::fields::Kind;
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Said {
        #[expect(dead_code, reason = "read and not looked at")]
        word: Word,
    }

    impl Sent for Said {
        const FIELDS: Known = &[("word", Kind::Word(&["one"]))];
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Word {
        One,
    }

    fn why(text: &str) -> String {
        match object::<Said>(text.as_bytes()) {
            Err(Denied::Malformed(why)) => format!("malformed: {why}"),
            Err(Denied::Invalid(why) | Denied::Field { why, .. }) => format!("invalid: {why}"),
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
    fn what_is_json_and_not_as_it_has_to_be_is_no_syntax_error() {
        let deep = format!(r#"{{"word":{}{}}}"#, "[".repeat(200), "]".repeat(200));
        for (text, expected) in [
            (
                r#"{"word":1}"#,
                "\"word\" has to be \"one\", and a number was sent.",
            ),
            (
                r#"{"word":[]}"#,
                "\"word\" has to be \"one\", and a list was sent.",
            ),
            (
                r#"{"word":null}"#,
                "\"word\" has to be \"one\", and null was sent.",
            ),
            (
                r#"{"word":{"one":1}}"#,
                "\"word\" has to be \"one\", and an object was sent.",
            ),
            (
                r#"{"word":"two"}"#,
                "\"word\" has to be \"one\", and \"two\" was sent.",
            ),
            (r#"{"word":"one","word":"one"}"#, "\"word\" was sent twice."),
            ("{}", "\"word\" is missing."),
            (
                r#"{"word":"\ud800"}"#,
                "a text in it holds what is no character",
            ),
            (r#"{"word":1e999}"#, "a number in it is too large"),
            (&deep, "it is nested too deeply"),
        ] {
            let why = why(text);
            let (_, why) = why.split_once("invalid: ").expect("it is JSON");
            let (why, _) = why.split_once(", at line").unwrap_or((why, ""));
            assert_eq!(expected, why, "{text}");
        }
        assert!(object::<Said>(br#"{"word":"one"}"#).is_ok());
    }
}
