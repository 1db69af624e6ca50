//! What in a visitor's words starts a handoff.

mod clause;
mod english;
mod german;
#[cfg(test)]
mod tests;

use clause::{Clause, clauses};

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
    each.max()
        .unwrap_or(Wish::None)
        .max(english::bare(&whole))
        .max(german::bare(&whole))
}
