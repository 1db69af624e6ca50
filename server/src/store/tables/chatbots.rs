//! Rows of chatbots.

use domain::Chatbot;
use domain::modules::is_on;
use domain::settings::cascade;
use protocol::module::{Module, ModuleRule};
use protocol::settings::SettingsLayer;
use protocol::{AttachmentId, ChatbotId, WorkspaceId};
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
    pub settings_version: i64,
    /// Since when it is on no site any more.
    pub archived_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// What this chatbot sets itself.
    pub(in crate::store) fn layer(&self) -> Result<SettingsLayer, StoreError> {
        let reading = Reading {
            table: "chatbots",
            id: self.id,
        };
        serde_json::from_str(&self.settings).map_err(|_| reading.wrong("settings"))
    }

    /// The chatbot as the rules see one, in a workspace that sets this and has these modules, with its
    /// picture.
    pub(in crate::store) fn chatbot(
        self,
        (workspace, rules): &(SettingsLayer, Vec<ModuleRule>),
        picture: Option<AttachmentId>,
    ) -> Result<Chatbot, StoreError> {
        let mut settings = cascade(workspace, &self.layer()?);
        settings.handoff.enabled &= is_on(rules, Module::LiveChat);
        Ok(Chatbot {
            assistant: is_on(rules, Module::Assistant),
            id: ChatbotId(self.id),
            workspace: WorkspaceId(self.workspace_id),
            settings,
            archived: self.archived_at.is_some(),
            picture,
            name: self.name,
        })
    }
}

/// Settings as rows keep them.
pub(in crate::store) fn settings_text(layer: &SettingsLayer) -> String {
    serde_json::to_string(layer).expect("settings hold nothing that JSON cannot")
}
