//! A workspace is handed over: somebody becomes an owner, and who was one becomes an admin, at once.

use domain::Refusal;
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::person::Role;
use protocol::{AgentId, WorkspaceId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::audit::{By, Deed, Differ, record};
use super::modules::{locked, refresh};
use super::tables::agents::{Column, Entity};
use super::tables::row_number;
use super::tables::words::Word as _;
use super::team_roles::called;
use super::writer::{Stop, Unit};
use super::{Failed, Store};

impl Store {
    /// Makes a member the owner in the place of another, who becomes an admin.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] for who is no owner any more, [`Refusal::NotFound`] for somebody who is
    /// not on the team or the owner themselves, [`Refusal::MemberChanged`], [`Failed::Unavailable`].
    pub async fn hand_over(
        &self,
        workspace: WorkspaceId,
        from: AgentId,
        to: (AgentId, u64),
    ) -> Result<(), Failed> {
        let by = self.by();
        self.write(HandOver {
            workspace,
            from,
            to,
            by,
        })
        .await
    }
}

struct HandOver {
    workspace: WorkspaceId,
    from: AgentId,
    to: (AgentId, u64),
    by: By,
}

impl Unit for HandOver {
    type Done = ();
    const NAME: &'static str = "hand_over";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let (to, version) = self.to;
        if to == self.from {
            return Err(Stop::Refused(Refusal::NotFound));
        }
        // In the order in which a module is switched.
        locked(tx, self.workspace).await?;
        // All owners first and then the member, in the order in which members are saved: of two who
        // hand over at once, or one who is made an admin meanwhile, the second finds it done.
        let owners = Entity::find()
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .filter(Column::Role.eq(Role::Owner.word()))
            .filter(Column::DisabledAt.is_null())
            .order_by_asc(Column::Id)
            .lock(LockType::NoKeyUpdate)
            .all(tx)
            .await?;
        let from = owners.iter().find(|owner| owner.id == self.from.0);
        let from = from.ok_or(Stop::Refused(Refusal::NotAllowed))?;
        let member = Entity::find_by_id(to.0)
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .filter(Column::DisabledAt.is_null())
            .lock(LockType::NoKeyUpdate)
            .one(tx)
            .await?;
        let member = member.ok_or(Stop::Refused(Refusal::NotFound))?;
        if member.version != row_number(version) {
            return Err(Stop::Refused(Refusal::MemberChanged));
        }
        for (row, role) in [(&member, Role::Owner), (from, Role::Admin)] {
            Entity::update_many()
                .col_expr(Column::Role, Expr::value(role.word()))
                .col_expr(Column::TeamRoleId, Expr::value(None::<Uuid>))
                .col_expr(Column::Version, Expr::value(row.version + 1))
                .filter(Column::Id.eq(row.id))
                .exec(tx)
                .await?;
            let was = called(tx, (&row.role, row.team_role_id)).await?;
            let subject = (AuditSubject::Agent, row.id, row.name.as_str());
            let changes = Differ::default().field(AuditField::Role, was, role.word());
            let deed = Deed::new(self.workspace, AuditKind::Member, subject);
            record(tx, &self.by, deed.with(changes.done())).await?;
        }
        refresh(tx, self.workspace).await?;
        Ok(())
    }
}
