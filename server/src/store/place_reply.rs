//! Saved replies change places within their list.

use domain::Refusal;
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::{ReplyId, WorkspaceId};
use sea_orm::{ColumnTrait, DatabaseTransaction, QueryFilter, Select};
use uuid::Uuid;

use super::apply::update;
use super::audit::{By, Deed, Differ, record};
use super::replies::{in_order, of, one};
use super::tables::saved_replies::{Column, Entity};
use super::writer::{Stop, Unit};
use super::{Failed, Store};

impl Store {
    /// Puts a reply before another of its list, or at the end.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Failed::Unavailable`].
    pub async fn place_reply(
        &self,
        workspace: WorkspaceId,
        reply: ReplyId,
        before: Option<ReplyId>,
    ) -> Result<(), Failed> {
        self.write(PlaceReply {
            workspace,
            reply,
            before,
            by: self.by(),
        })
        .await
    }
}

/// The replies of one list: of everybody, of one chatbot, or an agent's own.
fn listed(workspace: WorkspaceId, chatbot: Option<Uuid>, agent: Option<Uuid>) -> Select<Entity> {
    let is = |column: Column, value: Option<Uuid>| match value {
        Some(value) => column.eq(value),
        None => column.is_null(),
    };
    of(workspace)
        .filter(is(Column::ChatbotId, chatbot))
        .filter(is(Column::AgentId, agent))
}

struct PlaceReply {
    workspace: WorkspaceId,
    reply: ReplyId,
    before: Option<ReplyId>,
    by: By,
}

impl Unit for PlaceReply {
    type Done = ();
    const NAME: &'static str = "place_reply";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let moved = one(self.workspace, self.reply).one(tx).await?;
        let moved = moved.ok_or(Stop::Refused(Refusal::NotFound))?;
        let list = listed(self.workspace, moved.chatbot_id, moved.agent_id);
        let list = in_order(list).all(tx).await?;
        let positions: Vec<i64> = list.iter().map(|row| row.position).collect();
        let mut ids: Vec<Uuid> = list.iter().map(|row| row.id).collect();
        ids.retain(|id| *id != moved.id);
        let at = match self.before {
            Some(before) => ids.iter().position(|id| *id == before.0),
            None => Some(ids.len()),
        };
        let at = at.ok_or(Stop::Refused(Refusal::NotFound))?;
        ids.insert(at, moved.id);
        let was = list.iter().position(|row| row.id == moved.id).unwrap_or(at);
        if moved.agent_id.is_none() && was != at {
            let subject = (AuditSubject::Reply, moved.id, moved.title.as_str());
            let deed = Deed::new(self.workspace, AuditKind::Reply, subject);
            let changes = Differ::default().field(AuditField::Place, was + 1, at + 1);
            record(tx, &self.by, deed.with(changes.done())).await?;
        }
        // The places of the list stay the same; who stands on them changes.
        let rows = ids.into_iter().zip(positions).zip(&list);
        let moves = rows.filter(|((id, position), row)| (*id, *position) != (row.id, row.position));
        let moves = moves.map(|((id, position), _)| vec![id.into(), position.into()]);
        update::<Entity>(tx, &[Column::Id], &[Column::Position], moves.collect()).await?;
        Ok(())
    }
}
