//! Rows of chatbots.

use domain::Chatbot;
use protocol::settings::ChatbotSettings;
use protocol::{ChatbotId, WorkspaceId};
use sea_orm::entity::prelude::*;

use super::Reading;
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "chatbots")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    pub name: String,
    pub settings: String,
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl TryFrom<Model> for Chatbot {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let reading = Reading {
            table: "chatbots",
            id: row.id,
        };
        let settings = serde_json::from_str(&row.settings);
        Ok(Self {
            id: ChatbotId(row.id),
            workspace: WorkspaceId(row.workspace_id),
            name: row.name,
            settings: settings.map_err(|_| reading.wrong("settings"))?,
        })
    }
}

/// Settings as the row keeps them.
pub(in crate::store) fn settings_text(settings: &ChatbotSettings) -> String {
    serde_json::to_string(settings).expect("settings hold nothing that JSON cannot")
}
