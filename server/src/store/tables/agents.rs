//! Rows of agents.

use domain::Agent;
use domain::agent::{Assigned, Presence};
use domain::permissions::{PermissionSet, Rights};
use protocol::person::Notices;
use protocol::settings::WeekTimes;
use protocol::{AgentId, GroupId, Timestamp, WorkspaceId};
use sea_orm::entity::prelude::*;

use super::Reading;
use crate::faults::{self, Fault};
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
    pub gone_since: Option<i64>,
    pub accepting: bool,
    pub has_outlet: bool,
    pub handoff_mail: bool,
    pub priority: i64,
    pub hours: Option<String>,
    pub last_claim_at: Option<i64>,
    pub version: i64,
    pub phone: Option<String>,
    pub languages: String,
    pub team_role_id: Option<Uuid>,
    pub without: String,
    pub wants_mail: bool,
    pub rings_requests: bool,
    pub rings_replies: bool,
    pub quiet: Option<String>,
    pub chosen_at: Option<i64>,
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

    /// What they may do.
    pub(in crate::store) fn rights(&self) -> Result<Rights, StoreError> {
        let reading = self.reading();
        let without = reading.permissions("without", &self.without)?;
        Ok(Rights {
            role: reading.word("role", &self.role)?,
            without: match faults::on(Fault::RoleWhole) {
                true => PermissionSet::NONE,
                false => without,
            },
        })
    }

    /// What they speak.
    pub(in crate::store) fn spoken(&self) -> Result<Vec<String>, StoreError> {
        serde_json::from_str(&self.languages).map_err(|_| self.reading().wrong("languages"))
    }

    /// When they work.
    pub(in crate::store) fn week(&self) -> Result<Option<WeekTimes>, StoreError> {
        let hours = self.hours.as_deref().map(serde_json::from_str);
        hours.transpose().map_err(|_| self.reading().wrong("hours"))
    }

    /// What they want to be told of.
    pub(in crate::store) fn notices(&self) -> Result<Notices, StoreError> {
        let quiet = self.quiet.as_deref().map(serde_json::from_str);
        Ok(Notices {
            mail: self.wants_mail,
            requests: self.rings_requests,
            replies: self.rings_replies,
            quiet: quiet
                .transpose()
                .map_err(|_| self.reading().wrong("quiet"))?,
        })
    }

    /// The agent as the rules see one.
    pub(in crate::store) fn agent(
        self,
        assigned: Assigned,
        groups: Vec<GroupId>,
    ) -> Result<Agent, StoreError> {
        let reading = self.reading();
        let hours = self.week()?;
        let quiet = self.notices()?.quiet;
        let languages = self.spoken()?;
        let Rights { role, without } = self.rights()?;
        Ok(Agent {
            id: AgentId(self.id),
            workspace: WorkspaceId(self.workspace_id),
            role,
            without,
            chosen: reading.word("chosen", &self.chosen)?,
            name: self.name,
            assigned,
            chat_limit: reading.number("chat_limit", self.chat_limit)?,
            load: reading.number("load", self.load)?,
            presence: match self.gone_since {
                None => Presence::Connected,
                Some(since) => Presence::Gone {
                    since: Timestamp(since),
                },
            },
            accepting: self.accepting,
            groups,
            languages,
            hours,
            has_outlet: self.has_outlet,
            quiet,
            priority: reading.number("priority", self.priority)?,
            offers: Vec::new(),
            last_claim_at: self.last_claim_at.map(Timestamp),
        })
    }
}
