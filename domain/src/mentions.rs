//! Colleagues named in a note: `@Ana Ruiz`, in any case, at the start of a word.

use protocol::{AgentId, limits};

/// A colleague as a note names one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub agent: AgentId,
    /// As it was when the note was written.
    pub name: String,
}

/// A piece of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    /// A colleague's name with its `@`, as it was written.
    Mention(AgentId, &'a str),
}

/// Those of a team whom a text names, each once, in the order of their names in the text.
pub fn named(text: &str, team: &[Named]) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for piece in pieces(text, team) {
        if let Piece::Mention(agent, _) = piece
            && found.len() < limits::MENTIONS
            && found.iter().all(|known| known.agent != agent)
        {
            found.extend(team.iter().find(|one| one.agent == agent).cloned());
        }
    }
    found
}

/// Cuts a text at the names of these people. Of several names that fit the longest counts, so that
/// `@Ana Ruiz` is not Ana.
pub fn pieces<'a>(text: &'a str, people: &[Named]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let (mut begin, mut from) = (0, 0);
    while let Some(at) = text[from..].find('@') {
        let at = from + at;
        from = at + 1;
        // An address such as ana@example.org names nobody.
        if text[..at].chars().next_back().is_some_and(is_word) {
            continue;
        }
        let fits = people.iter().filter_map(|one| {
            let end = from + name_at(&text[from..], &one.name)?;
            Some((end, one.agent))
        });
        if let Some((end, agent)) = fits.max_by_key(|(end, _)| *end) {
            if begin < at {
                pieces.push(Piece::Text(&text[begin..at]));
            }
            pieces.push(Piece::Mention(agent, &text[at..end]));
            (begin, from) = (end, end);
        }
    }
    if begin < text.len() {
        pieces.push(Piece::Text(&text[begin..]));
    }
    pieces
}

/// How many bytes of a text are this name, in any case; none when it does not begin with it.
fn name_at(text: &str, name: &str) -> Option<usize> {
    let mut end = 0;
    let mut letters = text.char_indices();
    for wanted in name.chars() {
        let (at, letter) = letters.next()?;
        if !letter.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
        end = at + letter.len_utf8();
    }
    let goes_on = text[end..].chars().next().is_some_and(is_word);
    (end > 0 && !goes_on).then_some(end)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use protocol::Timestamp;

    use super::*;

    fn agent(mark: u8) -> AgentId {
        AgentId::new(Timestamp(1), &[mark; 10])
    }

    fn team() -> Vec<Named> {
        let names = ["Ana", "Ana Ruiz", "Jürg", "Ben"];
        let named = names.iter().zip(1..).map(|(name, mark)| Named {
            agent: agent(mark),
            name: (*name).to_owned(),
        });
        named.collect()
    }

    fn names(text: &str) -> Vec<String> {
        named(text, &team())
            .into_iter()
            .map(|named| named.name)
            .collect()
    }

    #[test]
    fn the_longest_name_counts() {
        assert_eq!(vec!["Ana Ruiz"], names("@Ana Ruiz, please"));
        assert_eq!(vec!["Ana"], names("(@ana) Ruiz"));
        assert_eq!(vec!["Ana"], names("@Ana Ruizo"));
    }

    #[test]
    fn each_is_named_once_in_the_order_of_the_text() {
        assert_eq!(vec!["Ben", "Jürg"], names("@BEN @jürg @Ben!"));
    }

    #[test]
    fn an_address_or_another_word_names_nobody() {
        for text in [
            "x@ana",
            "mail@ben.example",
            "@Benno",
            "@ Ben",
            "Ben",
            "@",
            "",
        ] {
            assert!(names(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn the_pieces_are_the_whole_text() {
        for text in ["@Ana Ruiz", "a @Ben b @Jürg", "ü@ü @", "@Ana@Ben", ""] {
            let whole: String = pieces(text, &team())
                .into_iter()
                .map(|piece| match piece {
                    Piece::Text(text) | Piece::Mention(_, text) => text,
                })
                .collect();
            assert_eq!(text, whole);
        }
    }
}
