//! Rows of second steps.

use sea_orm::entity::prelude::*;

// Without `Debug` of its own making: the key is a secret.
#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_steps")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub agent_id: Uuid,
    pub workspace_id: Uuid,
    pub secret: Vec<u8>,
    pub confirmed_at: Option<i64>,
    pub used_step: i64,
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "second step of {}", self.agent_id)
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
