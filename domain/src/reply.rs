//! Saved replies: what one has to be like, and its variables filled in.

use protocol::entry::Outcome;
use protocol::forms::ReplyForm;
use protocol::refusal::{Field, Problem};
use protocol::reply::Step;
use protocol::{Refusal, limits};

use crate::text;

/// The minutes of a day.
const DAY_MINUTES: u32 = 24 * 60;

/// Every variable that a saved reply may hold.
pub const VARIABLES: [&str; 5] = [
    "visitor.name",
    "visitor.first_name",
    "visitor.email",
    "agent.name",
    "chatbot.name",
];

/// What the variables stand for in one conversation; empty for what is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Values {
    pub visitor_name: String,
    pub visitor_email: String,
    pub agent_name: String,
    pub chatbot_name: String,
}

impl Values {
    /// The value of a variable; none for one that is not known or does not exist.
    fn of(&self, variable: &str) -> Option<&str> {
        let value = match variable {
            "visitor.name" => self.visitor_name.as_str(),
            "visitor.first_name" => self
                .visitor_name
                .split_whitespace()
                .next()
                .unwrap_or_default(),
            "visitor.email" => &self.visitor_email,
            "agent.name" => &self.agent_name,
            "chatbot.name" => &self.chatbot_name,
            _ => "",
        };
        Some(value.trim()).filter(|value| !value.is_empty())
    }
}

/// A piece of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    Variable {
        /// As it stands there, braces and all.
        whole: &'a str,
        name: &'a str,
        fallback: Option<&'a str>,
    },
}

/// The text with its variables filled in. One that is not known and has no fallback stays as it is;
/// [`blanks`] finds it.
pub fn fill(text: &str, values: &Values) -> String {
    let filled = pieces(text).map(|piece| match piece {
        Piece::Text(text) => text,
        Piece::Variable {
            whole,
            name,
            fallback,
        } => values.of(name).or(fallback).unwrap_or(whole),
    });
    filled.collect()
}

/// The variables of a text that nothing was filled in for, as they stand there, each once.
pub fn blanks(text: &str) -> Vec<&str> {
    let mut blanks = Vec::new();
    for piece in pieces(text) {
        if let Piece::Variable { whole, name, .. } = piece
            && VARIABLES.contains(&name)
            && !blanks.contains(&whole)
        {
            blanks.push(whole);
        }
    }
    blanks
}

/// A reply as it is kept: without surrounding space, its shortcut in lower case.
///
/// # Errors
/// [`Refusal::FieldInvalid`] for the first field that is not as it has to be, and
/// [`Refusal::VariableUnknown`].
pub fn checked(form: ReplyForm) -> Result<ReplyForm, Refusal> {
    let shortcut = shortcut(&form.shortcut)?;
    let title = text::name(&form.title);
    length(Field::Title, &title, limits::REPLY_TITLE)?;
    let words = text::lines(&form.text);
    // What does something, or brings something along, need not say anything.
    if (form.steps.is_empty() && form.files.is_empty()) || !words.is_empty() {
        length(Field::Message, &words, limits::TEXT)?;
    }
    known(&words)?;
    if form.files.len() > limits::ATTACHMENTS {
        return Err(Refusal::TooManyFiles {
            limit: limits::ATTACHMENTS as u32,
        });
    }
    let steps = steps(form.steps)?;
    Ok(ReplyForm {
        shortcut,
        title,
        text: words,
        steps,
        ..form
    })
}

/// Refuses variables that do not exist.
fn known(words: &str) -> Result<(), Refusal> {
    for piece in pieces(words) {
        if let Piece::Variable { name, .. } = piece
            && !VARIABLES.contains(&name)
        {
            let name = text::cut(name, limits::NAME);
            return Err(Refusal::VariableUnknown { name });
        }
    }
    Ok(())
}

/// The steps as they are kept: none that cannot be, and nothing behind the one that leaves.
fn steps(steps: Vec<Step>) -> Result<Vec<Step>, Refusal> {
    let wrong = |problem| {
        let field = Field::Message;
        Refusal::FieldInvalid { field, problem }
    };
    if steps.len() > limits::STEPS {
        let limit = limits::STEPS as u32;
        return Err(wrong(Problem::TooMany { limit }));
    }
    let leaves = steps.iter().position(Step::leaves);
    if leaves.is_some_and(|at| at + 1 < steps.len()) {
        return Err(wrong(Problem::Overlaps));
    }
    let checked = steps.into_iter().map(|step| match step {
        Step::Note(note) => {
            let note = text::lines(&note);
            length(Field::Message, &note, limits::TEXT)?;
            known(&note)?;
            Ok(Step::Note(note))
        }
        Step::Snooze(Some(minutes))
            if !(1..=limits::SNOOZE_DAYS * DAY_MINUTES).contains(&minutes) =>
        {
            let (least, most) = (1, limits::SNOOZE_DAYS * DAY_MINUTES);
            Err(wrong(Problem::OutOfRange { least, most }))
        }
        Step::Resolve(Outcome::AutoClosed | Outcome::Spam) => Err(wrong(Problem::Unknown)),
        step => Ok(step),
    });
    checked.collect()
}

/// What stands behind the slash; the slash itself may be typed or not.
fn shortcut(typed: &str) -> Result<String, Refusal> {
    let typed = typed.trim();
    let shortcut = typed.strip_prefix('/').unwrap_or(typed).to_lowercase();
    length(Field::Shortcut, &shortcut, limits::SHORTCUT)?;
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if shortcut.chars().all(fits) {
        Ok(shortcut)
    } else {
        Err(Refusal::FieldInvalid {
            field: Field::Shortcut,
            problem: Problem::NotAShortcut,
        })
    }
}

