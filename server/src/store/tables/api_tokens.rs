//! Rows of tokens with which programs act as an agent.

use protocol::api_token::Scope;
use sea_orm::entity::prelude::*;

use super::Reading;
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_tokens")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    pub agent_id: Uuid,
    pub name: String,
    pub token_hash: Vec<u8>,
    pub beginning: String,
    pub scopes: String,
    pub created_at: i64,
    pub last_used_at: Option<i64>,
    pub expires_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    pub(in crate::store) fn reading(&self) -> Reading {
        Reading {
            table: "api_tokens",
            id: self.id,
        }
    }

    /// What the token allows.
    pub(in crate::store) fn allows(&self) -> Result<Vec<Scope>, StoreError> {
        serde_json::from_str(&self.scopes).map_err(|_| self.reading().wrong("scopes"))
    }
}
