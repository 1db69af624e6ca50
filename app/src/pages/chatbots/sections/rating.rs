//! What visitors may say of what they were told.

use leptos::prelude::*;
use protocol::settings::RatingSettings;

use super::super::block::block;
use super::super::editing::Editing;
use super::super::fields::{about, switch};
use crate::parts::painted::IntoPainted;
use crate::words::t;

pub(in super::super) fn view(at: Editing) -> AnyView {
    let after = switch(
        about(
            "rating.after_handoff",
            t::ask_after_handoff(),
            t::ask_after_handoff_about(),
        ),
        at.reads(|part: &RatingSettings| part.after_handoff),
        at.writes(|part: &mut RatingSettings, on| part.after_handoff = on),
    );
    let thumbs = switch(
        about("rating.thumbs", t::ask_thumbs(), t::ask_thumbs_about()),
        at.reads(|part: &RatingSettings| part.thumbs),
        at.writes(|part: &mut RatingSettings, on| part.thumbs = on),
    );
    let controls = view! { {after} {thumbs} }.painted();
    block::<RatingSettings>(at, t::ratings(), "", controls)
}
