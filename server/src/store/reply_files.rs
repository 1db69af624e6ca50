//! The files of saved replies: from the upload, over the reply that is saved with them, to being
//! forgotten.

use std::collections::HashMap;

use domain::Refusal;
use protocol::attachment::Attachment;
use protocol::{AgentId, AttachmentId, ReplyId, Timestamp, WorkspaceId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use super::apply::{insert, update};
use super::pad::pad;
use super::tables::reply_files::{ActiveModel, Column, Entity};
use super::tables::row_number;
use super::tables::words::{AttachmentState, Word as _};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// Files that one agent may have uploaded for replies that are not saved.
const UNSAVED: u32 = 50;
/// Files that are forgotten in one go.
const FORGOTTEN: u64 = 100;

/// A file that begins to be kept for a saved reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReplyFile {
    pub workspace: WorkspaceId,
    pub agent: AgentId,
    pub view: Attachment,
    pub at: Timestamp,
}

/// A file that is kept for a saved reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyFileRow {
    pub workspace: WorkspaceId,
    /// None until the reply is saved.
    pub reply: Option<ReplyId>,
    /// Who uploaded it.
    pub agent: AgentId,
    pub view: Attachment,
}

impl Store {
    /// Enters a file of which the object follows. Whoever has too many that no reply has is refused.
    ///
    /// # Errors
    /// [`Refusal::TooManyFiles`], or [`Failed::Unavailable`] when the database cannot be written.
    pub async fn begin_reply_file(&self, new: NewReplyFile) -> Result<(), Failed> {
        self.write(new).await
    }

    /// The object is there, and safe: a reply may be saved with it.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn reply_file_is_kept(
        &self,
        workspace: WorkspaceId,
        id: AttachmentId,
    ) -> Result<(), Failed> {
        self.write(Keep { workspace, id }).await
    }

    /// A file that is kept, of a reply or not yet.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn reply_file(
        &self,
        workspace: WorkspaceId,
        id: AttachmentId,
    ) -> Result<Option<ReplyFileRow>, StoreError> {
        let row = Entity::find_by_id(id.0)
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::State.eq(AttachmentState::Kept.word()))
            .one(self.readers())
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(ReplyFileRow {
            workspace: WorkspaceId(row.workspace_id),
            reply: row.reply_id.map(ReplyId),
            agent: AgentId(row.agent_id),
            view: row.view()?,
        }))
    }

    /// Takes files that no reply has out of everybody's reach: those that one let go of, and those
    /// that were uploaded before a time. Those of which removing the objects failed are named again.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn doom_reply_files(
        &self,
        before: Timestamp,
    ) -> Result<Vec<(WorkspaceId, AttachmentId)>, Failed> {
        self.write(Doom { before }).await
    }

    /// Forgets files whose objects are gone.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn forget_reply_files(&self, ids: Vec<AttachmentId>) -> Result<(), Failed> {
        self.write(Forget { ids }).await
    }

    /// The files of some of a workspace's replies, in their order.
    pub(super) async fn files_of_replies(
        &self,
        workspace: WorkspaceId,
        replies: Vec<Uuid>,
    ) -> Result<HashMap<Uuid, Vec<Attachment>>, StoreError> {
        if replies.is_empty() {
            return Ok(HashMap::new());
        }
        let rows = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::ReplyId.is_in(pad(replies)))
            .order_by_asc(Column::Position)
            .all(self.readers())
            .await?;
        let mut files = HashMap::<Uuid, Vec<Attachment>>::new();
        for row in rows {
            if let Some(reply) = row.reply_id {
                files.entry(reply).or_default().push(row.view()?);
            }
        }
        Ok(files)
    }
}

/// A reply is saved with these files, in this order, and lets go of all others. Each has to be its
/// own already, or fresh and uploaded by the agent who saves it.
pub(super) async fn save(
    tx: &DatabaseTransaction,
    (workspace, agent): (WorkspaceId, AgentId),
    reply: ReplyId,
    files: &[AttachmentId],
) -> Result<(), Stop> {
    let ids: Vec<Uuid> = files.iter().map(|id| id.0).collect();
    let fresh = Condition::all()
        .add(Column::ReplyId.is_null())
        .add(Column::AgentId.eq(agent.0));
    if !ids.is_empty() {
        let known = Entity::find()
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::Id.is_in(pad(ids.clone())))
            .filter(Column::State.eq(AttachmentState::Kept.word()))
            .filter(Condition::any().add(Column::ReplyId.eq(reply.0)).add(fresh))
            .lock(LockType::NoKeyUpdate)
            .all(tx)
            .await?;
        if known.len() != ids.len() {
            return Err(Stop::Refused(Refusal::FileGone));
        }
    }
    let_go(tx, workspace, reply, ids.clone()).await?;
    let rows = ids.into_iter().enumerate().map(|(at, id)| {
        let position = row_number(at as u64);
        vec![id.into(), Some(reply.0).into(), position.into()]
    });
    let sets = [Column::ReplyId, Column::Position];
    update::<Entity>(tx, &[Column::Id], &sets, rows.collect()).await?;
    Ok(())
}

