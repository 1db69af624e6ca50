//! Finding by a few letters, in what the page already holds.

/// Whether every word of a query begins a word of the text, however it is written.
pub(crate) fn matches(text: &str, query: &str) -> bool {
    let text = text.to_lowercase();
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .collect();
    let query = query.to_lowercase();
    query
        .split_whitespace()
        .all(|wanted| words.iter().any(|word| word.starts_with(wanted)))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn words_are_found_by_their_beginnings() {
        assert!(matches("Restore to AI", "rest ai"));
        assert!(matches("Zurück an KI", "ZURÜ"));
        assert!(matches("Anything", "  "));
        assert!(!matches("Restore to AI", "store"));
        assert!(!matches("Close", "close it"));
    }
}
