//! What in a visitor's words starts a handoff.

/// Whether a text asks for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Clear,
    Unclear,
    None,
}

/// Whether a text asks for a person.
pub fn wish(_text: &str) -> Wish {
    Wish::None
}
