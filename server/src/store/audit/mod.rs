//! What people changed: written in the transaction of the change, and never touched again.

mod contacts;
mod differ;
mod read;
mod refused;

use std::net::IpAddr;
use std::sync::Arc;

use domain::privacy::kept;
use domain::settings::cascade;
use protocol::audit::{AuditChange, AuditKind, AuditSubject};
use protocol::settings::SettingsLayer;
use protocol::{AgentId, Timestamp, WorkspaceId};
use sea_orm::{DatabaseTransaction, EntityTrait, Set};
use uuid::Uuid;

pub(super) use contacts::{Recorded, apply};
pub(super) use differ::{Differ, of_settings, week};
pub use read::AuditPlace;
pub use refused::RefusedSignIn;

use super::apply::insert;
use super::tables::audit::ActiveModel;
use super::tables::{agents, row_number, workspaces};
use super::{Store, StoreError};

/// Who asks for something, and from where: what a browser's request or socket says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doer {
    /// None for who is not signed in.
    pub agent: Option<AgentId>,
    pub ip: IpAddr,
    pub user_agent: String,
}

/// Who did something, from where, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct By {
    agent: Option<AgentId>,
    from: Option<(IpAddr, String)>,
    at: Timestamp,
}

impl By {
    /// Somebody of whose browser nothing is known.
    pub(super) fn agent(agent: AgentId, at: Timestamp) -> Self {
        Self {
            agent: Some(agent),
            from: None,
            at,
        }
    }

    /// Somebody who is let in.
    pub(super) fn signing_in(
        agent: AgentId,
        from: Option<(IpAddr, String)>,
        at: Timestamp,
    ) -> Self {
        Self {
            agent: Some(agent),
            from,
            at,
        }
    }

    /// Somebody who is known by what they just proved.
    pub(super) fn proven(mut self, agent: AgentId) -> Self {
        self.agent = Some(agent);
        self
    }
}

/// What was done, and to what.
pub(super) struct Deed {
    pub(super) workspace: WorkspaceId,
    pub(super) kind: AuditKind,
    pub(super) subject: AuditSubject,
    pub(super) subject_id: Option<Uuid>,
    pub(super) subject_name: String,
    pub(super) changes: Vec<AuditChange>,
    /// How often by now, within the hour.
    pub(super) times: u64,
}

impl Deed {
    /// Something that was done to something, once.
    pub(super) fn new(
        workspace: WorkspaceId,
        kind: AuditKind,
        (subject, id, name): (AuditSubject, Uuid, &str),
    ) -> Self {
        Self {
            workspace,
            kind,
            subject,
            subject_id: Some(id),
            subject_name: name.to_owned(),
            changes: Vec::new(),
            times: 1,
        }
    }

    /// Something that was done to what nothing may name any more.
    pub(super) fn nobody(workspace: WorkspaceId, kind: AuditKind, subject: AuditSubject) -> Self {
        Self {
            subject_id: None,
            ..Self::new(workspace, kind, (subject, Uuid::nil(), ""))
        }
    }

    /// With what is not as it was.
    pub(super) fn with(mut self, changes: Vec<AuditChange>) -> Self {
        self.changes = changes;
        self
    }
}

impl Store {
    /// The same store for somebody: what they change is written down as theirs.
    #[must_use]
    pub fn on_behalf(&self, doer: Doer) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            doer: Some(Arc::new(doer)),
        }
    }

    /// Whoever this store is for, now.
    pub(super) fn by(&self) -> By {
        let doer = self.doer.as_deref();
        By {
            agent: doer.and_then(|doer| doer.agent),
            from: doer.map(|doer| (doer.ip, doer.user_agent.clone())),
            at: (self.inner.now)(),
        }
    }
}

/// Writes down what was done, in the transaction in which it is done.
pub(super) async fn record(
    tx: &DatabaseTransaction,
    by: &By,
    deed: Deed,
) -> Result<(), StoreError> {
    let name = match by.agent {
        Some(agent) => {
            let row = agents::Entity::find_by_id(agent.0).one(tx).await?;
            row.map(|row| row.name).unwrap_or_default()
        }
        None => String::new(),
    };
    let (address, user_agent) = match &by.from {
        Some((ip, user_agent)) => (address(tx, deed.workspace, *ip).await?, user_agent.clone()),
        None => (String::new(), String::new()),
    };
    let row = ActiveModel {
        workspace_id: Set(deed.workspace.0),
        at: Set(by.at.0),
        agent_id: Set(by.agent.map(|agent| agent.0)),
        agent_name: Set(name),
        kind: Set(deed.kind.word().to_owned()),
        subject: Set(deed.subject.word().to_owned()),
        subject_id: Set(deed.subject_id),
        found: Set(deed.subject_name.to_lowercase()),
        subject_name: Set(deed.subject_name),
        changes: Set(differ::text(&deed.changes)),
        address: Set(address),
        user_agent: Set(user_agent),
        times: Set(row_number(deed.times)),
        ..Default::default()
    };
    insert(tx, vec![row]).await?;
    Ok(())
}

/// As much of an address as the workspace keeps of a visitor's.
async fn address(
    tx: &DatabaseTransaction,
    workspace: WorkspaceId,
    ip: IpAddr,
) -> Result<String, StoreError> {
    let row = workspaces::Entity::find_by_id(workspace.0).one(tx).await?;
    let layer = row.map(|row| row.layer()).transpose()?.unwrap_or_default();
    let settings = cascade(&layer, &SettingsLayer::default());
    Ok(kept(ip, settings.privacy.addresses))
}
