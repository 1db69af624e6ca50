//! Files: on their way with a text, in the timeline, and looked at.

mod chips;
mod shown;
mod viewer;

use protocol::attachment::Attachment;

pub(super) use chips::{Attach, Chips, catch_drops};
pub(super) use shown::Attached;
pub(super) use viewer::{Viewer, Viewing};

use crate::words::t;

/// `312 KB` or `2.4 MB`, as people count them.
fn size(bytes: u64) -> String {
    const KILOBYTE: u64 = 1_000;
    const MEGABYTE: u64 = 1_000_000;
    if bytes < MEGABYTE {
        return t::kilobytes(&bytes.div_ceil(KILOBYTE).max(1));
    }
    let tenths = bytes / (MEGABYTE / 10);
    t::megabytes(&(tenths / 10), &(tenths % 10))
}

/// What kind of file it is, by its ending; without one by its type.
fn kind(file: &Attachment) -> String {
    let ending = file.name.rsplit_once('.').map(|(_, ending)| ending);
    let short = |ending: &&str| (1..=5).contains(&ending.len());
    let kind = ending.filter(short);
    let kind = kind.or_else(|| file.media_type.rsplit_once('/').map(|(_, kind)| kind));
    kind.unwrap_or_default().to_uppercase()
}
