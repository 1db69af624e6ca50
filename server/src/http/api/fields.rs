//! The fields of a body and of a query: which there are, what each has to be, and in words what is wrong
//! with the first that is not.

use serde_json::Value;
use uuid::Uuid;

use super::denied::Denied;

/// Characters of what was sent that are said again.
const ECHO: usize = 60;

/// What a field has to be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Text,
    Id,
    /// One of these.
    Word(&'static [&'static str]),
    /// A whole number within these.
    Number(u64, u64),
}

/// The fields that there are.
pub(crate) type Known = &'static [(&'static str, Kind)];

/// Refuses what has other fields than there are, or one that is not what it has to be.
pub(super) fn check(known: Known, sent: &[(String, Value)]) -> Result<(), Denied> {
    for (at, (name, value)) in sent.iter().enumerate() {
        let Some((_, kind)) = known.iter().find(|(known, _)| known == name) else {
            let known: Vec<_> = known.iter().map(|(name, _)| *name).collect();
            let known = listed(&known);
            return Err(wrong(
                name,
                &format!("is no field of this; there is {known}"),
            ));
        };
        if sent[..at].iter().any(|(before, _)| before == name) {
            return Err(wrong(name, "was sent twice"));
        }
        if let Some(why) = kind.lacks(value) {
            return Err(wrong(name, &why));
        }
    }
    Ok(())
}

/// Refuses what lacks one of the fields.
pub(super) fn all_there(known: Known, sent: &[(String, Value)]) -> Result<(), Denied> {
    let mut names = known.iter().map(|(name, _)| *name);
    let lacking = names.find(|known| sent.iter().all(|(name, _)| name != known));
    lacking.map_or(Ok(()), |name| Err(wrong(name, "is missing")))
}

/// A field is not as it has to be.
pub(super) fn wrong(name: &str, why: &str) -> Denied {
    let name = echoed(name);
    Denied::Field {
        why: format!("\"{name}\" {why}."),
        name,
        asked: false,
    }
}

impl Kind {
    /// What a value lacks to be this.
    fn lacks(self, value: &Value) -> Option<String> {
        let text = value.as_str();
        let (is, wanted) = match self {
            Self::Text => (text.is_some(), "a text".to_owned()),
            Self::Id => {
                let is = text.is_some_and(|text| Uuid::parse_str(text).is_ok());
                (is, "a UUID".to_owned())
            }
            Self::Word(words) => {
                let is = text.is_some_and(|text| words.contains(&text));
                (is, listed(words))
            }
            Self::Number(least, most) => {
                let number = text.and_then(|text| text.parse().ok());
                let is = number.is_some_and(|number| (least..=most).contains(&number));
                let to = match most {
                    u64::MAX => format!("a whole number from {least} on"),
                    most => format!("a whole number from {least} to {most}"),
                };
                (is, to)
            }
        };
        (!is).then(|| format!("has to be {wanted}, and {} was sent", called(value)))
    }
}

/// What was sent, by the word of JSON for it; a text is said again.
pub(super) fn called(value: &Value) -> String {
    let word = match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
        Value::String(text) if text.is_empty() => "nothing",
        Value::String(text) => return format!("\"{}\"", echoed(text)),
    };
    word.to_owned()
}

/// Not all of it, and nothing that is not seen.
fn echoed(text: &str) -> String {
    let seen = text.chars().filter(|letter| !letter.is_control());
    let mut seen = seen.collect::<Vec<_>>();
    if seen.len() > ECHO {
        seen.truncate(ECHO);
        seen.push('…');
    }
    seen.into_iter().collect()
}

fn listed(words: &[&str]) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} or {last}", before.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const KNOWN: Known = &[
        ("text", Kind::Text),
        ("handoff", Kind::Id),
        ("outcome", Kind::Word(&["closed", "restored_to_ai"])),
        ("limit", Kind::Number(1, 50)),
    ];

    fn said(name: &str, value: Value) -> String {
        match check(KNOWN, &[(name.to_owned(), value)]) {
            Err(Denied::Field { name: of, why, .. }) => {
                assert_eq!(of, name);
                why
            }
            other => panic!("{name}: {other:?}"),
        }
    }

    #[test]
    fn a_field_is_called_by_its_name_and_what_it_has_to_be() {
        for (name, value, expected) in [
            (
                "text",
                json!(7),
                "\"text\" has to be a text, and a number was sent.",
            ),
            (
                "handoff",
                json!("seven"),
                "\"handoff\" has to be a UUID, and \"seven\" was sent.",
            ),
            (
                "outcome",
                json!("spam"),
                "\"outcome\" has to be \"closed\" or \"restored_to_ai\", and \"spam\" was sent.",
            ),
            (
                "limit",
                json!("51"),
                "\"limit\" has to be a whole number from 1 to 50, and \"51\" was sent.",
            ),
            (
                "limit",
                json!(""),
                "\"limit\" has to be a whole number from 1 to 50, and nothing was sent.",
            ),
            (
                "to",
                json!("all"),
                "\"to\" is no field of this; there is \"text\", \"handoff\", \"outcome\" or \"limit\".",
            ),
        ] {
            assert_eq!(expected, said(name, value));
        }
        let long = said("outcome", json!("x".repeat(1_000)));
        assert!(long.len() < 200, "{long}");
    }

    #[test]
    fn what_is_missing_or_there_twice_is_said() {
        let text = ("text".to_owned(), json!("Hi"));
        let why = |found: Result<(), Denied>| match found {
            Err(Denied::Field { why, .. }) => why,
            other => panic!("{other:?}"),
        };
        let twice = check(KNOWN, &[text.clone(), text.clone()]);
        assert_eq!("\"text\" was sent twice.", why(twice));
        let missing = all_there(KNOWN, &[text]);
        assert_eq!("\"handoff\" is missing.", why(missing));
    }
}
