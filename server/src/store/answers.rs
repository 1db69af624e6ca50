//! Answers of the AI that visitors think something of.

use std::collections::HashMap;

use domain::{Command, Entry};
use protocol::{ConversationId, PublicSeq};
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter};

use super::StoreError;
use super::tables::entries::{Column, Entity};
use super::tables::row_number;
use super::tables::words::{AuthorKind, Word as _};

/// The answers that these commands are about. A batch that is about none costs nothing.
pub(super) async fn load(
    tx: &DatabaseTransaction,
    commands: &[&Command],
) -> Result<HashMap<(ConversationId, PublicSeq), Entry>, StoreError> {
    let named: Vec<_> = commands
        .iter()
        .filter_map(|command| command.answer())
        .collect();
    if named.is_empty() {
        return Ok(HashMap::new());
    }
    let named = named.into_iter();
    let named = named.fold(Condition::any(), |any, (conversation, answer)| {
        let one = Condition::all()
            .add(Column::ConversationId.eq(conversation.0))
            .add(Column::PublicSeq.eq(row_number(answer.0)));
        any.add(one)
    });
    let rows = Entity::find()
        .filter(named)
        .filter(Column::AuthorKind.eq(AuthorKind::Ai.word()))
        .all(tx)
        .await?;
    let answers = rows.into_iter().filter_map(|row| {
        let entry = Entry::try_from(row);
        let number = |entry: Entry| Some(((entry.conversation, entry.public_seq?), entry));
        entry.map(number).transpose()
    });
    answers.collect()
}
