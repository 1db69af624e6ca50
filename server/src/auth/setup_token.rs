//! The one-time token that lets whoever reads the console set up the first workspace.

use std::sync::Mutex;

use super::token::{self, TokenHash};

/// The token's hash while nobody has set the workspace up.
#[derive(Debug, Default)]
pub(crate) struct SetupToken(Mutex<Option<TokenHash>>);

impl SetupToken {
    /// Makes a token and returns it for the console. Earlier ones stop working.
    pub(crate) fn issue(&self) -> String {
        let token = token::fresh();
        *self.slot() = Some(token::hash(&token));
        token
    }

    /// Whether this is the token.
    pub(crate) fn matches(&self, given: &str) -> bool {
        self.slot()
            .is_some_and(|stored| token::matches(&stored, &token::hash(given.trim())))
    }

    /// The workspace exists: the token never works again.
    pub(crate) fn spend(&self) {
        *self.slot() = None;
    }

    fn slot(&self) -> std::sync::MutexGuard<'_, Option<TokenHash>> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_token_works_and_only_until_it_is_spent() {
        let setup = SetupToken::default();
        assert!(!setup.matches(""));
        let first = setup.issue();
        let second = setup.issue();
        assert!(!setup.matches(&first));
        assert!(setup.matches(&format!(" {second}\n")));
        setup.spend();
        assert!(!setup.matches(&second));
    }
}
