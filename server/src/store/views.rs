//! Saved views: an agent's own and those of the workspace, saved on the version that was looked at.

use domain::Refusal;
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::refusal::{Field, Problem};
use protocol::view::SavedView;
use protocol::{AgentId, ViewId, WorkspaceId, limits};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, Select, Set,
};
use uuid::Uuid;

use super::apply::{insert, update};
use super::audit::{By, Deed, Differ, record};
use super::tables::row_number;
use super::tables::saved_views::{ActiveModel, Column, Entity, Model, text};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// Who changes a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ViewOf {
    pub workspace: WorkspaceId,
    pub agent: AgentId,
}

impl Store {
    /// The views that an agent may use, the shared ones first, in their order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn views(&self, of: ViewOf) -> Result<Vec<SavedView>, StoreError> {
        let rows = in_order(seen(of)).all(self.readers()).await?;
        let views: Result<Vec<_>, _> = rows.into_iter().map(Model::view).collect();
        let mut views = views?;
        views.sort_by_key(|view| !view.shared);
        Ok(views)
    }

    /// Whether a view is shared; none when it does not exist or is somebody else's own.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn view_is_shared(
        &self,
        of: ViewOf,
        view: ViewId,
    ) -> Result<Option<bool>, StoreError> {
        let row = seen(of).filter(Column::Id.eq(view.0));
        let row = row.one(self.readers()).await?;
        Ok(row.map(|row| row.agent_id.is_none()))
    }

    /// Saves a view; one that is new, or new in its list, comes to the end.
    ///
    /// # Errors
    /// [`Refusal::ViewChanged`], [`Refusal::TooManyViews`], [`Refusal::FieldInvalid`] when the name is
    /// taken, [`Failed::Unavailable`].
    pub async fn save_view(&self, of: ViewOf, view: SavedView) -> Result<(), Failed> {
        let by = self.by();
        self.write(SaveView { of, view, by }).await
    }

    /// Deletes a view that nobody has changed since.
    ///
    /// # Errors
    /// [`Refusal::ViewChanged`], [`Failed::Unavailable`].
    pub async fn delete_view(&self, of: ViewOf, view: ViewId, version: u64) -> Result<(), Failed> {
        self.write(DeleteView {
            of,
            view,
            version,
            by: self.by(),
        })
        .await
    }

    /// Puts a view before another of its list, or at the end.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Failed::Unavailable`].
    pub async fn place_view(
        &self,
        of: ViewOf,
        view: ViewId,
        before: Option<ViewId>,
    ) -> Result<(), Failed> {
        let by = self.by();
        self.write(PlaceView {
            of,
            view,
            before,
            by,
        })
        .await
    }
}

/// Those that an agent sees: their own and the shared ones.
fn seen(of: ViewOf) -> Select<Entity> {
    let mine = Condition::any()
        .add(Column::AgentId.is_null())
        .add(Column::AgentId.eq(of.agent.0));
    Entity::find()
        .filter(Column::WorkspaceId.eq(of.workspace.0))
        .filter(mine)
}

fn in_order(rows: Select<Entity>) -> Select<Entity> {
    rows.order_by_asc(Column::Position).order_by_asc(Column::Id)
}

struct SaveView {
    of: ViewOf,
    view: SavedView,
    by: By,
}

