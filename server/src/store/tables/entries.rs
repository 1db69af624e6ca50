//! Rows of entries.

use domain::command::Writer;
use domain::facts::{Done, Known};
use domain::mentions::Named;
use domain::{Body, Entry, Write};
use protocol::attachment::Attachment;
use protocol::entry::{Author, Event, Source};
use protocol::rating::Thumb;
use protocol::{AgentId, ConversationId, Key, PublicSeq, Seq, Timestamp};
use sea_orm::entity::prelude::*;
use sea_orm::{NotSet, Set};
use serde::{Deserialize, Serialize};

use super::found_entries;
use super::words::{AuthorKind, BodyKind, Word};
use super::{Reading, row_number};
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entries")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub workspace_id: Uuid,
    pub conversation_id: Uuid,
    pub seq: i64,
    pub public_seq: Option<i64>,
    pub at: i64,
    pub key: Option<Uuid>,
    pub digest: Option<i64>,
    pub author_kind: String,
    pub author_id: Option<Uuid>,
    pub body_kind: String,
    pub text: String,
    pub data: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The columns that are read, where a statement is written by hand.
pub(in crate::store) const COLUMNS: [&str; 13] = [
    "id",
    "workspace_id",
    "conversation_id",
    "seq",
    "public_seq",
    "at",
    "key",
    "digest",
    "author_kind",
    "author_id",
    "body_kind",
    "text",
    "data",
];

/// What a message or note holds besides its words.
#[derive(Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Extras {
    sources: Vec<Source>,
    choices: Vec<String>,
    attachments: Vec<Attachment>,
    /// Whom a note names: agents and their names of then.
    mentions: Vec<(AgentId, String)>,
    /// When a note was last written anew.
    edited_at: Option<Timestamp>,
    /// Whether a note stands on top of the others.
    pinned: bool,
    /// The note that was written anew, of what tells so.
    note: Option<Seq>,
    /// What the visitor thinks of an answer of the AI.
    thumb: Option<Thumb>,
}

impl TryFrom<Model> for Entry {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let reading = Reading {
            table: "entries",
            id: row.conversation_id,
        };
        let author = read_author(reading, "author_kind", &row.author_kind, row.author_id)?;
        let body = match reading.word("body_kind", &row.body_kind)? {
            BodyKind::Message => {
                let Extras {
                    sources,
                    choices,
                    attachments,
                    thumb,
                    ..
                } = read_extras(reading, row.data.as_deref())?;
                Body::Message {
                    markdown: row.text,
                    sources,
                    choices,
                    attachments,
                    thumb,
                }
            }
            BodyKind::Note => {
                let extras = read_extras(reading, row.data.as_deref())?;
                let named = extras.mentions.into_iter();
                Body::Note {
                    markdown: row.text,
                    attachments: extras.attachments,
                    mentions: named.map(|(agent, name)| Named { agent, name }).collect(),
                    edited_at: extras.edited_at,
                    pinned: extras.pinned,
                }
            }
            BodyKind::NoteEdited => {
                let extras = read_extras(reading, row.data.as_deref())?;
                let named = extras.mentions.into_iter();
                Body::NoteEdited {
                    note: reading.some("data", extras.note)?,
                    markdown: row.text,
                    mentions: named.map(|(agent, name)| Named { agent, name }).collect(),
                    called: Vec::new(),
                }
            }
            BodyKind::Event => {
                let event = reading.some("data", row.data.as_deref())?;
                Body::Event(serde_json::from_str(event).map_err(|_| reading.wrong("data"))?)
            }
        };
        let public_seq = row
            .public_seq
            .map(|number| reading.number("public_seq", number));
        let write = row.key.zip(row.digest).map(|(key, digest)| Write {
            key: Key(key),
            digest,
        });
        Ok(Self {
            conversation: ConversationId(row.conversation_id),
            seq: Seq(reading.number("seq", row.seq)?),
            public_seq: public_seq.transpose()?.map(PublicSeq),
            at: Timestamp(row.at),
            write,
            author,
            body,
        })
    }
}

/// What a row says of the command that wrote it: enough to answer it again.
#[derive(sea_orm::FromQueryResult)]
pub(in crate::store) struct KnownRow {
    conversation_id: Uuid,
    key: Uuid,
    digest: i64,
    author_kind: String,
    author_id: Option<Uuid>,
    seq: i64,
    public_seq: Option<i64>,
}

impl KnownRow {
    /// The columns it is read from.
    pub(in crate::store) const COLUMNS: [Column; 7] = [
        Column::ConversationId,
        Column::Key,
        Column::Digest,
        Column::AuthorKind,
        Column::AuthorId,
        Column::Seq,
        Column::PublicSeq,
    ];

