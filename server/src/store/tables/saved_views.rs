//! Rows of saved views.

use protocol::ViewId;
use protocol::card::Tab;
use protocol::view::{SavedView, View};
use sea_orm::entity::prelude::*;

use super::Reading;
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "saved_views")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    /// Whose own it is; none for those that are shared.
    pub agent_id: Option<Uuid>,
    pub name: String,
    pub view: String,
    pub position: i64,
    pub version: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// As it travels.
    pub(in crate::store) fn view(self) -> Result<SavedView, StoreError> {
        let reading = Reading {
            table: "saved_views",
            id: self.id,
        };
        let (tab, view) = serde_json::from_str(&self.view).map_err(|_| reading.wrong("view"))?;
        Ok(SavedView {
            id: ViewId(self.id),
            name: self.name,
            shared: self.agent_id.is_none(),
            tab,
            view,
            version: reading.number("version", self.version)?,
        })
    }
}

/// A list as its column keeps it.
pub(in crate::store) fn text(tab: Tab, view: View) -> String {
    serde_json::to_string(&(tab, view)).expect("these are plain values")
}
