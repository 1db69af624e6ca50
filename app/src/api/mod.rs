//! What the pages load and save over server functions: a trait that the server implements, and one line each.

pub mod audit;
pub mod chatbots;
pub mod data;
pub mod doctor;
pub mod erasures;
pub mod error;
pub mod identity;
pub mod knowledge;
pub mod labels;
pub mod loading;
pub mod mail;
pub mod modules;
pub mod playground;
pub mod profile;
pub mod replies;
pub mod settings;
pub mod setup;
pub mod sign_in;
pub mod targets;
pub mod team;

pub use error::ApiError;
use loading::{Loading, load};

use leptos::prelude::*;
use protocol::forms::Me;

/// The agent who is signed in, loaded once for all pages.
#[derive(Clone, Copy)]
pub struct SignedIn(pub Loading<Option<Me>>);

/// Puts what every page needs into the context.
pub(crate) fn provide() {
    provide_context(SignedIn(load(|| (), |()| sign_in::load_me())));
}
