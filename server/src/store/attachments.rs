//! Attachments: from the upload, over the message that names them, to being forgotten.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::facts::ForTeam;
use domain::{Command, Refusal, Unsent, Uploader};
use protocol::attachment::Attachment;
use protocol::{AttachmentId, ConversationId, Timestamp, WorkspaceId};
use sea_orm::sea_query::{Expr, ExprTrait as _, LockType};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set,
};

use super::apply::{insert, update};
use super::pad::pad;
use super::tables::attachments::{ActiveModel, Column, Entity, Model, uploader_columns};
use super::tables::row_number;
use super::tables::words::{AttachmentState, Word as _};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// Files that one visitor or agent may have uploaded and not sent.
const UNSENT: u32 = 50;
/// Files that are forgotten in one go.
const FORGOTTEN: u64 = 100;

/// A file that begins to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAttachment {
    pub workspace: WorkspaceId,
    pub conversation: ConversationId,
    pub by: Uploader,
    pub view: Attachment,
    pub at: Timestamp,
}

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRow {
    pub workspace: WorkspaceId,
    pub conversation: ConversationId,
    pub by: Uploader,
    pub view: Attachment,
    /// Whether it went along with a note; none while it is unsent.
    pub sent: Option<ForTeam>,
}

impl Store {
    /// Enters a file of which the object follows. Whoever has too many unsent ones is refused.
    ///
    /// # Errors
    /// [`Refusal::TooManyFiles`], or [`Failed::Unavailable`] when the database cannot be written.
    pub async fn begin_attachment(&self, new: NewAttachment) -> Result<(), Failed> {
        self.write(new).await
    }

    /// The object is there, and safe: the file may be sent.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn attachment_is_kept(
        &self,
        workspace: WorkspaceId,
        id: AttachmentId,
    ) -> Result<(), Failed> {
        self.write(Keep { workspace, id }).await
    }

    /// A file that is kept, sent or not.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn attachment(&self, id: AttachmentId) -> Result<Option<AttachmentRow>, StoreError> {
        let there = [AttachmentState::Kept, AttachmentState::Sent].map(|state| state.word());
        let row = Entity::find_by_id(id.0)
            .filter(Column::State.is_in(there))
            .one(self.readers())
            .await?;
        row.map(AttachmentRow::try_from).transpose()
    }

    /// Takes files that were uploaded before a time and never sent out of everybody's reach, and
    /// names them, so that their objects can be removed. Those of which that failed are named again.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn doom_attachments(
        &self,
        before: Timestamp,
    ) -> Result<Vec<(WorkspaceId, AttachmentId)>, Failed> {
        self.write(Doom { before }).await
    }

    /// Forgets files whose objects are gone.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn forget_attachments(&self, ids: Vec<AttachmentId>) -> Result<(), Failed> {
        self.write(Forget { ids }).await
    }
}

impl TryFrom<Model> for AttachmentRow {
    type Error = StoreError;

    fn try_from(row: Model) -> Result<Self, StoreError> {
        let sent = row.state == AttachmentState::Sent.word();
        Ok(Self {
            workspace: WorkspaceId(row.workspace_id),
            conversation: ConversationId(row.conversation_id),
            by: row.uploader()?,
            view: row.view()?,
            sent: sent.then_some(row.for_team),
        })
    }
}

/// The unsent files that these commands name, locked so that nobody forgets them meanwhile.
pub(super) async fn load(
    tx: &DatabaseTransaction,
    commands: &[&Command],
) -> Result<HashMap<AttachmentId, Unsent>, StoreError> {
    let named: BTreeSet<_> = commands
        .iter()
        .flat_map(|command| command.attachments())
        .map(|id| id.0)
        .collect();
    if named.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find()
        .filter(Column::Id.is_in(pad(named.into_iter().collect::<Vec<_>>())))
        .filter(Column::State.eq(AttachmentState::Kept.word()))
        .order_by_asc(Column::Id)
        .lock(LockType::NoKeyUpdate)
        .all(tx)
        .await?;
    let unsent = rows.into_iter().map(|row| {
        let view = row.view()?;
        let unsent = Unsent {
            conversation: ConversationId(row.conversation_id),
            by: row.uploader()?,
            view,
        };
        Ok((unsent.view.id, unsent))
    });
    unsent.collect()
}

/// Saves which files were sent. One that is not there any more voids all that was decided.
pub(super) async fn send(
    tx: &DatabaseTransaction,
    sent: &BTreeMap<AttachmentId, ForTeam>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let rows: Vec<_> = sent
        .iter()
        .map(|(id, for_team)| {
            vec![
                id.0.into(),
                AttachmentState::Sent.word().into(),
                (*for_team).into(),
                now.0.into(),
            ]
        })
        .collect();
    let count = rows.len() as u64;
    let sets = [Column::State, Column::ForTeam, Column::SentAt];
    if update::<Entity>(tx, &[Column::Id], &sets, rows).await? == count {
        Ok(())
    } else {
        Err(StoreError::Stale)
    }
}

impl Unit for NewAttachment {
    type Done = ();
    const NAME: &'static str = "begin_attachment";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let (kind, by) = uploader_columns(self.by);
        let unsent = Entity::find()
            .filter(Column::ConversationId.eq(self.conversation.0))
            .filter(Column::UploaderId.eq(by))
            .filter(Column::State.ne(AttachmentState::Sent.word()))
            .count(tx)
            .await?;
        if unsent >= u64::from(UNSENT) {
            return Err(Stop::Refused(Refusal::TooManyFiles { limit: UNSENT }));
        }
        let picture = self.view.picture;
        let row = ActiveModel {
            id: Set(self.view.id.0),
            workspace_id: Set(self.workspace.0),
            conversation_id: Set(self.conversation.0),
            uploader_kind: Set(kind.word().to_owned()),
            uploader_id: Set(by),
            state: Set(AttachmentState::Arriving.word().to_owned()),
            name: Set(self.view.name.clone()),
            media_type: Set(self.view.media_type.clone()),
            bytes: Set(row_number(self.view.bytes)),
            width: Set(picture.map(|picture| picture.width.into())),
            height: Set(picture.map(|picture| picture.height.into())),
            for_team: Set(false),
            created_at: Set(self.at.0),
            sent_at: Set(None),
            erasure_id: Set(None),
        };
        insert(tx, vec![row]).await?;
        Ok(())
    }
}

struct Keep {
    workspace: WorkspaceId,
    id: AttachmentId,
}

impl Unit for Keep {
    type Done = ();
    const NAME: &'static str = "attachment_is_kept";
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
    const NAME: &'static str = "doom_attachments";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Self::Done, Stop> {
        let rows = Entity::find()
            .filter(
                Column::State
                    .into_expr()
                    .ne(AttachmentState::Sent.literal()),
            )
            .filter(Column::CreatedAt.lt(self.before.0))
            .order_by_asc(Column::Id)
            .limit(FORGOTTEN)
            .lock(LockType::NoKeyUpdate)
            .all(tx)
            .await?;
        let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
        if !ids.is_empty() {
            Entity::update_many()
                .filter(Column::Id.is_in(pad(ids)))
                .filter(Column::State.ne(AttachmentState::Sent.word()))
                .col_expr(Column::State, Expr::value(AttachmentState::Doomed.word()))
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
    const NAME: &'static str = "forget_attachments";
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
