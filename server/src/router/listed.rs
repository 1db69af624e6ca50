//! Routes that know which they are, so that a test can ask for each of them.

use std::borrow::Cow;

use axum::Router;
use axum::handler::Handler;
use axum::routing::{get, post};

/// A method and the address that it is served at, as the router writes it.
pub type Address = (&'static str, Cow<'static, str>);

/// Routes, and their addresses. All routes are made here: one that is not in the list does not exist.
pub(crate) struct Listed<S> {
    router: Router<S>,
    addresses: Vec<Address>,
}

impl<S: Clone + Send + Sync + 'static> Listed<S> {
    pub(crate) fn new() -> Self {
        Self {
            router: Router::new(),
            addresses: Vec::new(),
        }
    }

    /// Served to who reads.
    pub(crate) fn get<T: 'static>(
        mut self,
        at: impl Into<Cow<'static, str>>,
        handler: impl Handler<T, S>,
    ) -> Self {
        let at = at.into();
        self.router = self.router.route(&at, get(handler));
        self.addresses.push(("GET", at));
        self
    }

    /// Served to who sends.
    pub(crate) fn post<T: 'static>(
        mut self,
        at: impl Into<Cow<'static, str>>,
        handler: impl Handler<T, S>,
    ) -> Self {
        let at = at.into();
        self.router = self.router.route(&at, post(handler));
        self.addresses.push(("POST", at));
        self
    }

    /// What is served everywhere else, whatever is asked.
    pub(crate) fn otherwise<T: 'static>(mut self, handler: impl Handler<T, S>) -> Self {
        self.router = self.router.fallback(handler);
        self.addresses.push(("GET", Cow::Borrowed("*")));
        self
    }

    /// The routes themselves.
    pub(crate) fn router(self) -> Router<S> {
        self.router
    }

    /// Which they are.
    pub(crate) fn addresses(self) -> Vec<Address> {
        self.addresses
    }
}
