//! Notes of a conversation: listed, found by their number, and changed.

use std::collections::HashMap;

use domain::{Command, Entry, Facts};
use protocol::{ConversationId, Seq, WorkspaceId, limits};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

use super::apply::update;
use super::tables::entries::{Column, Entity, columns};
use super::tables::words::{BodyKind, Word};
use super::tables::{found_entries, row_number};
use super::{Store, StoreError};

impl Store {
    /// The newest notes of a conversation, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn notes(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Vec<Entry>, StoreError> {
        let rows = all()
            .filter(Column::ConversationId.eq(conversation.0))
            .filter(Column::WorkspaceId.eq(workspace.0))
            .order_by_desc(Column::Seq)
            .limit(limits::NOTES_PAGE as u64)
            .all(self.readers())
            .await?;
        rows.into_iter().map(Entry::try_from).collect()
    }

    /// One note.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn note(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        note: Seq,
    ) -> Result<Option<Entry>, StoreError> {
        let row = all()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(one(conversation, note))
            .one(self.readers())
            .await?;
        row.map(Entry::try_from).transpose()
    }
}

/// Notes alone, in the words of the index that holds them.
fn all() -> Select<Entity> {
    let kind = Expr::col((Entity, Column::BodyKind));
    Entity::find().filter(kind.eq(BodyKind::Note.literal()))
}

fn one(conversation: ConversationId, note: Seq) -> Condition {
    Condition::all()
        .add(Column::ConversationId.eq(conversation.0))
        .add(Column::Seq.eq(row_number(note.0)))
}

/// The notes that these commands change. A batch that changes none costs nothing.
pub(super) async fn load(
    tx: &DatabaseTransaction,
    commands: &[&Command],
) -> Result<HashMap<(ConversationId, Seq), Entry>, StoreError> {
    let named: Vec<_> = commands
        .iter()
        .filter_map(|command| command.note())
        .collect();
    if named.is_empty() {
        return Ok(HashMap::new());
    }
    let named = named.into_iter();
    let named = named.fold(Condition::any(), |any, (conversation, note)| {
        any.add(one(conversation, note))
    });
    let rows = all().filter(named).all(tx).await?;
    let notes = rows.into_iter().map(|row| {
        let note = Entry::try_from(row)?;
        Ok(((note.conversation, note.seq), note))
    });
    notes.collect()
}

/// Saves notes that were changed.
pub(super) async fn apply(tx: &DatabaseTransaction, facts: &Facts) -> Result<(), StoreError> {
    let rows = facts.trail.notes.iter().map(|((conversation, seq), note)| {
        let (_, text, data) = columns(&note.body);
        vec![
            conversation.0.into(),
            row_number(seq.0).into(),
            text.into(),
            data.into(),
            // Its visitor's name stands with the first entry, which is none of a team.
            found_entries::words(None, &note.body).into(),
        ]
    });
    use found_entries::Column as Found;
    let keys = [Found::ConversationId, Found::Seq];
    let sets = [Found::Text, Found::Data, Found::Words];
    update::<found_entries::Entity>(tx, &keys, &sets, rows.collect()).await?;
    Ok(())
}