/// A reply lets go of its files but these: they are removed soon.
pub(super) async fn let_go(
    tx: &DatabaseTransaction,
    workspace: WorkspaceId,
    reply: ReplyId,
    but: Vec<Uuid>,
) -> Result<(), StoreError> {
    let mut others = Entity::update_many()
        .filter(Column::WorkspaceId.eq(workspace.0))
        .filter(Column::ReplyId.eq(reply.0));
    if !but.is_empty() {
        others = others.filter(Column::Id.is_not_in(but));
    }
    others
        .col_expr(Column::ReplyId, Expr::value(None::<Uuid>))
        .col_expr(Column::State, Expr::value(AttachmentState::Doomed.word()))
        .exec(tx)
        .await?;
    Ok(())
}

impl Unit for NewReplyFile {
    type Done = ();
    const NAME: &'static str = "begin_reply_file";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let unsaved = Entity::find()
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .filter(Column::ReplyId.is_null())
            .filter(Column::AgentId.eq(self.agent.0))
            .count(tx)
            .await?;
        if unsaved >= u64::from(UNSAVED) {
            return Err(Stop::Refused(Refusal::TooManyFiles { limit: UNSAVED }));
        }
        let picture = self.view.picture;
        let row = ActiveModel {
            id: Set(self.view.id.0),
            workspace_id: Set(self.workspace.0),
            reply_id: Set(None),
            agent_id: Set(self.agent.0),
            state: Set(AttachmentState::Arriving.word().to_owned()),
            position: Set(0),
            name: Set(self.view.name.clone()),
            media_type: Set(self.view.media_type.clone()),
            bytes: Set(row_number(self.view.bytes)),
            width: Set(picture.map(|picture| picture.width.into())),
            height: Set(picture.map(|picture| picture.height.into())),
            created_at: Set(self.at.0),
        };
        insert(tx, vec![row]).await?;
        Ok(())
    }
}

// Keeping, dooming and forgetting go as in `attachments.rs`, on a table of its own: one code for both
// would be generic over two entities and their columns, and longer than the two.

struct Keep {
    workspace: WorkspaceId,
    id: AttachmentId,
}

impl Unit for Keep {
    type Done = ();
    const NAME: &'static str = "reply_file_is_kept";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let kept = Entity::update_many()
            .filter(Column::Id.eq(self.id.0))
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .filter(Column::State.eq(AttachmentState::Arriving.word()))
            .col_expr(Column::State, Expr::value(AttachmentState::Kept.word()))
            .exec(tx)
            .await?;
        if kept.rows_affected == 1 {
            Ok(())
        } else {
            // It took so long that it was given up.
            Err(Stop::Refused(Refusal::FileGone))
        }
    }
}

struct Doom {
    before: Timestamp,
}

impl Unit for Doom {
    type Done = Vec<(WorkspaceId, AttachmentId)>;
    const NAME: &'static str = "doom_reply_files";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Self::Done, Stop> {
        let doomed = AttachmentState::Doomed.word();
        let rows = Entity::find()
            .filter(Column::ReplyId.is_null())
            .filter(
                Condition::any()
                    .add(Column::State.eq(doomed))
                    .add(Column::CreatedAt.lt(self.before.0)),
            )
            .order_by_asc(Column::Id)
            .limit(FORGOTTEN)
            .lock(LockType::NoKeyUpdate)
            .all(tx)
            .await?;
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        if !ids.is_empty() {
            Entity::update_many()
                .filter(Column::Id.is_in(pad(ids)))
                .filter(Column::ReplyId.is_null())
                .col_expr(Column::State, Expr::value(doomed))
                .exec(tx)
                .await?;
        }
        let named = rows
            .iter()
            .map(|row| (WorkspaceId(row.workspace_id), AttachmentId(row.id)));
        Ok(named.collect())
    }
}

struct Forget {
    ids: Vec<AttachmentId>,
}

impl Unit for Forget {
    type Done = ();
    const NAME: &'static str = "forget_reply_files";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let ids: Vec<_> = self.ids.iter().map(|id| id.0).collect();
        Entity::delete_many()
            .filter(Column::Id.is_in(pad(ids)))
            .filter(Column::State.eq(AttachmentState::Doomed.word()))
            .exec(tx)
            .await?;
        Ok(())
    }
}
