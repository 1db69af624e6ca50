//! The team: who they are, how they sign in, and what they chose.

use std::collections::HashMap;

use domain::agent::{Agent, Assigned};
use domain::hours;
use domain::permissions::{PermissionSet, Rights};
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::person::{Availability, Notices, Role};
use protocol::settings::WeekTimes;
use protocol::{AgentId, AttachmentId, ChatbotId, RoleId, Timestamp, WorkspaceId};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, Select, Set, SqlErr,
};
use uuid::Uuid;

use super::apply::insert;
use super::assignments::insert_assigned;
use super::audit::{By, Deed, Differ, record};
use super::load::{assigned, assigned_chatbots, with_assigned};
use super::modules::refresh;
use super::tables::agents::{ActiveModel, Column, Entity, Model};
use super::tables::words::Word;
use super::tables::workspaces;
use super::team_roles::kept;
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// What signing in is decided on.
#[derive(Clone, PartialEq, Eq)]
pub struct AgentSecret {
    pub id: AgentId,
    pub workspace: WorkspaceId,
    pub password_hash: String,
    pub email: String,
    pub name: String,
}

/// The agent who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeRow {
    pub id: AgentId,
    pub workspace: WorkspaceId,
    pub workspace_name: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    /// What a custom role takes away from what the role gives.
    pub without: PermissionSet,
    pub chosen: Availability,
}

/// A member of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRow {
    pub id: AgentId,
    pub workspace: WorkspaceId,
    pub name: String,
    pub role: Role,
    /// What a custom role takes away from what the role gives.
    pub without: PermissionSet,
    pub chosen: Availability,
    pub accepting: bool,
    pub languages: Vec<String>,
    /// When they work; none is always.
    pub hours: Option<WeekTimes>,
    pub assigned: Assigned,
    pub picture: Option<AttachmentId>,
    pub notices: Notices,
}

impl AgentSecret {
    fn of(row: Model) -> Self {
        Self {
            id: AgentId(row.id),
            workspace: WorkspaceId(row.workspace_id),
            password_hash: row.password_hash,
            email: row.email,
            name: row.name,
        }
    }
}

impl MeRow {
    /// What they may do.
    pub const fn rights(&self) -> Rights {
        let (role, without) = (self.role, self.without);
        Rights { role, without }
    }
}

impl TeamRow {
    /// What they may do.
    pub const fn rights(&self) -> Rights {
        let (role, without) = (self.role, self.without);
        Rights { role, without }
    }

    /// Whether it is the agent's working time.
    pub fn works(&self, now: Timestamp) -> bool {
        let times = self.hours.as_ref();
        times.is_none_or(|times| hours::is_working_time(times, now))
    }

    /// Whether the agent sees conversations of this chatbot.
    pub fn sees(&self, workspace: WorkspaceId, chatbot: ChatbotId) -> bool {
        self.workspace == workspace && self.assigned.includes(chatbot)
    }
}

/// An agent who joins the team.
#[derive(Clone, PartialEq, Eq)]
pub struct NewAgent {
    pub id: AgentId,
    pub workspace: WorkspaceId,
    pub name: String,
    /// Kept in lower case.
    pub email: String,
    pub password_hash: String,
    pub role: Role,
    /// The role of the workspace's own, which is like `role`.
    pub custom: Option<RoleId>,
    pub assigned: Assigned,
    /// 3 unless an admin says otherwise.
    pub chat_limit: u32,
    /// Whether mail leaves from here, and reaches them.
    pub mails: bool,
}

/// What adding an agent came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    Done,
    /// Somebody signs in with this address already.
    EmailTaken,
}

impl Store {
    /// The agent as the rules see one; none for one who does not exist or was disabled.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn agent(&self, id: AgentId) -> Result<Option<Agent>, StoreError> {
        let row = enabled()
            .filter(Column::Id.eq(id.0))
            .one(self.readers())
            .await?;
        let mut agents = with_assigned(self.readers(), row.into_iter().collect()).await?;
        Ok(agents.pop())
    }

    /// Who signs in with this address; none for one who was disabled.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn agent_by_email(&self, email: &str) -> Result<Option<AgentSecret>, StoreError> {
        let row = enabled()
            .filter(Column::Email.eq(one_spelling(email)))
            .one(self.readers())
            .await?;
        Ok(row.map(AgentSecret::of))
    }

    /// What somebody who is signed in proves themselves by.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn agent_secret(&self, id: AgentId) -> Result<Option<AgentSecret>, StoreError> {
        let row = enabled().filter(Column::Id.eq(id.0));
        let row = row.one(self.readers()).await?;
        Ok(row.map(AgentSecret::of))
    }

    /// The agent with what their own page shows.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn me(&self, id: AgentId) -> Result<Option<MeRow>, StoreError> {
        let Some(row) = enabled()
            .filter(Column::Id.eq(id.0))
            .one(self.readers())
            .await?
        else {
            return Ok(None);
        };
        let workspace = workspaces::Entity::find_by_id(row.workspace_id)
            .one(self.readers())
            .await?;
        let reading = row.reading();
        let Rights { role, without } = row.rights()?;
        let workspace = reading.some("workspace_id", workspace)?;
        Ok(Some(MeRow {
            id,
            workspace: WorkspaceId(row.workspace_id),
            workspace_name: workspace.name,
            role,
            without,
            chosen: reading.word("chosen", &row.chosen)?,
            name: row.name,
            email: row.email,
        }))
    }

    /// Everybody in the workspace, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn team(&self, workspace: WorkspaceId) -> Result<Vec<TeamRow>, StoreError> {
        let rows = enabled()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .order_by_asc(Column::Name)
            .order_by_asc(Column::Id)
            .all(self.readers())
            .await?;
        let lists = assigned_chatbots(self.readers(), &rows).await?;
        let pictures: HashMap<_, _> = self.pictures(workspace).await?.into_iter().collect();
        let rows = rows.into_iter();
        rows.map(|row| team_row(row, &lists, &pictures)).collect()
    }

    /// Everybody who works at certain times only, and whether that is now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn at_work(
        &self,
        now: Timestamp,
    ) -> Result<Vec<(WorkspaceId, AgentId, bool)>, StoreError> {
        let rows = enabled().filter(Column::Hours.is_not_null());
        let rows = rows.all(self.readers()).await?.into_iter();
        rows.map(|row| {
            let times = row.week()?;
            let works = times.is_none_or(|times| hours::is_working_time(&times, now));
            Ok((WorkspaceId(row.workspace_id), AgentId(row.id), works))
        })
        .collect()
    }

    /// Adds somebody to the team.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn add_agent(&self, agent: NewAgent) -> Result<Added, Failed> {
        let at = (self.inner.now)();
        let by = self.by();
        self.write(AddAgent { agent, at, by }).await
    }
}

