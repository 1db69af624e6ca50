//! Categories and tags.

use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::label::{Category, LabelId, LabelKind, Labels, Tag};
use protocol::refusal::{Field, Problem};
use protocol::{CategoryId, Refusal, TagId, WorkspaceId, limits};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    Set, SqlErr,
};
use uuid::Uuid;

use super::audit::{By, Deed, Differ, record};
use super::tables::labels::{ActiveModel, Column, Entity};
use super::tables::words::Word;
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// One change of the lists. The name is as it shall stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LabelSaved {
    Added { label: LabelId, name: String },
    Renamed { label: LabelId, name: String },
    Retired { label: LabelId, retired: bool },
}

impl Store {
    /// The categories and tags of a workspace, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn labels(&self, workspace: WorkspaceId) -> Result<Labels, StoreError> {
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .order_by_asc(Column::Folded)
            .all(self.readers())
            .await?;
        let mut labels = Labels::default();
        for row in rows {
            let (name, retired) = (row.name, row.retired);
            match LabelKind::read(&row.kind) {
                Some(LabelKind::Category) => labels.categories.push(Category {
                    id: CategoryId(row.id),
                    name,
                    retired,
                }),
                Some(LabelKind::Tag) => labels.tags.push(Tag {
                    id: TagId(row.id),
                    name,
                    retired,
                }),
                None => {
                    return Err(StoreError::Inconsistent {
                        table: "labels",
                        column: "kind",
                        id: row.id,
                    });
                }
            }
        }
        Ok(labels)
    }

    /// Whether a label may be put on conversations of this workspace.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn has_label(
        &self,
        workspace: WorkspaceId,
        label: LabelId,
    ) -> Result<bool, StoreError> {
        let (kind, id) = parts(label);
        let found = Entity::find_by_id(id)
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::Kind.eq(kind.word()))
            .filter(Column::Retired.into_expr().not())
            .count(self.readers())
            .await?;
        Ok(found > 0)
    }

    /// Adds, renames or retires a label.
    ///
    /// # Errors
    /// [`Refusal::FieldInvalid`] when there is one of this name or there are too many,
    /// [`Refusal::NotFound`], or [`Failed::Unavailable`].
    pub async fn save_label(
        &self,
        workspace: WorkspaceId,
        saved: LabelSaved,
    ) -> Result<(), Failed> {
        let by = self.by();
        self.write(SaveLabel {
            workspace,
            saved,
            by,
        })
        .await
    }
}

pub(super) struct SaveLabel {
    workspace: WorkspaceId,
    saved: LabelSaved,
    by: By,
}

impl Unit for SaveLabel {
    type Done = ();
    const NAME: &'static str = "save_label";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let (label, name, retired) = match &self.saved {
            LabelSaved::Added { label, name } | LabelSaved::Renamed { label, name } => {
                (*label, Some(name), None)
            }
            LabelSaved::Retired { label, retired } => (*label, None, Some(*retired)),
        };
        let before = Entity::find_by_id(parts(label).1)
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .one(tx)
            .await?;
        self.save(tx).await?;
        let (was, was_retired) =
            before.map_or((String::new(), false), |row| (row.name, row.retired));
        let name = name.unwrap_or(&was);
        let changes = Differ::default()
            .field(AuditField::Name, &was, name)
            .field(
                AuditField::Retired,
                was_retired,
                retired.unwrap_or(was_retired),
            )
            .done();
        if !changes.is_empty() {
            let subject = (AuditSubject::Label, parts(label).1, name.as_str());
            let deed = Deed::new(self.workspace, AuditKind::Label, subject);
            record(tx, &self.by, deed.with(changes)).await?;
        }
        Ok(())
    }
}

impl SaveLabel {
    pub(super) fn new(workspace: WorkspaceId, saved: LabelSaved, by: By) -> Self {
        Self {
            workspace,
            saved,
            by,
        }
    }

    async fn save(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        match &self.saved {
            LabelSaved::Added { label, name } => self.add(tx, *label, name).await,
            LabelSaved::Renamed { label, name } => {
                let folded = Expr::value(folded(name));
                let set = vec![(Column::Name, Expr::value(name)), (Column::Folded, folded)];
                self.set(tx, *label, set).await
            }
            LabelSaved::Retired { label, retired } => {
                let set = vec![(Column::Retired, Expr::value(*retired))];
                self.set(tx, *label, set).await
            }
        }
    }

    async fn add(&self, tx: &DatabaseTransaction, label: LabelId, name: &str) -> Result<(), Stop> {
        let (kind, id) = parts(label);
        let before = Entity::find()
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .filter(Column::Kind.eq(kind.word()))
            .count(tx)
            .await?;
        if before >= limits::LABELS as u64 {
            let limit = limits::LABELS as u32;
            return Err(Stop::Refused(named(Problem::TooMany { limit })));
        }
        let row = ActiveModel {
            id: Set(id),
            workspace_id: Set(self.workspace.0),
            kind: Set(kind.word().to_owned()),
            name: Set(name.to_owned()),
            folded: Set(folded(name)),
            retired: Set(false),
        };
        let added = Entity::insert(row).exec_without_returning(tx).await;
        added.map(drop).map_err(twice)
    }

    async fn set(
        &self,
        tx: &DatabaseTransaction,
        label: LabelId,
        columns: Vec<(Column, Expr)>,
    ) -> Result<(), Stop> {
        let (kind, id) = parts(label);
        let mut update = Entity::update_many()
            .filter(Column::Id.eq(id))
            .filter(Column::Kind.eq(kind.word()))
            .filter(Column::WorkspaceId.eq(self.workspace.0));
        for (column, value) in columns {
            update = update.col_expr(column, value);
        }
        match update.exec(tx).await.map_err(twice)?.rows_affected {
            0 => Err(Stop::Refused(Refusal::NotFound)),
            _ => Ok(()),
        }
    }
}

fn parts(label: LabelId) -> (LabelKind, Uuid) {
    match label {
        LabelId::Category(category) => (LabelKind::Category, category.0),
        LabelId::Tag(tag) => (LabelKind::Tag, tag.0),
    }
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}

fn named(problem: Problem) -> Refusal {
    Refusal::FieldInvalid {
        field: Field::Name,
        problem,
    }
}

/// Two of one name are one too many.
fn twice(error: DbErr) -> Stop {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => Stop::Refused(named(Problem::Twice)),
        _ => error.into(),
    }
}
