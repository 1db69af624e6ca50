//! What is kept of visitors' addresses, and where they read about it.

use leptos::prelude::*;
use protocol::look::{KeepAddresses, PrivacySettings};

use super::super::block::block;
use super::super::editing::Editing;
use super::super::fields::{about, choice, line};
use crate::parts::painted::IntoPainted;
use crate::words::t;

pub(in super::super) fn view(at: Editing) -> AnyView {
    let addresses = choice(
        at,
        about(
            "privacy.addresses",
            t::keep_addresses(),
            t::keep_addresses_about(),
        ),
        vec![
            (KeepAddresses::Whole, t::keep_whole()),
            (KeepAddresses::Truncated, t::keep_truncated()),
            (KeepAddresses::Off, t::keep_off()),
        ],
        at.reads(|part: &PrivacySettings| part.addresses),
        at.writes(|part: &mut PrivacySettings, keep| part.addresses = keep),
    );
    let page = line(
        at,
        about("privacy.page", t::privacy_page(), t::privacy_page_about()),
        at.reads(|part: &PrivacySettings| part.page.clone().unwrap_or_default()),
        at.writes(|part: &mut PrivacySettings, page: String| {
            let page = page.trim().to_owned();
            part.page = (!page.is_empty()).then_some(page);
        }),
    );
    let controls = view! { {addresses} {page} }.painted();
    block::<PrivacySettings>(at, t::privacy(), "", controls)
}
