//! Rows of mentions that were not seen.

use domain::mentions::Named;
use protocol::entry::Author;
use sea_orm::Set;
use sea_orm::entity::prelude::*;

use super::row_number;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentions")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub agent_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub conversation_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    pub workspace_id: Uuid,
    pub by_agent_id: Uuid,
    pub at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The rows of a note: nobody is told of what they wrote themselves.
pub(in crate::store) fn rows(
    conversation: &domain::Conversation,
    entry: &domain::Entry,
) -> Vec<ActiveModel> {
    let Author::Agent(by) = entry.author else {
        return Vec::new();
    };
    let mentions = entry.body.calls();
    let row = |named: &Named| ActiveModel {
        agent_id: Set(named.agent.0),
        conversation_id: Set(conversation.id.0),
        seq: Set(row_number(entry.seq.0)),
        workspace_id: Set(conversation.workspace.0),
        by_agent_id: Set(by.0),
        at: Set(entry.at.0),
    };
    let others = mentions.iter().filter(|named| named.agent != by);
    others.map(row).collect()
}
