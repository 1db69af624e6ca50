//! Files that are going to go along with the next message.

use alloc::string::String;
use alloc::vec::Vec;

use protocol::{AttachmentId, limits};

use super::State;
use crate::text::Line;

/// A file by its place among those that were ever chosen here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub place: u32,
    pub name: String,
    pub bytes: u64,
    pub up: Up,
}

/// How far it got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Up {
    /// Bytes on their way.
    Going(u64),
    Kept(AttachmentId),
    /// The connection broke: it goes up again when there is one.
    Broken,
    /// Not taken, and why.
    Refused(String),
}

impl State {
    /// The largest file that may be sent, in mebibytes; none where none may be.
    pub(crate) fn file_limit(&self) -> Option<u32> {
        self.widget.as_ref()?.file_limit
    }

    /// A file was chosen. Tells whether it may go up.
    pub(crate) fn choose(&mut self, place: u32, name: String, bytes: u64) -> bool {
        let Some(limit) = self.file_limit() else {
            return false;
        };
        let up = if bytes > u64::from(limit) << 20 {
            Up::Refused(Line::too_large.count(limit as usize))
        } else if self.files.len() >= limits::ATTACHMENTS {
            Up::Refused(Line::too_many.count(limits::ATTACHMENTS))
        } else {
            Up::Going(0)
        };
        let goes = up == Up::Going(0);
        self.files.push(Chosen {
            place,
            name,
            bytes,
            up,
        });
        goes
    }

    /// A file got further. One that was left out meanwhile is gone.
    pub(crate) fn reach(&mut self, place: u32, up: Up) {
        if let Some(file) = self.files.iter_mut().find(|file| file.place == place) {
            // What is refused has to be left out first; what broke off goes up again.
            if matches!(up, Up::Refused(_)) {
                self.sends_then = false;
            }
            file.up = up;
        }
    }

    /// A file is left out.
    pub(crate) fn leave_out(&mut self, place: u32) {
        self.files.retain(|file| file.place != place);
    }

    /// The files that broke off: they go up again.
    pub(crate) fn broken(&mut self) -> Vec<u32> {
        let mut places = Vec::new();
        for file in &mut self.files {
            if file.up == Up::Broken {
                file.up = Up::Going(0);
                places.push(file.place);
            }
        }
        places
    }

    /// Whether all of them are up.
    pub(crate) fn files_are_up(&self) -> bool {
        self.files.iter().all(|file| matches!(file.up, Up::Kept(_)))
    }

    /// Takes those that are up along.
    pub(crate) fn take_files(&mut self) -> Vec<AttachmentId> {
        self.sends_then = false;
        let files = core::mem::take(&mut self.files);
        let kept = files.into_iter().filter_map(|file| match file.up {
            Up::Kept(id) => Some(id),
            _ => None,
        });
        kept.collect()
    }
}
