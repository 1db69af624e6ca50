//! What in a visitor's words starts a handoff.

mod clause;
mod consent;
mod english;
mod german;
mod mood;
mod phrases;
mod sums;
#[cfg(test)]
mod tests;
mod topics;

use protocol::entry::Trigger;
use protocol::settings::{Reaction, TriggerSettings};

use clause::{Clause, clauses};

pub use consent::consent;

/// What was found in a visitor's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub trigger: Trigger,
    /// What set it off, for the agent; empty when the trigger says it all.
    pub reason: String,
    pub reaction: Reaction,
}

/// The first trigger that is not off, those that force before those that propose.
pub fn read(text: &str, settings: &TriggerSettings) -> Option<Found> {
    let on = |reaction| reaction != Reaction::Off;
    // What is off is not even looked for.
    let wish = (on(settings.wish) || on(settings.unclear_wish)).then(|| match wish(text) {
        Wish::Clear => Some((Trigger::Wish, String::new(), settings.wish)),
        Wish::Unclear => Some((Trigger::Wish, String::new(), settings.unclear_wish)),
        Wish::None => None,
    });
    let own = &settings.keywords.phrases;
    let keyword = on(settings.keywords.reaction).then(|| {
        let phrase = phrases::first_in(text, own)?;
        Some((Trigger::Keyword, phrase, settings.keywords.reaction))
    });
    let topic = on(settings.topics.reaction).then(|| {
        let topic = topics::first_in(text, &settings.topics)?;
        Some((Trigger::Topic, topic, settings.topics.reaction))
    });
    let value = &settings.high_value;
    let value = on(value.reaction).then(|| {
        let what = sums::first_in(text, value.amount)
            .or_else(|| phrases::first_in(text, &value.phrases))?;
        Some((Trigger::HighValue, what, value.reaction))
    });
    let frustration = on(settings.frustration).then(|| {
        let sign = mood::frustration(text)?;
        Some((Trigger::Frustration, sign, settings.frustration))
    });
    let found: Vec<_> = [wish, keyword, topic, value, frustration]
        .into_iter()
        .flatten()
        .flatten()
        .filter(|(_, _, reaction)| on(*reaction))
        .collect();
    let forced = found
        .iter()
        .find(|(_, _, reaction)| *reaction == Reaction::Force);
    let (trigger, reason, reaction) = forced.or(found.first())?.clone();
    Some(Found {
        trigger,
        reason,
        reaction,
    })
}

/// Whether a text asks for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wish {
    None,
    /// Asks whether there are people, or nearly for one.
    Unclear,
    Clear,
}

/// Whether a text asks for a person, in English or German.
pub fn wish(text: &str) -> Wish {
    let clauses = clauses(text);
    let whole = Clause::whole(&clauses);
    if clauses.last().is_some_and(english::ends_in_a_call) {
        return Wish::Clear;
    }
    let each = clauses
        .iter()
        .map(|clause| english::wish(clause).max(german::wish(clause)));
    let each = each.max().unwrap_or(Wish::None);
    if clauses.iter().any(english::wants_none) {
        return each;
    }
    each.max(english::bare(&whole)).max(german::bare(&whole))
}
