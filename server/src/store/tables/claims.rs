//! Rows of claims.

use domain::facts::ClaimSpan;
use protocol::{HandoffId, WorkspaceId};
use sea_orm::Set;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "claims")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub handoff_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub workspace_id: Uuid,
    pub conversation_id: Uuid,
    pub agent_id: Uuid,
    pub at: i64,
    pub ended_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A claim as its row.
pub(in crate::store) fn row(
    workspace: WorkspaceId,
    handoff: HandoffId,
    span: &ClaimSpan,
) -> ActiveModel {
    ActiveModel {
        handoff_id: Set(handoff.0),
        number: Set(span.claim.number.into()),
        workspace_id: Set(workspace.0),
        conversation_id: Set(span.conversation.0),
        agent_id: Set(span.claim.agent.0),
        at: Set(span.claim.at.0),
        ended_at: Set(span.ended_at.map(|at| at.0)),
    }
}
