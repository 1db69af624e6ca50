//! Rows of the roles that a workspace made itself.

use protocol::RoleId;
use protocol::team::TeamRole;
use sea_orm::entity::prelude::*;

use super::Reading;
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "team_roles")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    pub name: String,
    pub preset: String,
    pub without: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// The role as pages see it.
    pub(in crate::store) fn role(self) -> Result<TeamRole, StoreError> {
        let reading = Reading {
            table: "team_roles",
            id: self.id,
        };
        Ok(TeamRole {
            id: RoleId(self.id),
            like: reading.word("preset", &self.preset)?,
            without: reading.permissions("without", &self.without)?,
            name: self.name,
        })
    }
}
