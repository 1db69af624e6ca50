//! Editing a text by keys: marks around words, lines with a sign in front, and what a sign before the
//! caret asks for.

use std::ops::Range;

/// A change to a text: what is replaced, with what, and what is selected afterwards. In bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) replace: Range<usize>,
    pub(crate) with: String,
    /// Within the new text.
    pub(crate) select: Range<usize>,
}

/// How a part of a text is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Bold,
    Italic,
    Code,
    Link,
    List,
    Quote,
}

impl Mark {
    /// Every mark, in the order of the toolbar.
    pub(crate) const ALL: [Self; 6] = [
        Self::Bold,
        Self::Italic,
        Self::Code,
        Self::Link,
        Self::List,
        Self::Quote,
    ];

    /// The change that sets this mark on what is selected, or takes it away again.
    pub(crate) fn edit(self, text: &str, at: Range<usize>) -> Edit {
        match self {
            Self::Bold => around(text, at, "**"),
            Self::Italic => around(text, at, "*"),
            Self::Code if text[at.clone()].contains('\n') => {
                let with = format!("```\n{}\n```", &text[at.clone()]);
                let select = at.start + 4..at.start + with.len() - 4;
                Edit {
                    replace: at,
                    with,
                    select,
                }
            }
            Self::Code => around(text, at, "`"),
            Self::Link => link(text, at),
            Self::List => before_lines(text, at, "- "),
            Self::Quote => before_lines(text, at, "> "),
        }
    }
}

/// Sets a sign on both sides of what is selected, or takes it away.
fn around(text: &str, at: Range<usize>, sign: &str) -> Edit {
    let inner = &text[at.clone()];
    let (before, after) = (&text[..at.start], &text[at.end..]);
    let is_bold = sign == "*" && before.ends_with("**") && after.starts_with("**");
    let only_bold = is_bold && !(before.ends_with("***") && after.starts_with("***"));
    if before.ends_with(sign) && after.starts_with(sign) && !only_bold {
        let start = at.start - sign.len();
        return Edit {
            replace: start..at.end + sign.len(),
            with: inner.to_owned(),
            select: start..start + inner.len(),
        };
    }
    let start = at.start + sign.len();
    Edit {
        select: start..start + inner.len(),
        with: format!("{sign}{inner}{sign}"),
        replace: at,
    }
}

/// Makes a link of what is selected, and selects what is missing of it.
fn link(text: &str, at: Range<usize>) -> Edit {
    let inner = &text[at.clone()];
    let is_address = inner.starts_with("https://") || inner.starts_with("http://");
    let (with, select) = if is_address {
        let start = at.start + 1;
        (format!("[]({inner})"), start..start)
    } else {
        let start = at.start + inner.len() + 3;
        (format!("[{inner}](https://)"), start..start + 8)
    };
    Edit {
        replace: at,
        with,
        select,
    }
}

/// Sets a sign in front of every line that is touched, or takes it away where all of them have it.
fn before_lines(text: &str, at: Range<usize>, sign: &str) -> Edit {
    let start = text[..at.start].rfind('\n').map_or(0, |line| line + 1);
    let end = text[at.end..]
        .find('\n')
        .map_or(text.len(), |line| at.end + line);
    let lines: Vec<&str> = text[start..end].split('\n').collect();
    let all = lines.iter().all(|line| line.starts_with(sign));
    let changed = lines.into_iter().map(|line| match line.strip_prefix(sign) {
        Some(bare) if all => bare.to_owned(),
        _ => format!("{sign}{line}"),
    });
    let with = changed.collect::<Vec<_>>().join("\n");
    let end_of_new = start + with.len();
    // One line goes on where the caret was; several stay selected.
    let select = if at.is_empty() {
        end_of_new..end_of_new
    } else {
        start..end_of_new
    };
    Edit {
        replace: start..end,
        with,
        select,
    }
}

/// What a sign before the caret asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// `/`: a saved reply.
    Reply,
    /// `@`: a colleague.
    Colleague,
    /// `:` and two letters: an emoji.
    Emoji,
}

/// A sign at the start of a word, and what was typed behind it up to the caret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) sign: Sign,
    /// Where the sign stands.
    pub(crate) start: usize,
    pub(crate) query: String,
}

/// How long what is looked for may be.
const QUERY: usize = 40;

