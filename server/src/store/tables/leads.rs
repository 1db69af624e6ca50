//! Rows of leads.

use domain::Lead;
use protocol::lead::LeadDetails;
use sea_orm::Set;
use sea_orm::entity::prelude::*;

use super::row_number;
use super::words::Word;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "leads")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    pub chatbot_id: Uuid,
    pub conversation_id: Uuid,
    pub handoff_id: Uuid,
    pub reason: Option<String>,
    pub seq: i64,
    pub created_at: i64,
    pub changed_at: i64,
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub details: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// A lead as its row. What it does not say is kept as it was.
pub(in crate::store) fn row(lead: &Lead) -> ActiveModel {
    let details = lead.details.as_ref();
    let filled = |field: fn(&LeadDetails) -> &String| {
        details.map(field).filter(|text| !text.is_empty()).cloned()
    };
    ActiveModel {
        id: Set(lead.id.0),
        workspace_id: Set(lead.workspace.0),
        chatbot_id: Set(lead.chatbot.0),
        conversation_id: Set(lead.conversation.0),
        handoff_id: Set(lead.handoff.0),
        reason: Set(lead.reason.map(|reason| reason.word().to_owned())),
        seq: Set(row_number(lead.seq.0)),
        created_at: Set(lead.at.0),
        changed_at: Set(lead.at.0),
        name: Set(filled(|details| &details.name)),
        email: Set(filled(|details| &details.email)),
        phone: Set(filled(|details| &details.phone)),
        details: Set(
            details.map(|details| serde_json::to_string(details).expect("details are plain text"))
        ),
    }
}
