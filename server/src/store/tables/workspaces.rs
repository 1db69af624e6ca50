//! Rows of workspaces.

use protocol::module::ModuleRule;
use protocol::settings::SettingsLayer;
use sea_orm::entity::prelude::*;

use super::Reading;
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "workspaces")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub name: String,
    pub created_at: i64,
    pub settings: String,
    pub settings_version: i64,
    pub modules: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Which modules are off, and for whom.
    pub(in crate::store) fn rules(&self) -> Result<Vec<ModuleRule>, StoreError> {
        let reading = Reading {
            table: "workspaces",
            id: self.id,
        };
        serde_json::from_str(&self.modules).map_err(|_| reading.wrong("modules"))
    }

    /// What the workspace sets for all its chatbots.
    pub(in crate::store) fn layer(&self) -> Result<SettingsLayer, StoreError> {
        let reading = Reading {
            table: "workspaces",
            id: self.id,
        };
        serde_json::from_str(&self.settings).map_err(|_| reading.wrong("settings"))
    }
}
