//! The languages that the app speaks, and which of them a reader gets.

/// A language that the app speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language {
    /// Such as `de` or `pt-BR`.
    pub tag: &'static str,
    /// Its name in itself.
    pub name: &'static str,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// Its texts, for the page. Only the server holds them: nothing in the browser reads this.
    pub(super) table: &'static str,
}

/// The cookie that keeps a reader's choice in their browser.
pub const LANGUAGE_COOKIE: &str = "baton-language";

/// Every language, in the order of their tags. One more is one more file.
pub const LANGUAGES: &[Language] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

impl Default for Language {
    fn default() -> Self {
        LANGUAGES
            .iter()
            .copied()
            .find(|language| language.tag == "en")
            .unwrap_or(LANGUAGES[0])
    }
}

impl Language {
    /// The language of a reader: the one they chose, else the first of those that their browser asks
    /// for (`Accept-Language`) that the app speaks, else English.
    pub fn of_reader(chosen: Option<&str>, accepted: &str) -> Self {
        let mut wanted: Vec<(i32, &str)> = accepted.split(',').filter_map(wanted).collect();
        // The order of equals is the browser's.
        wanted.sort_by_key(|(weight, _)| -weight);
        let wanted = wanted.into_iter().map(|(_, tag)| tag);
        chosen
            .into_iter()
            .chain(wanted)
            .find_map(Self::spoken)
            .unwrap_or_default()
    }

    /// Its texts for a page, one a line.
    pub fn table(self) -> &'static str {
        self.table
    }

    /// The language of a tag; one with another region is better than none.
    fn spoken(tag: &str) -> Option<Self> {
        let same = |language: &&Self| language.tag.eq_ignore_ascii_case(tag);
        let main = |tag: &str| {
            tag.split('-')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase()
        };
        let found = LANGUAGES.iter().find(same);
        found
            .or_else(|| {
                LANGUAGES
                    .iter()
                    .find(|language| main(language.tag) == main(tag))
            })
            .copied()
    }
}

/// A tag and how much it is wanted, in thousandths; none for what is not wanted at all.
fn wanted(item: &str) -> Option<(i32, &str)> {
    let mut parts = item.split(';').map(str::trim);
    let tag = parts.next().filter(|tag| !tag.is_empty())?;
    let weight = parts.find_map(|part| part.strip_prefix("q="));
    let weight = weight.map_or(Ok(1.0), str::parse::<f32>).ok()?;
    let weight = (weight * 1000.0) as i32;
    (weight > 0).then_some((weight, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_gets_what_they_chose_else_what_their_browser_asks_for() {
        let tag = |chosen, accepted| Language::of_reader(chosen, accepted).tag;
        assert_eq!("de", tag(Some("de"), "en"));
        assert_eq!("de", tag(None, "fr, en;q=0.5, de-CH;q=0.9"));
        assert_eq!("en", tag(None, "en-US,en;q=0.9,de;q=0.8"));
        assert_eq!("de", tag(Some("xx"), "en;q=0, de"));
        assert_eq!("en", tag(None, ""));
        assert_eq!("en", tag(Some("<script>"), "de;q=nonsense,*"));
    }
}
