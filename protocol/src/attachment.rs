//! A file that goes along with a message or a note.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::{AttachmentId, Refusal};

/// A file as a timeline shows it. Its bytes are fetched over HTTP, by its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub id: AttachmentId,
    /// What its sender called it, at most [`crate::limits::FILE_NAME`] characters.
    pub name: String,
    /// What the server found it to be, such as `application/pdf`.
    pub media_type: String,
    pub bytes: u64,
    /// Set for what may be shown in place; everything else is only ever downloaded.
    pub picture: Option<Picture>,
}

/// The size of a picture, so that its place is kept before it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
}

/// The answer to an upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Upload {
    /// It is kept, and waits for the message that names it.
    Kept(Attachment),
    Refused {
        refusal: Refusal,
        /// The refusal for people.
        sentence: String,
    },
}
