//! One made-up value of every variant on the wire, with fixed ids and times.

mod agent;
mod doctor;
mod entries;
mod labels;
mod refusals;
mod settings;
mod texts;
mod values;
mod visitor;
mod words;

use crate::Visit;

/// A sample of every variant, and an exhaustive match: a variant without a sample, or a sample
/// under the name of another variant, does not compile or does not pass.
macro_rules! variants {
    ($visit:expr, $kind:literal, $type:ident { $($variant:ident = $sample:expr),* $(,)? }) => {{
        fn name(value: &$type) -> &'static str {
            match value {
                $($type::$variant { .. } => stringify!($variant),)*
            }
        }
        $({
            let sample = $sample;
            assert_eq!(stringify!($variant), name(&sample));
            $visit.visit($kind, &super::snake(stringify!($variant)), &sample);
        })*
    }};
}

pub(crate) use variants;

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// Shows every sample.
pub(crate) fn all(visit: &mut impl Visit) {
    frames(visit);
    entries::show(visit);
    texts::show(visit);
    refusals::show(visit);
    words::show(visit);
    settings::show(visit);
    doctor::show(visit);
    labels::show(visit);
}

/// Shows the frames: what a client sends and what it is sent.
pub(crate) fn frames(visit: &mut impl Visit) {
    visitor::show(visit);
    agent::show(visit);
}

/// Shows what entries say.
pub(crate) fn entries(visit: &mut impl Visit) {
    entries::show(visit);
}

/// Shows a sample of every refusal.
pub(crate) fn refusals(visit: &mut impl Visit) {
    refusals::show(visit);
}

/// Shows the bare words of frames and entries.
pub(crate) fn words(visit: &mut impl Visit) {
    words::show(visit);
}
