//! Which of the widget's languages a visitor gets.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

use super::assets::Assets;

/// What a page in no other language is in.
const ENGLISH: &str = "en";
/// So many wishes are looked at.
const WISHES: usize = 20;

/// A language of the widget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spoken {
    /// Such as `de`.
    pub(super) tag: String,
    /// `ltr` or `rtl`.
    direction: String,
}

impl Spoken {
    /// The page's first element.
    pub(super) fn element(&self, theme: Option<&str>) -> String {
        let theme = theme.map(|theme| format!(" data-theme=\"{theme}\""));
        let theme = theme.unwrap_or_default();
        format!(
            "<html lang=\"{}\" dir=\"{}\"{theme}>",
            self.tag, self.direction
        )
    }
}

/// The language that the page around asks for (`locale` in the address), else the first that the
/// browser asks for and the widget speaks, else English.
pub(super) fn of_visitor(assets: &Assets, query: Option<&str>, headers: &HeaderMap) -> Spoken {
    let accepted = headers.get(ACCEPT_LANGUAGE);
    let accepted = accepted.and_then(|value| value.to_str().ok());
    let wishes = wishes(query.unwrap_or_default(), accepted.unwrap_or_default());
    let words = |tag: &str| assets.get(&format!("widget/words/{tag}.txt"));
    let found = wishes.into_iter().find_map(|tag| Some((words(&tag)?, tag)));
    let (words, tag) = match found {
        Some((words, tag)) => (Some(words), tag),
        None => (words(ENGLISH), ENGLISH.to_owned()),
    };
    // It is the first line of every language.
    let direction = words.and_then(|words| Some(words.text().lines().next()?.to_owned()));
    Spoken {
        tag,
        direction: direction.unwrap_or_else(|| "ltr".to_owned()),
    }
}

/// What a link to a page about privacy is called.
pub(super) fn privacy(tag: &str) -> &'static str {
    match tag {
        "de" => "Datenschutz",
        "fr" => "Confidentialité",
        "es" => "Privacidad",
        "pt" => "Privacidade",
        "pl" => "Prywatność",
        "tr" => "Gizlilik",
        "ja" => "プライバシー",
        "zh" => "隐私",
        "ar" => "الخصوصية",
        _ => "Privacy",
    }
}

/// The languages that are asked for, the most wanted first, without their regions. Browsers name them
/// in that order.
fn wishes(query: &str, accepted: &str) -> Vec<String> {
    let page = query
        .split('&')
        .filter_map(|part| part.strip_prefix("locale="));
    let browser = accepted.split(',').filter_map(|wish| {
        let (tag, weight) = wish.split_once(';').unwrap_or((wish, ""));
        let refused = matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        (!refused).then_some(tag)
    });
    let main = |tag: &str| {
        let main = tag.trim().split(['-', '_']).next().unwrap_or_default();
        let letters = main.bytes().all(|byte| byte.is_ascii_alphabetic());
        (letters && (2..=3).contains(&main.len())).then(|| main.to_ascii_lowercase())
    };
    page.chain(browser).take(WISHES).filter_map(main).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_asked_first_and_the_browser_in_its_order() {
        let wishes = |query, accepted| wishes(query, accepted).join(" ");
        assert_eq!(
            "ja pt en",
            wishes("chatbot=1&locale=JA-jp", "pt-BR,en;q=0.8")
        );
        assert_eq!(
            "sv de",
            wishes("chatbot=1", "sv, de;q=0.5, fr;q=0, *;q=0.1")
        );
        assert_eq!("", wishes("locale=../../x&locale=", ""));
    }
}
