//! Rows of entries as they are written: with the words by which they are found, which nobody reads.

use domain::{Body, search};
use protocol::entry::Event;
use sea_orm::entity::prelude::*;

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
    pub words: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The words by which an entry is found. What its visitor is known by stands with the first of a
/// conversation, and what they leave in a form with that too.
pub(in crate::store) fn words<'a>(
    known_by: impl IntoIterator<Item = &'a str>,
    body: &Body,
) -> Option<String> {
    let mut texts: Vec<&str> = known_by.into_iter().collect();
    let digits;
    match body {
        Body::Message {
            markdown,
            attachments,
            ..
        }
        | Body::Note {
            markdown,
            attachments,
            ..
        } => {
            texts.push(markdown);
            texts.extend(attachments.iter().map(|file| file.name.as_str()));
        }
        Body::Event(Event::FormSent { details, .. }) => {
            digits = search::digits(&details.phone);
            let fields = [
                &details.name,
                &details.email,
                &details.phone,
                &details.message,
            ];
            texts.extend(fields.map(String::as_str));
            texts.push(&digits);
            texts.extend(details.custom.iter().map(|answer| answer.text.as_str()));
        }
        // The note itself holds its newest words.
        Body::NoteEdited { .. } | Body::Event(_) => {}
    }
    search::index(texts)
}
