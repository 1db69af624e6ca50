//! Colours: read and written, how well they can be told apart, and lighter or darker ones of a hue.

use protocol::refusal::Problem;

/// A colour as screens take it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

/// The same by lightness (0 to 1), colourfulness and hue (OKLCH, CSS Color 4 section 9).
#[derive(Debug, Clone, Copy, PartialEq)]
struct Perceived {
    lightness: f64,
    chroma: f64,
    hue: f64,
}

/// What rounding may add to a colour that can just be shown.
const EDGE: f64 = 0.000_1;

impl Colour {
    /// White.
    pub const WHITE: Self = Self::new(255, 255, 255);

    /// A colour by its parts.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Reads `#0f7180`, and nothing else.
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let hex = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        hex.then_some(())?;
        Some(Self::new(part(0)?, part(2)?, part(4)?))
    }

    /// The same of who typed it, with what is wrong.
    ///
    /// # Errors
    /// [`Problem::NotAColour`].
    pub fn typed(text: &str) -> Result<Self, Problem> {
        Self::read(text).ok_or(Problem::NotAColour)
    }

    /// As `#0f7180`.
    pub fn written(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// How well these two can be told apart, 1 to 21 (WCAG 2.2, contrast ratio).
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(other) / one.min(other)
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    /// From 0, black, to 1, white.
    pub fn lightness(self) -> f64 {
        self.perceived().lightness
    }

    /// The same hue at this lightness, as colourful as that times `chroma`, or as screens can show.
    pub fn at(self, lightness: f64, chroma: f64) -> Self {
        let own = self.perceived();
        let mut wanted = Perceived {
            lightness: lightness.clamp(0.0, 1.0),
            chroma: own.chroma * chroma,
            hue: own.hue,
        };
        for _ in 0..200 {
            let linear = wanted.linear();
            if linear
                .iter()
                .all(|part| (-EDGE..=1.0 + EDGE).contains(part))
            {
                return Self::of_linear(linear);
            }
            wanted.chroma *= 0.97;
        }
        Self::of_linear(wanted.linear())
    }

    fn of_linear(linear: [f64; 3]) -> Self {
        let [red, green, blue] = linear.map(|part| {
            let part = part.clamp(0.0, 1.0);
            let curved = if part <= 0.003_130_8 {
                12.92 * part
            } else {
                1.055 * part.powf(1.0 / 2.4) - 0.055
            };
            (curved * 255.0).round() as u8
        });
        Self::new(red, green, blue)
    }

    fn perceived(self) -> Perceived {
        let [red, green, blue] = self.linear();
        let long =
            (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let middle =
            (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let short =
            (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        let a = 1.977_998_495_1 * long - 2.428_592_205 * middle + 0.450_593_709_9 * short;
        let b = 0.025_904_037_1 * long + 0.782_771_766_2 * middle - 0.808_675_766 * short;
        Perceived {
            lightness: 0.210_454_255_3 * long + 0.793_617_785 * middle - 0.004_072_046_8 * short,
            chroma: a.hypot(b),
            hue: b.atan2(a),
        }
    }
}

impl Perceived {
    fn linear(self) -> [f64; 3] {
        let (a, b) = (self.chroma * self.hue.cos(), self.chroma * self.hue.sin());
        let long = (self.lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let middle = (self.lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let short = (self.lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
        [
            4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
            -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
            -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701 * short,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_and_written() {
        assert_eq!(Some(Colour::new(15, 113, 128)), Colour::read("#0f7180"));
        assert_eq!("#0f7180", Colour::new(15, 113, 128).written());
        for wrong in [
            "", "0f7180", "#0f718", "#0f71800", "#0f71zz", "#é7180", "red",
        ] {
            assert_eq!(None, Colour::read(wrong), "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let black = Colour::new(0, 0, 0);
        assert!((Colour::WHITE.contrast(black) - 21.0).abs() < 0.001);
        let grey = Colour::read("#767676").unwrap();
        assert!((grey.contrast(Colour::WHITE) - 4.54).abs() < 0.01);
        assert!((Colour::WHITE.contrast(Colour::WHITE) - 1.0).abs() < 0.001);
    }

    #[test]
    fn a_colour_at_its_own_lightness_is_itself() {
        for text in [
            "#0f7180", "#ff0000", "#ffee00", "#808080", "#000000", "#ffffff",
        ] {
            let colour = Colour::read(text).unwrap();
            let again = colour.at(colour.lightness(), 1.0);
            let near = |one: u8, other: u8| one.abs_diff(other) <= 1;
            assert!(
                near(again.red, colour.red)
                    && near(again.green, colour.green)
                    && near(again.blue, colour.blue),
                "{text} {again:?}"
            );
        }
    }
}