/// The sign that the caret stands behind, if any.
pub(crate) fn token(text: &str, caret: usize) -> Option<Token> {
    let before = text.get(..caret)?;
    let line = before.rfind('\n').map_or(0, |line| line + 1);
    let (at, sign) = before[line..].char_indices().rev().find_map(|(at, c)| {
        let sign = match c {
            '/' => Sign::Reply,
            '@' => Sign::Colleague,
            ':' => Sign::Emoji,
            _ => return None,
        };
        Some((line + at, sign))
    })?;
    let begins = before[..at]
        .chars()
        .next_back()
        .is_none_or(char::is_whitespace);
    let query = &before[at + 1..];
    let fits = match sign {
        Sign::Reply | Sign::Colleague => !query.starts_with(' '),
        Sign::Emoji => query.chars().count() >= 2 && query.chars().all(char::is_alphanumeric),
    };
    let short = query.chars().count() <= QUERY;
    (begins && fits && short).then(|| Token {
        sign,
        start: at,
        query: query.to_owned(),
    })
}

/// A place in a text in the browser's units, of which some letters take two.
pub(crate) fn units(text: &str, byte: usize) -> u32 {
    let before = text.get(..byte).unwrap_or(text);
    u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The byte at a place in the browser's units.
pub(crate) fn byte(text: &str, units: u32) -> usize {
    let mut passed = 0;
    for (at, c) in text.char_indices() {
        if passed >= units {
            return at;
        }
        passed += if c.len_utf16() == 2 { 2 } else { 1 };
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Does an edit; `[` and `]` stand around what is selected.
    fn done(mark: Mark, marked: &str) -> String {
        let start = marked.find('[').unwrap();
        let end = marked.rfind(']').unwrap() - 1;
        let text = format!(
            "{}{}{}",
            &marked[..start],
            &marked[start + 1..=end],
            &marked[end + 2..]
        );
        let edit = mark.edit(&text, start..end);
        let new = format!(
            "{}{}{}",
            &text[..edit.replace.start],
            edit.with,
            &text[edit.replace.end..]
        );
        let Range { start, end } = edit.select;
        format!("{}[{}]{}", &new[..start], &new[start..end], &new[end..])
    }

    #[test]
    fn a_mark_is_set_and_taken_away() {
        for (mark, before, after) in [
            (Mark::Bold, "a [b] c", "a **[b]** c"),
            (Mark::Bold, "a **[b]** c", "a [b] c"),
            (Mark::Italic, "[ü]", "*[ü]*"),
            (Mark::Italic, "*[ü]*", "[ü]"),
            (Mark::Italic, "**[b]**", "***[b]***"),
            (Mark::Italic, "***[b]***", "**[b]**"),
            (Mark::Code, "x [y]", "x `[y]`"),
            (Mark::Code, "[a\nb]", "```\n[a\nb]\n```"),
            (Mark::Bold, "[]", "**[]**"),
        ] {
            assert_eq!(after, done(mark, before), "{mark:?} {before}");
        }
    }

    #[test]
    fn a_link_selects_what_is_missing() {
        let edit = Mark::Link.edit("see this", 4..8);
        assert_eq!("[this](https://)", edit.with);
        assert_eq!(11..19, edit.select);
        let edit = Mark::Link.edit("https://a.example", 0..17);
        assert_eq!(("[](https://a.example)", 1..1), (&*edit.with, edit.select));
    }

    #[test]
    fn lines_get_a_sign_and_lose_it() {
        for (mark, before, after) in [
            (Mark::List, "a\n[b\nc]\nd", "a\n[- b\n- c]\nd"),
            (Mark::List, "a\n[- b\n- c]\nd", "a\n[b\nc]\nd"),
            (Mark::Quote, "[]", "> []"),
            (Mark::List, "one[] two", "- one two[]"),
        ] {
            assert_eq!(after, done(mark, before), "{mark:?} {before}");
        }
    }

    #[test]
    fn a_sign_counts_at_the_start_of_a_word() {
        let found = |text: &str| token(text, text.len()).map(|token| (token.sign, token.query));
        let some = |sign, query: &str| Some((sign, query.to_owned()));
        assert_eq!(some(Sign::Reply, ""), found("/"));
        assert_eq!(some(Sign::Reply, "ship ab"), found("Hello\n/ship ab"));
        assert_eq!(some(Sign::Colleague, "Ana R"), found("ask @Ana R"));
        assert_eq!(some(Sign::Emoji, "smi"), found("ok :smi"));
        for text in [
            "",
            "and/or",
            "ana@ex",
            "https://a",
            "1:30",
            ":x",
            "/ no",
            "a: b",
        ] {
            assert_eq!(None, found(text), "{text}");
        }
    }

    #[test]
    fn places_are_counted_as_browsers_do() {
        let text = "a😀ü";
        for (at, unit) in [(0, 0), (1, 1), (5, 3), (7, 4)] {
            assert_eq!((at, unit), (byte(text, unit), units(text, at)));
        }
        assert_eq!(7, byte(text, 99));
    }
}