fn length(field: Field, text: &str, limit: usize) -> Result<(), Refusal> {
    let problem = if text.is_empty() {
        Problem::Missing
    } else if text.chars().count() > limit {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        Problem::TooLong { limit }
    } else {
        return Ok(());
    };
    Err(Refusal::FieldInvalid { field, problem })
}

/// Cuts a text at its variables. Braces that hold several lines, or that nothing closes, are text.
fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    core::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (before, whole) = next_variable(rest);
        if !before.is_empty() {
            rest = &rest[before.len()..];
            return Some(Piece::Text(before));
        }
        rest = &rest[whole.len()..];
        let inner = &whole[2..whole.len() - 2];
        let (name, fallback) = match inner.split_once('|') {
            Some((name, fallback)) => (name, Some(fallback.trim())),
            None => (inner, None),
        };
        let name = name.trim();
        Some(Piece::Variable {
            whole,
            name,
            fallback,
        })
    })
}

/// The text before the next variable, and the variable; empty when there is none.
fn next_variable(text: &str) -> (&str, &str) {
    let mut from = 0;
    while let Some(open) = text[from..].find("{{") {
        let open = from + open;
        let Some(close) = text[open + 2..].find("}}") else {
            break;
        };
        let end = open + 2 + close + 2;
        let inner = &text[open + 2..end - 2];
        if !inner.trim().is_empty() && !inner.contains('\n') && !inner.contains('{') {
            return (&text[..open], &text[open..end]);
        }
        from = open + 1;
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use protocol::reply::Share;

    use super::*;

    fn values() -> Values {
        Values {
            visitor_name: "Ben Okafor".to_owned(),
            visitor_email: String::new(),
            agent_name: "Ana Ruiz".to_owned(),
            chatbot_name: "Shop help".to_owned(),
        }
    }

    fn form(shortcut: &str, text: &str) -> ReplyForm {
        ReplyForm {
            id: None,
            version: 0,
            share: Share::Own,
            shortcut: shortcut.to_owned(),
            title: "Hello".to_owned(),
            text: text.to_owned(),
            steps: Vec::new(),
            files: Vec::new(),
        }
    }

    #[test]
    fn variables_are_filled_in() {
        for (text, filled) in [
            ("Hi {{visitor.first_name}}!", "Hi Ben!"),
            ("Hi {{ visitor.name | there }}!", "Hi Ben Okafor!"),
            (
                "{{agent.name}}, {{chatbot.name}}{{agent.name}}",
                "Ana Ruiz, Shop helpAna Ruiz",
            ),
            ("At {{visitor.email|your address}}.", "At your address."),
            ("At {{visitor.email|}}.", "At ."),
            ("{{{visitor.first_name}}}", "{Ben}"),
            ("ü{{visitor.first_name}}ü", "üBenü"),
            ("", ""),
        ] {
            assert_eq!(filled, fill(text, &values()), "{text}");
        }
    }

    #[test]
    fn what_nothing_is_known_for_stays_and_is_found() {
        let filled = fill(
            "{{visitor.email}} and {{visitor.email}}, {{visitor.name}}",
            &values(),
        );
        assert_eq!(
            "{{visitor.email}} and {{visitor.email}}, Ben Okafor",
            filled
        );
        assert_eq!(vec!["{{visitor.email}}"], blanks(&filled));
        assert!(blanks("plain {{ and }} and {{}} and {{other}}").is_empty());
    }

    #[test]
    fn braces_that_are_no_variable_are_text() {
        for text in [
            "{{",
            "a {{ b",
            "{{}}",
            "{{ }}",
            "}}{{",
            "{{visitor\n.name}}",
        ] {
            assert_eq!(text, fill(text, &values()), "{text}");
            assert!(checked(form("a", &format!("x{text}"))).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_value_is_never_read_as_a_variable_itself() {
        let values = Values {
            visitor_name: "{{agent.name}}".to_owned(),
            ..values()
        };
        assert_eq!("{{agent.name}}", fill("{{visitor.name}}", &values));
    }

    #[test]
    fn an_unknown_variable_is_refused() {
        assert_eq!(
            Err(Refusal::VariableUnknown {
                name: "visitor.nmae".to_owned()
            }),
            checked(form("hi", "Hi {{visitor.nmae|you}}"))
        );
    }

    #[test]
    fn a_shortcut_is_letters_and_digits_in_lower_case() {
        let kept = checked(form(" /Grüezi-2 ", " Hello. \n")).unwrap();
        assert_eq!(("grüezi-2", "Hello."), (&*kept.shortcut, &*kept.text));
        for (typed, problem) in [
            ("", Problem::Missing),
            ("/", Problem::Missing),
            ("two words", Problem::NotAShortcut),
            ("a/b", Problem::NotAShortcut),
            (&"a".repeat(31), Problem::TooLong { limit: 30 }),
        ] {
            let field = Field::Shortcut;
            assert_eq!(
                Err(Refusal::FieldInvalid { field, problem }),
                checked(form(typed, "x")),
                "{typed}"
            );
        }
    }

    #[test]
    fn title_and_text_are_needed_and_have_an_end() {
        let long = "x".repeat(limits::TEXT + 1);
        for (title, text, field) in [
            (" ", "x", Field::Title),
            ("Hello", " \n", Field::Message),
            ("Hello", long.as_str(), Field::Message),
        ] {
            let mut form = form("a", text);
            form.title = title.to_owned();
            let refused = checked(form);
            assert!(
                matches!(refused, Err(Refusal::FieldInvalid { field: at, .. }) if at == field),
                "{refused:?}"
            );
        }
    }
}
