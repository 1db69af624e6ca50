//! What the pages ask of the server: one trait per page group, put together here.

use std::sync::Arc;

use leptos::prelude::expect_context;

use crate::api::audit::Audit;
use crate::api::chatbots::Chatbots;
use crate::api::data::Data;
use crate::api::doctor::Doctor;
use crate::api::erasures::Erasures;
use crate::api::identity::Identity;
use crate::api::knowledge::Knowledge;
use crate::api::labels::Labels;
use crate::api::mail::Mail;
use crate::api::modules::Modules;
use crate::api::playground::Playground;
use crate::api::profile::Profile;
use crate::api::replies::Replies;
use crate::api::settings::Settings;
use crate::api::setup::Setup;
use crate::api::sign_in::SignIn;
use crate::api::targets::Targets;
use crate::api::team::Team;

/// The server's side of the current request, already bound to the agent who is signed in, if any.
pub trait Backend:
    Audit
    + Chatbots
    + Data
    + Doctor
    + Erasures
    + Identity
    + Knowledge
    + Labels
    + Mail
    + Modules
    + Playground
    + Profile
    + Replies
    + Settings
    + Setup
    + SignIn
    + Targets
    + Team
{
}

impl<T> Backend for T where
    T: Audit
        + Chatbots
        + Data
        + Doctor
        + Erasures
        + Identity
        + Knowledge
        + Labels
        + Mail
        + Modules
        + Playground
        + Profile
        + Replies
        + Settings
        + Setup
        + SignIn
        + Targets
        + Team
{
}

/// The server's side of the current request. Called by server functions alone: the server provides
/// an `Arc<dyn Backend>` around each of them and around each page.
pub fn backend() -> Arc<dyn Backend> {
    expect_context()
}