impl Unit for SaveView {
    type Done = ();
    const NAME: &'static str = "save_view";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let Self { of, view, by } = self;
        let owner = (!view.shared).then_some(of.agent.0);
        // All that this agent sees are few, so they are looked at here.
        let rows = in_order(seen(*of)).all(tx).await?;
        let old = rows.iter().find(|row| row.id == view.id.0);
        if old.map_or(0, |old| old.version) != row_number(view.version) {
            return Err(Stop::Refused(Refusal::ViewChanged));
        }
        let list = rows.iter().filter(|row| row.agent_id == owner);
        let others: Vec<&Model> = list.filter(|row| row.id != view.id.0).collect();
        if others.iter().any(|row| row.name == view.name) {
            return Err(Stop::Refused(Refusal::FieldInvalid {
                field: Field::Name,
                problem: Problem::Twice,
            }));
        }
        let limit = if view.shared {
            limits::SHARED_VIEWS
        } else {
            limits::OWN_VIEWS
        };
        if others.len() >= limit {
            return Err(Stop::Refused(Refusal::TooManyViews {
                limit: u32::try_from(limit).unwrap_or(u32::MAX),
            }));
        }
        let end = others.last().map_or(1, |row| row.position + 1);
        let kept = text(view.tab, view.view);
        let was_shared = old.is_some_and(|old| old.agent_id.is_none());
        if view.shared || was_shared {
            let was = old.map_or("", |old| old.name.as_str());
            let changes = Differ::default()
                .field(AuditField::Shared, was_shared, view.shared)
                .field(AuditField::Name, was, &view.name)
                .hidden(AuditField::View, old.is_some_and(|old| old.view != kept));
            let subject = (AuditSubject::View, view.id.0, view.name.as_str());
            let deed = Deed::new(of.workspace, AuditKind::View, subject);
            record(tx, by, deed.with(changes.done())).await?;
        }
        let Some(old) = old else {
            let row = ActiveModel {
                id: Set(view.id.0),
                workspace_id: Set(of.workspace.0),
                agent_id: Set(owner),
                name: Set(view.name.clone()),
                view: Set(kept),
                position: Set(end),
                version: Set(1),
            };
            insert(tx, vec![row]).await?;
            return Ok(());
        };
        let stays = old.agent_id == owner;
        Entity::update_many()
            .col_expr(Column::AgentId, Expr::value(owner))
            .col_expr(Column::Name, Expr::value(view.name.clone()))
            .col_expr(Column::View, Expr::value(kept))
            .col_expr(
                Column::Position,
                Expr::value(if stays { old.position } else { end }),
            )
            .col_expr(Column::Version, Expr::value(old.version + 1))
            .filter(Column::Id.eq(old.id))
            .exec(tx)
            .await?;
        Ok(())
    }
}

struct DeleteView {
    of: ViewOf,
    view: ViewId,
    version: u64,
    by: By,
}

impl Unit for DeleteView {
    type Done = ();
    const NAME: &'static str = "delete_view";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let old = seen(self.of).filter(Column::Id.eq(self.view.0));
        let old = old.one(tx).await?;
        let done = Entity::delete_many()
            .filter(Column::Id.eq(self.view.0))
            .filter(Column::WorkspaceId.eq(self.of.workspace.0))
            .filter(Column::Version.eq(row_number(self.version)))
            .exec(tx)
            .await?;
        if done.rows_affected == 0 {
            return Err(Stop::Refused(Refusal::ViewChanged));
        }
        if let Some(old) = old.filter(|old| old.agent_id.is_none()) {
            let subject = (AuditSubject::View, old.id, old.name.as_str());
            let deed = Deed::new(self.of.workspace, AuditKind::View, subject);
            let changes = Differ::default().field(AuditField::Name, &old.name, "");
            record(tx, &self.by, deed.with(changes.done())).await?;
        }
        Ok(())
    }
}

struct PlaceView {
    of: ViewOf,
    view: ViewId,
    before: Option<ViewId>,
    by: By,
}

impl Unit for PlaceView {
    type Done = ();
    const NAME: &'static str = "place_view";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let mut list = in_order(seen(self.of)).all(tx).await?;
        let moved = list.iter().find(|row| row.id == self.view.0).cloned();
        let moved = moved.ok_or(Stop::Refused(Refusal::NotFound))?;
        list.retain(|row| row.agent_id == moved.agent_id);
        let was = list.iter().position(|row| row.id == moved.id);
        let mut ids: Vec<Uuid> = list.iter().map(|row| row.id).collect();
        ids.retain(|id| *id != self.view.0);
        let at = match self.before {
            Some(before) => ids.iter().position(|id| *id == before.0),
            None => Some(ids.len()),
        };
        let at = at.ok_or(Stop::Refused(Refusal::NotFound))?;
        ids.insert(at, self.view.0);
        let was = was.unwrap_or(at);
        if moved.agent_id.is_none() && was != at {
            let subject = (AuditSubject::View, moved.id, moved.name.as_str());
            let deed = Deed::new(self.of.workspace, AuditKind::View, subject);
            let changes = Differ::default().field(AuditField::Place, was + 1, at + 1);
            record(tx, &self.by, deed.with(changes.done())).await?;
        }
        let places = ids.into_iter().zip(1_i64..);
        let places = places.map(|(id, position)| vec![id.into(), position.into()]);
        update::<Entity>(tx, &[Column::Id], &[Column::Position], places.collect()).await?;
        Ok(())
    }
}
