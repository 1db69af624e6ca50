//! A line of a timeline, as programs read it: words as their author wrote them, in Markdown.

use domain::{Body, Entry as Known};
use protocol::attachment::Attachment;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::shapes::Author;

/// One line of a conversation: a message, a note for the team, or something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Entry {
    /// Counts every entry of the conversation, without gaps.
    seq: u64,
    /// Milliseconds since 1970.
    at: i64,
    author: Author,
    kind: Kind,
    /// The words, as Markdown; null for what happened.
    text: Option<String>,
    /// Files that went along.
    files: Vec<File>,
    /// Of a note that was written anew, the number of the note.
    note: Option<u64>,
    /// What happened, as on the WebSocket (see docs/protocol.md).
    #[schema(value_type = Option<Object>)]
    event: Option<Value>,
}

/// What an entry is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// For the other side.
    Message,
    /// For the team only. Do not pass it on to visitors.
    Note,
    /// The new words of a note.
    NoteEdited,
    Event,
}

/// A file; its bytes are not part of the API yet.
#[derive(Debug, Serialize, ToSchema)]
struct File {
    id: Uuid,
    name: String,
    media_type: String,
    bytes: u64,
}

fn files(attachments: &[Attachment]) -> Vec<File> {
    let files = attachments.iter().map(|one| File {
        id: one.id.0,
        name: one.name.clone(),
        media_type: one.media_type.clone(),
        bytes: one.bytes,
    });
    files.collect()
}

impl From<&Known> for Entry {
    fn from(known: &Known) -> Self {
        let bare = |kind| Self {
            seq: known.seq.0,
            at: known.at.millis(),
            author: known.author.into(),
            kind,
            text: None,
            files: Vec::new(),
            note: None,
            event: None,
        };
        match &known.body {
            Body::Message {
                markdown,
                attachments,
                ..
            } => Self {
                text: Some(markdown.clone()),
                files: files(attachments),
                ..bare(Kind::Message)
            },
            Body::Note {
                markdown,
                attachments,
                ..
            } => Self {
                text: Some(markdown.clone()),
                files: files(attachments),
                ..bare(Kind::Note)
            },
            Body::NoteEdited { note, markdown, .. } => Self {
                text: Some(markdown.clone()),
                note: Some(note.0),
                ..bare(Kind::NoteEdited)
            },
            Body::Event(event) => Self {
                event: serde_json::to_value(event).ok(),
                ..bare(Kind::Event)
            },
        }
    }
}
