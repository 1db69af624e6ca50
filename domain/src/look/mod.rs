//! How a chat looks: all colours that follow from the one that an owner chose, and the contrast
//! that texts on them have.

mod colour;
mod properties;

pub use colour::Colour;
pub use properties::{Kind, NAMES, Wrong, kind};

/// What every text needs on its ground (WCAG 2.2, 1.4.3).
pub const READABLE: f64 = 4.5;

/// The dark text on light fills.
const INK: Colour = Colour::new(12, 18, 20);
/// The ground of the chat in each theme.
const GROUND: [Colour; 2] = [Colour::WHITE, Colour::new(0x15, 0x1a, 0x1c)];
/// Its faintest text in each theme.
const FAINT: [Colour; 2] = [Colour::new(0x61, 0x6b, 0x6f), Colour::new(0x9d, 0xa6, 0xa9)];

/// The accent of one theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    pub fill: Colour,
    pub hover: Colour,
    pub press: Colour,
    /// What stands on these three.
    pub on_fill: Colour,
    /// Words in the accent's colour on the ground of the chat.
    pub text: Colour,
    pub mark: Colour,
    pub soft: Colour,
    pub line: Colour,
}

/// What follows from a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    pub light: Accent,
    pub dark: Accent,
}

/// What was done so that texts on a colour can be read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guarded {
    /// How white text would stand on the colour as it was chosen.
    pub white: f64,
    /// How the text stands on the fill that is shown.
    pub shown: f64,
    /// The fill that is shown.
    pub fill: Colour,
    /// Whether its text is dark.
    pub dark_text: bool,
}

/// Makes the fill readable: light text where it can be read, else dark text, else a darker fill.
pub fn guard(chosen: Colour) -> Guarded {
    let white = chosen.contrast(Colour::WHITE);
    let (fill, on_fill) = readable(chosen);
    Guarded {
        white,
        shown: fill.contrast(on_fill),
        fill,
        dark_text: on_fill != Colour::WHITE,
    }
}

fn readable(chosen: Colour) -> (Colour, Colour) {
    if chosen.contrast(Colour::WHITE) >= READABLE {
        return (chosen, Colour::WHITE);
    }
    if chosen.contrast(INK) >= READABLE {
        return (chosen, INK);
    }
    (darker_until(chosen, Colour::WHITE), Colour::WHITE)
}

/// The same hue, as little darker as it takes for this text to be read on it.
fn darker_until(colour: Colour, text: Colour) -> Colour {
    moved_until(colour, -0.01, 1.0, |moved| moved.contrast(text) >= READABLE)
}

fn moved_until(colour: Colour, step: f64, chroma: f64, enough: impl Fn(Colour) -> bool) -> Colour {
    let mut lightness = colour.lightness();
    let mut moved = colour;
    while !enough(moved) && (0.0..=1.0).contains(&lightness) {
        lightness += step;
        moved = colour.at(lightness, chroma);
    }
    moved
}

/// All colours that follow from this one. Each text of it can be read on its ground.
pub fn palette(chosen: Colour) -> Palette {
    let [white, black] = GROUND;
    Palette {
        light: accent(chosen, white, false),
        // On a dark ground a dark fill is hardly seen; it becomes as light as its text allows.
        dark: accent(seen_on(chosen, black), black, true),
    }
}

/// Light enough to be seen on a dark ground as the part of a page (WCAG 2.2, 1.4.11).
fn seen_on(chosen: Colour, ground: Colour) -> Colour {
    moved_until(chosen, 0.01, 1.0, |moved| moved.contrast(ground) >= 3.0)
}

fn accent(chosen: Colour, ground: Colour, dark: bool) -> Accent {
    let (fill, on_fill) = readable(chosen);
    // Away from the text, so that it stays as readable as on the fill itself.
    let step = if on_fill == Colour::WHITE {
        -0.06
    } else {
        0.04
    };
    let lightness = fill.lightness();
    let toward = if dark { 0.01 } else { -0.01 };
    let soft = fill.at(if dark { 0.28 } else { 0.955 }, 0.25);
    // Words in the accent's colour stand on both grounds.
    let readable = |moved: Colour| {
        [ground, soft]
            .iter()
            .all(|ground| moved.contrast(*ground) >= READABLE)
    };
    Accent {
        fill,
        hover: fill.at(lightness + step, 1.0),
        press: fill.at(lightness + 2.0 * step, 1.0),
        on_fill,
        text: moved_until(fill, toward, 1.0, readable),
        mark: moved_until(fill, toward, 1.0, |moved| moved.contrast(ground) >= 3.0),
        soft,
        line: fill.at(if dark { 0.44 } else { 0.80 }, 0.9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_colour() -> impl Iterator<Item = Colour> {
        let parts = (0..=255_u8).step_by(17);
        parts.clone().flat_map(move |red| {
            let parts = parts.clone();
            parts
                .clone()
                .flat_map(move |green| parts.clone().map(move |blue| Colour::new(red, green, blue)))
        })
    }

    #[test]
    fn whatever_is_chosen_every_text_can_be_read() {
        for chosen in every_colour() {
            let guarded = guard(chosen);
            assert!(guarded.shown >= READABLE, "{chosen:?} {guarded:?}");
            let palette = palette(chosen);
            for (accent, ground) in [(palette.light, GROUND[0]), (palette.dark, GROUND[1])] {
                for fill in [accent.fill, accent.hover, accent.press] {
                    let contrast = fill.contrast(accent.on_fill);
                    assert!(contrast >= READABLE, "{chosen:?} {contrast} {accent:?}");
                }
                assert!(
                    accent.text.contrast(ground) >= READABLE,
                    "{chosen:?} {accent:?}"
                );
                assert!(
                    accent.text.contrast(accent.soft) >= READABLE,
                    "{chosen:?} {accent:?}"
                );
                assert!(accent.mark.contrast(ground) >= 3.0, "{chosen:?} {accent:?}");
            }
        }
    }

    #[test]
    fn what_can_be_read_stays_as_it_was_chosen() {
        let petrol = Colour::read("#0f7180").unwrap();
        let guarded = guard(petrol);
        assert_eq!((petrol, false), (guarded.fill, guarded.dark_text));
        let yellow = Colour::read("#ffd400").unwrap();
        let guarded = guard(yellow);
        assert_eq!((yellow, true), (guarded.fill, guarded.dark_text));
        assert!(guarded.white < 2.0 && guarded.shown > 10.0, "{guarded:?}");
    }
}
