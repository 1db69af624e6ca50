//! What visitors are told until an owner changes it, in the languages that the chat speaks.

use std::sync::LazyLock;

use protocol::settings::{MessageSettings, Texts, Translation};

/// Each language's texts, as `key = text`.
const LANGUAGES: [(&str, &str); 12] = [
    ("en", include_str!("words/en.txt")),
    ("de", include_str!("words/de.txt")),
    ("fr", include_str!("words/fr.txt")),
    ("es", include_str!("words/es.txt")),
    ("it", include_str!("words/it.txt")),
    ("pt", include_str!("words/pt.txt")),
    ("nl", include_str!("words/nl.txt")),
    ("pl", include_str!("words/pl.txt")),
    ("tr", include_str!("words/tr.txt")),
    ("ja", include_str!("words/ja.txt")),
    ("zh", include_str!("words/zh.txt")),
    ("ar", include_str!("words/ar.txt")),
];

/// The messages of a new workspace: English for every language without texts of its own.
pub fn messages() -> &'static MessageSettings {
    static MESSAGES: LazyLock<MessageSettings> = LazyLock::new(|| {
        let translated = LANGUAGES[1..].iter().map(|(tag, file)| Translation {
            language: (*tag).to_owned(),
            texts: texts(file),
        });
        MessageSettings {
            texts: texts(LANGUAGES[0].1),
            translations: translated.collect(),
        }
    });
    &MESSAGES
}

fn texts(file: &str) -> Texts {
    let text = |key: &str| {
        let mut lines = file.lines().filter_map(|line| line.split_once(" = "));
        let found = lines.find(|(name, _)| *name == key);
        found.map(|(_, text)| text.to_owned()).unwrap_or_default()
    };
    Texts {
        greeting: text("greeting"),
        starters: Vec::new(),
        unknown: text("unknown"),
        proposal: text("proposal"),
        handover: text("handover"),
        waiting: text("waiting"),
        joined: text("joined"),
        out_of_hours: text("out_of_hours"),
        no_agents: text("no_agents"),
        missed: text("missed"),
        idle_warning: text("idle_warning"),
        restored: text("restored"),
        closing: text("closing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::check;
    use protocol::settings::SettingsLayer;

    #[test]
    fn every_language_says_everything_and_names_who_joined() {
        let layer = SettingsLayer {
            messages: Some(messages().clone()),
            ..SettingsLayer::default()
        };
        assert_eq!(Ok(()), check(&layer, &[]));
        let translated = messages().translations.iter().map(|one| &one.texts);
        for texts in translated.chain([&messages().texts]) {
            assert!(texts.joined.contains("{agent}"), "{}", texts.joined);
        }
    }
}
