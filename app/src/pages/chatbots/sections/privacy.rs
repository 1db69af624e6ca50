//! What is kept of visitors' addresses, and where they read about it.

use leptos::prelude::*;
use protocol::look::{KeepAddresses, PrivacySettings};

use super::super::block::block;
use super::super::editing::Editing;
use super::super::fields::{about, choice, line, optional_number};
use crate::parts::painted::IntoPainted;
use crate::words::t;

/// What stands there when it is first turned on: a year.
const FIRST_DAYS: u32 = 365;

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
    let erase = optional_number(
        at,
        about(
            "privacy.erase_after_days",
            t::erase_after(),
            t::erase_after_about(),
        ),
        t::days_word(),
        (
            at.reads(|part: &PrivacySettings| part.erase_after_days),
            FIRST_DAYS,
        ),
        at.writes(|part: &mut PrivacySettings, days| part.erase_after_days = days),
    );
    let controls = view! {
        {addresses}
        {erase}
        <p class="faint"><a href="/erasures">{t::what_was_erased()}</a></p>
        {page}
    }
    .painted();
    block::<PrivacySettings>(at, t::privacy(), "", controls)
}
