//! Settings: the defaults, the cascade from workspace to chatbot, and what is allowed.

pub(crate) mod check;
mod check_look;
mod defaults;
mod languages;

use protocol::settings::{MessageSettings, Settings, SettingsLayer, Texts};

pub use check::check;
pub use defaults::defaults;
pub use languages::messages;

/// What holds for a chatbot: each part is its own, else the workspace's, else the default.
pub fn cascade(workspace: &SettingsLayer, chatbot: &SettingsLayer) -> Settings {
    let defaults = defaults();
    macro_rules! part {
        ($name:ident) => {
            chatbot
                .$name
                .clone()
                .or_else(|| workspace.$name.clone())
                .unwrap_or(defaults.$name)
        };
    }
    Settings {
        handoff: part!(handoff),
        triggers: part!(triggers),
        routing: part!(routing),
        queue: part!(queue),
        hours: part!(hours),
        form: part!(form),
        idle: part!(idle),
        messages: part!(messages),
        files: part!(files),
        targets: part!(targets),
        look: part!(look),
        sites: part!(sites),
        privacy: part!(privacy),
        rating: part!(rating),
        before: part!(before),
    }
}

/// The messages for a visitor: those of the very language, else of the language with one subtag
/// less and so on (RFC 4647, section 3.4), else those that are for everybody.
pub fn texts<'a>(messages: &'a MessageSettings, locale: &str) -> &'a Texts {
    let locale = locale.replace('_', "-");
    let of = |tag: &str| {
        messages
            .translations
            .iter()
            .find(|translation| translation.language.eq_ignore_ascii_case(tag))
    };
    let mut tag = locale.as_str();
    loop {
        match (of(tag), tag.rsplit_once('-')) {
            (Some(translation), _) => return &translation.texts,
            (None, Some((shorter, _))) => tag = shorter,
            (None, None) => return &messages.texts,
        }
    }
}
