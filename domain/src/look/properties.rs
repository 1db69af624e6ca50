//! The values of the chat's look that owners may set by their names.

use super::{Colour, FAINT, READABLE};

/// What a value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The ground of texts in light or dark, as `#ffffff`; the faintest text has to be readable on it.
    Ground { dark: bool },
    /// Names of fonts with commas between them.
    Fonts,
}

/// The names, with the value of the chat that each takes the place of.
pub const NAMES: [(&str, &str, Kind); 5] = [
    ("--baton-surface", "--surface", Kind::Ground { dark: false }),
    (
        "--baton-surface-dark",
        "--surface",
        Kind::Ground { dark: true },
    ),
    (
        "--baton-visitor-bubble",
        "--visitor-fill",
        Kind::Ground { dark: false },
    ),
    (
        "--baton-visitor-bubble-dark",
        "--visitor-fill",
        Kind::Ground { dark: true },
    ),
    ("--baton-font", "--font", Kind::Fonts),
];

/// What is wrong with a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Form,
    /// Texts could not be read on it.
    TooFaint,
}

/// The value of the chat that goes by this name, and what its own has to be.
pub fn kind(name: &str) -> Option<(&'static str, Kind)> {
    let found = NAMES.iter().find(|(known, ..)| *known == name);
    found.map(|(_, token, kind)| (*token, *kind))
}

impl Kind {
    /// Whether a value is one of this kind. Whatever passes is safe in a style sheet.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(self, value: &str) -> Result<(), Wrong> {
        match self {
            Self::Ground { dark } => {
                let colour = Colour::read(value).ok_or(Wrong::Form)?;
                let readable = colour.contrast(FAINT[usize::from(dark)]) >= READABLE;
                readable.then_some(()).ok_or(Wrong::TooFaint)
            }
            Self::Fonts => {
                let plain = |letter: char| letter.is_alphanumeric() || " ,-_".contains(letter);
                let named = value.split(',').all(|name| !name.trim().is_empty());
                (named && value.chars().all(plain))
                    .then_some(())
                    .ok_or(Wrong::Form)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_of_its_kind_and_nothing_else() {
        let light = Kind::Ground { dark: false };
        assert_eq!(Ok(()), light.check("#ffffff"));
        assert_eq!(Err(Wrong::TooFaint), light.check("#777777"));
        assert_eq!(Err(Wrong::Form), light.check("white"));
        assert_eq!(
            Err(Wrong::TooFaint),
            Kind::Ground { dark: true }.check("#ffffff")
        );
        assert_eq!(Ok(()), Kind::Fonts.check("Inter, Noto Sans, sans-serif"));
        for wrong in ["", "a,,b", "a;}", "url(x)", "\"Inter\"", "a/*", "a\\"] {
            assert_eq!(Err(Wrong::Form), Kind::Fonts.check(wrong), "{wrong}");
        }
    }
}
