//! On which sites the chat may stand.

use leptos::prelude::*;
use protocol::look::SiteSettings;

use super::super::block::block;
use super::super::editing::Editing;
use super::super::fields::{about, lines};
use crate::words::t;

pub(in super::super) fn view(at: Editing) -> AnyView {
    let allowed = lines(
        at,
        about("sites.allowed", t::sites_one_a_line(), t::sites_hint()),
        at.reads(|part: &SiteSettings| part.allowed.clone()),
        at.writes(|part: &mut SiteSettings, allowed| part.allowed = allowed),
    );
    block::<SiteSettings>(at, t::allowed_sites(), t::sites_about(), allowed)
}
