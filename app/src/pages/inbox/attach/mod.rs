//! Files: on their way with a text, in the timeline, and looked at.

mod chips;
mod shown;
mod viewer;

use protocol::attachment::Attachment;

pub(super) use chips::{Attach, Chips, catch_drops};
pub(super) use shown::Attached;
pub(super) use viewer::{Viewer, Viewing};

/// What kind of file it is, by its ending; without one by its type.
fn kind(file: &Attachment) -> String {
    let ending = file.name.rsplit_once('.').map(|(_, ending)| ending);
    let short = |ending: &&str| (1..=5).contains(&ending.len());
    let kind = ending.filter(short);
    let kind = kind.or_else(|| file.media_type.rsplit_once('/').map(|(_, kind)| kind));
    kind.unwrap_or_default().to_uppercase()
}