    /// Whose key it is, and what the command came to.
    pub(in crate::store) fn known(
        self,
    ) -> Result<((ConversationId, Writer, Key), Known), StoreError> {
        let reading = Reading {
            table: "entries",
            id: self.conversation_id,
        };
        let writer = match read_author(reading, "author_kind", &self.author_kind, self.author_id)? {
            Author::Visitor => Writer::Visitor,
            Author::Agent(agent) => Writer::Agent(agent),
            Author::Ai | Author::System => return Err(reading.wrong("key")),
        };
        let public_seq = self
            .public_seq
            .map(|number| reading.number("public_seq", number));
        let done = Done {
            seq: Some(Seq(reading.number("seq", self.seq)?)),
            public_seq: public_seq.transpose()?.map(PublicSeq),
        };
        let digest = self.digest;
        let id = (ConversationId(self.conversation_id), writer, Key(self.key));
        Ok((id, Known { digest, done }))
    }
}

/// An entry as its row.
pub(in crate::store) fn row(
    conversation: &domain::Conversation,
    entry: &Entry,
) -> found_entries::ActiveModel {
    let (author_kind, author_id) = match entry.author {
        // The visitor's own id, so that a key is unique per writer whoever writes.
        Author::Visitor => (AuthorKind::Visitor, Some(conversation.visitor.0)),
        author => author_columns(author),
    };
    let (kind, text, data) = columns(&entry.body);
    let (first, name) = (entry.seq.0 == 1, conversation.visitor_name.as_str());
    found_entries::ActiveModel {
        id: NotSet,
        workspace_id: Set(conversation.workspace.0),
        conversation_id: Set(conversation.id.0),
        seq: Set(row_number(entry.seq.0)),
        public_seq: Set(entry.public_seq.map(|seq| row_number(seq.0))),
        at: Set(entry.at.0),
        key: Set(entry.write.map(|write| write.key.0)),
        digest: Set(entry.write.map(|write| write.digest)),
        author_kind: Set(author_kind.word().to_owned()),
        author_id: Set(author_id),
        body_kind: Set(kind.word().to_owned()),
        text: Set(text),
        data: Set(data),
        words: Set(found_entries::words(first.then_some(name), &entry.body)),
    }
}

/// What an entry is, its words, and what it holds besides them.
pub(in crate::store) fn columns(body: &Body) -> (BodyKind, String, Option<String>) {
    let named = |mentions: &[Named]| {
        let mentions = mentions.iter();
        mentions
            .map(|named| (named.agent, named.name.clone()))
            .collect()
    };
    match body {
        Body::Message {
            markdown,
            sources,
            choices,
            attachments,
            thumb,
        } => (
            BodyKind::Message,
            markdown.clone(),
            extras(Extras {
                sources: sources.clone(),
                choices: choices.clone(),
                attachments: attachments.clone(),
                thumb: *thumb,
                ..Extras::default()
            }),
        ),
        Body::Note {
            markdown,
            attachments,
            mentions,
            edited_at,
            pinned,
        } => (
            BodyKind::Note,
            markdown.clone(),
            extras(Extras {
                attachments: attachments.clone(),
                mentions: named(mentions),
                edited_at: *edited_at,
                pinned: *pinned,
                ..Extras::default()
            }),
        ),
        Body::NoteEdited {
            note,
            markdown,
            mentions,
            called: _,
        } => (
            BodyKind::NoteEdited,
            markdown.clone(),
            extras(Extras {
                mentions: named(mentions),
                note: Some(*note),
                ..Extras::default()
            }),
        ),
        Body::Event(event) => (BodyKind::Event, String::new(), Some(event_text(event))),
    }
}

/// Who wrote something, from the two columns that say so.
pub(in crate::store) fn read_author(
    reading: Reading,
    column: &'static str,
    kind: &str,
    id: Option<Uuid>,
) -> Result<Author, StoreError> {
    Ok(match reading.word(column, kind)? {
        AuthorKind::Visitor => Author::Visitor,
        AuthorKind::Ai => Author::Ai,
        AuthorKind::Agent => Author::Agent(AgentId(reading.some(column, id)?)),
        AuthorKind::System => Author::System,
    })
}

/// The two columns that say who wrote something.
pub(in crate::store) fn author_columns(author: Author) -> (AuthorKind, Option<Uuid>) {
    match author {
        Author::Visitor => (AuthorKind::Visitor, None),
        Author::Ai => (AuthorKind::Ai, None),
        Author::Agent(agent) => (AuthorKind::Agent, Some(agent.0)),
        Author::System => (AuthorKind::System, None),
    }
}

fn read_extras(reading: Reading, data: Option<&str>) -> Result<Extras, StoreError> {
    let extras = data.map(serde_json::from_str::<Extras>);
    let extras = extras.transpose().map_err(|_| reading.wrong("data"))?;
    Ok(extras.unwrap_or_default())
}

/// As its column keeps it: nothing for nothing.
fn extras(extras: Extras) -> Option<String> {
    let text = || serde_json::to_string(&extras).expect("these are plain values");
    (extras != Extras::default()).then(text)
}

fn event_text(event: &Event) -> String {
    serde_json::to_string(event).expect("events hold nothing that JSON cannot")
}
