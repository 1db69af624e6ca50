//! The handoff brief: what whoever takes over has to know, by rules out of the entries before the request.

use protocol::entry::{Author, Body, Message, Trigger};

use super::{Line, What};

/// More than this of the visitor's wish is cut off: the words themselves stand below.
const WISH: usize = 160;

/// What is known when a person is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Brief {
    /// The visitor's words that say what it is about.
    pub(crate) wants: String,
    pub(crate) trigger: Trigger,
    pub(crate) reason: String,
    /// What the assistant quoted, each once.
    pub(crate) tried: Vec<String>,
}

impl Brief {
    /// The brief of the assistant's part, if the visitor said anything in it.
    pub(super) fn of(part: &[Line], trigger: Trigger, reason: &str) -> Option<Self> {
        let said: Vec<(Author, &Message)> = part.iter().filter_map(message).collect();
        let by_visitor = said.iter().filter(|(author, _)| *author == Author::Visitor);
        let words: Vec<String> = by_visitor
            .map(|(_, message)| message.text.plain().trim().to_owned())
            .filter(|words| !words.is_empty())
            .collect();
        // The wish for a person says nothing of what it is about; what was said before may.
        let is_wish = matches!(trigger, Trigger::Wish);
        let wants = match &words[..] {
            [] => return None,
            [.., before, _] if is_wish => before,
            [.., last] => last,
        };
        let mut tried: Vec<String> = Vec::new();
        for source in said.iter().flat_map(|(_, message)| &message.sources) {
            if !tried.contains(&source.title) {
                tried.push(source.title.clone());
            }
        }
        Some(Self {
            wants: cut(wants),
            trigger,
            reason: reason.to_owned(),
            tried,
        })
    }
}

fn message(line: &Line) -> Option<(Author, &Message)> {
    match &line.what {
        What::Says { entry, .. } => match &entry.body {
            Body::Message(message) => Some((entry.author, message)),
            Body::Note(_) | Body::NoteEdited(_) | Body::Event(_) => None,
        },
        _ => None,
    }
}

/// As many words as fit.
fn cut(text: &str) -> String {
    if text.chars().count() <= WISH {
        return text.to_owned();
    }
    let short: String = text.chars().take(WISH).collect();
    let whole = short
        .rsplit_once(' ')
        .map_or(short.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_long_wish_is_cut_between_words() {
        assert_eq!("short", cut("short"));
        let long = "word ".repeat(60);
        let cut = cut(&long);
        assert!(
            cut.ends_with("word…") && cut.chars().count() <= 161,
            "{cut}"
        );
    }
}
