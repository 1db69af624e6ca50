//! Rows of agents.

use domain::Agent;
use domain::agent::Assigned;
use protocol::{AgentId, WorkspaceId};
use sea_orm::entity::prelude::*;

use super::Reading;
use crate::store::StoreError;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agents")]
pub(in crate::store) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Uuid,
    pub name: String,
    pub email: String,
    pub password_hash: String,
    pub role: String,
    pub chosen: String,
    pub all_chatbots: bool,
    pub chat_limit: i64,
    pub load: i64,
    pub created_at: i64,
    pub disabled_at: Option<i64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(in crate::store) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Model {
    /// Reads this row.
    pub(in crate::store) fn reading(&self) -> Reading {
        Reading {
            table: "agents",
            id: self.id,
        }
    }

    /// The agent as the rules see one.
    pub(in crate::store) fn agent(self, assigned: Assigned) -> Result<Agent, StoreError> {
        let reading = self.reading();
        Ok(Agent {
            id: AgentId(self.id),
            workspace: WorkspaceId(self.workspace_id),
            role: reading.word("role", &self.role)?,
            chosen: reading.word("chosen", &self.chosen)?,
            name: self.name,
            assigned,
            chat_limit: reading.number("chat_limit", self.chat_limit)?,
            load: reading.number("load", self.load)?,
        })
    }
}
