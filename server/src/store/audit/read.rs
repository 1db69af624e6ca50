//! The record as it is looked through: filtered, in pages, the newest first.

use protocol::audit::{AuditField, AuditKind, AuditRow, AuditSubject};
use protocol::{AgentId, Timestamp, WorkspaceId};
use sea_orm::sea_query::LikeExpr;
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait as _, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::{By, Deed, record};
use crate::store::tables::audit::{Column, Entity};
use crate::store::tables::{row_number, workspaces};
use crate::store::writer::{Stop, Unit};
use crate::store::{Failed, Store, StoreError};
use domain::Refusal;

/// What is looked for, and where the page begins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditPlace {
    pub who: Option<AgentId>,
    pub kind: Option<AuditKind>,
    /// Not before this.
    pub from: Option<Timestamp>,
    /// Before this.
    pub until: Option<Timestamp>,
    /// Part of what the subject is called.
    pub text: String,
    /// Rows older than this one.
    pub before: Option<u64>,
}

impl Store {
    /// So many rows at most, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn audit(
        &self,
        workspace: WorkspaceId,
        place: &AuditPlace,
        limit: u64,
    ) -> Result<Vec<AuditRow>, StoreError> {
        let mut rows = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .order_by_desc(Column::Id)
            .limit(limit);
        if let Some(who) = place.who {
            rows = rows.filter(Column::AgentId.eq(who.0));
        }
        if let Some(kind) = place.kind {
            rows = rows.filter(Column::Kind.eq(kind.word()));
        }
        if let Some(from) = place.from {
            rows = rows.filter(Column::At.gte(from.0));
        }
        if let Some(until) = place.until {
            rows = rows.filter(Column::At.lt(until.0));
        }
        if !place.text.is_empty() {
            rows = rows.filter(Column::Found.into_expr().like(part(&place.text)));
        }
        if let Some(before) = place.before {
            rows = rows.filter(Column::Id.lt(row_number(before)));
        }
        let rows = rows.all(self.readers()).await?.into_iter();
        rows.map(crate::store::tables::audit::Model::row).collect()
    }

    /// Writes down that somebody took something of the workspace along, such as this record.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] or [`Failed::Unavailable`].
    pub async fn record_export(
        &self,
        workspace: WorkspaceId,
        what: &'static str,
    ) -> Result<(), Failed> {
        let by = self.by();
        self.write(Exported {
            workspace,
            what,
            by,
        })
        .await
    }
}

/// Whatever holds this text, however it is written; what the text says is nothing but text.
fn part(text: &str) -> LikeExpr {
    let mut pattern = String::from("%");
    for letter in text.trim().to_lowercase().chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    LikeExpr::new(pattern).escape('\\')
}

struct Exported {
    workspace: WorkspaceId,
    what: &'static str,
    by: By,
}

impl Unit for Exported {
    type Done = ();
    const NAME: &'static str = "record_export";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let row = workspaces::Entity::find_by_id(self.workspace.0)
            .one(tx)
            .await?;
        let row = row.ok_or(Stop::Refused(Refusal::NotFound))?;
        let subject = (AuditSubject::Workspace, row.id, row.name.as_str());
        let deed = Deed::new(self.workspace, AuditKind::Exported, subject);
        let changes = super::Differ::default().field(AuditField::File, "", self.what);
        record(tx, &self.by, deed.with(changes.done())).await?;
        Ok(())
    }
}
