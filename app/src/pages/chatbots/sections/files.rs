//! Files that visitors may send.

use leptos::prelude::*;
use protocol::settings::FileSettings;

use super::super::block::block;
use super::super::editing::Editing;
use super::super::fields::{about, number, switch};
use crate::parts::painted::IntoPainted;
use crate::words::t;

pub(in super::super) fn view(at: Editing) -> AnyView {
    let from_visitors = switch(
        about(
            "files.from_visitors",
            t::files_from_visitors(),
            t::files_from_visitors_about(),
        ),
        at.reads(|part: &FileSettings| part.from_visitors),
        at.writes(|part: &mut FileSettings, on| part.from_visitors = on),
    );
    let limit = number(
        at,
        about(
            "files.limit_mebibytes",
            t::file_limit(),
            t::file_limit_about(),
        ),
        t::megabytes_word(),
        at.reads(|part: &FileSettings| part.limit_mebibytes),
        at.writes(|part: &mut FileSettings, limit| part.limit_mebibytes = limit),
    );
    let controls = view! { {from_visitors} {limit} }.painted();
    block::<FileSettings>(at, t::files_word(), "", controls)
}