fn enabled() -> Select<Entity> {
    Entity::find().filter(Column::DisabledAt.is_null())
}

/// An address as it is kept and looked for.
fn one_spelling(email: &str) -> String {
    email.trim().to_lowercase()
}

fn team_row(
    row: Model,
    lists: &HashMap<Uuid, Vec<ChatbotId>>,
    pictures: &HashMap<AgentId, AttachmentId>,
) -> Result<TeamRow, StoreError> {
    let reading = row.reading();
    let Rights { role, without } = row.rights()?;
    Ok(TeamRow {
        id: AgentId(row.id),
        workspace: WorkspaceId(row.workspace_id),
        assigned: assigned(&row, lists),
        role,
        without,
        chosen: reading.word("chosen", &row.chosen)?,
        accepting: row.accepting,
        languages: row.spoken()?,
        hours: row.week()?,
        notices: row.notices()?,
        picture: pictures.get(&AgentId(row.id)).copied(),
        name: row.name,
    })
}

struct AddAgent {
    agent: NewAgent,
    at: Timestamp,
    by: By,
}

impl Unit for AddAgent {
    type Done = Added;
    const NAME: &'static str = "add_agent";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Added, Stop> {
        match add(tx, &self.agent, self.at).await {
            Ok(()) => {
                let agent = &self.agent;
                let subject = (AuditSubject::Agent, agent.id.0, agent.name.as_str());
                let deed = Deed::new(agent.workspace, AuditKind::AgentAdded, subject);
                let changes = Differ::default().field(AuditField::Role, "", agent.role.word());
                record(tx, &self.by, deed.with(changes.done())).await?;
                Ok(Added::Done)
            }
            Err(StoreError::Database(error))
                if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) =>
            {
                Ok(Added::EmailTaken)
            }
            Err(error) => Err(Stop::Broke(error)),
        }
    }
}

/// Inserts an agent and what they are assigned to.
pub(super) async fn add(
    tx: &DatabaseTransaction,
    agent: &NewAgent,
    at: Timestamp,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(agent.id.0),
        workspace_id: Set(agent.workspace.0),
        name: Set(agent.name.clone()),
        email: Set(one_spelling(&agent.email)),
        password_hash: Set(agent.password_hash.clone()),
        role: Set(agent.role.word().to_owned()),
        chosen: Set(Availability::Online.word().to_owned()),
        all_chatbots: Set(agent.assigned == Assigned::All),
        chat_limit: Set(agent.chat_limit.into()),
        load: Set(0),
        created_at: Set(at.0),
        disabled_at: Set(None),
        // Not there yet: nobody has seen them connected.
        gone_since: Set(Some(0)),
        accepting: Set(true),
        has_outlet: Set(agent.mails && told_by_mail(agent.role)),
        handoff_mail: Set(told_by_mail(agent.role)),
        priority: Set(0),
        hours: Set(None),
        last_claim_at: Set(None),
        version: Set(1),
        phone: Set(None),
        languages: Set("[]".to_owned()),
        team_role_id: Set(agent.custom.map(|role| role.0)),
        without: Set(kept(PermissionSet::NONE)),
        wants_mail: Set(true),
        rings_requests: Set(true),
        rings_replies: Set(true),
        quiet: Set(None),
        chosen_at: Set(None),
    };
    insert(tx, vec![row]).await?;
    insert_assigned(tx, agent.workspace, agent.id, &agent.assigned).await?;
    refresh(tx, agent.workspace).await.map(drop)
}

/// Whether somebody who joins with this role is told by mail of who waits, until they or whoever keeps
/// the team says otherwise. Owners answer chats seldom.
fn told_by_mail(role: Role) -> bool {
    role != Role::Owner
}
