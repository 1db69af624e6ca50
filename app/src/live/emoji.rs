//! Common emoji, found by their names in the reader's language.

use super::search::matches;
use crate::words::t;

/// An emoji and its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Emoji {
    pub(crate) sign: &'static str,
    pub(crate) names: &'static str,
}

/// Those whose names fit to what was typed, in the order of the list.
pub(crate) fn found(query: &str) -> Vec<Emoji> {
    listed(t::emoji())
        .filter(|emoji| matches(emoji.names, query))
        .collect()
}

/// A list such as `😀 grin smile, 😂 laugh`.
fn listed(list: &'static str) -> impl Iterator<Item = Emoji> {
    let one = |item: &'static str| {
        let (sign, names) = item.trim().split_once(' ')?;
        Some(Emoji { sign, names })
    };
    list.split(',').filter_map(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_found_by_name() {
        let found: Vec<_> = listed("😀 grin smile, 😂 laugh,").collect();
        assert_eq!(
            vec![("😀", "grin smile"), ("😂", "laugh")],
            found
                .iter()
                .map(|emoji| (emoji.sign, emoji.names))
                .collect::<Vec<_>>()
        );
        assert!(matches(found[0].names, "smi"));
    }
}
