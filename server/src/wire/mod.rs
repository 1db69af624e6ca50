//! What is kept, turned into what is told: one small conversion per noun.

pub(crate) mod card;
pub(crate) mod entry;
pub(crate) mod face;
pub(crate) mod line;
pub(crate) mod visit;
