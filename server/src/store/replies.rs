//! Saved replies: who may use which, saved on the version that was looked at.

use domain::Refusal;
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::forms::ReplyForm;
use protocol::refusal::{Field, Problem};
use protocol::reply::{SavedReply, Share};
use protocol::{AgentId, ReplyId, WorkspaceId, limits};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, Select, Set,
};
use uuid::Uuid;

use super::apply::insert;
use super::audit::{By, Deed, Differ, record};
use super::reply_files;
use super::tables::row_number;
use super::tables::saved_replies::{ActiveModel, Column, Entity, Model, steps_text};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};
use crate::faults::{self, Fault};

/// A reply that was checked, and who saves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedForm {
    pub workspace: WorkspaceId,
    pub agent: AgentId,
    /// Its name if it is new.
    pub fresh: ReplyId,
    pub form: ReplyForm,
}

impl Store {
    /// The replies that an agent may use, less those of chatbots they are not assigned to, in order.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn replies(&self, agent: &domain::Agent) -> Result<Vec<SavedReply>, StoreError> {
        let mut mine = Condition::any()
            .add(Column::AgentId.is_null())
            .add(Column::AgentId.eq(agent.id.0));
        if faults::on(Fault::RepliesOfAll) {
            mine = mine.add(Column::AgentId.is_not_null());
        }
        let rows = in_order(of(agent.workspace).filter(mine));
        let rows = rows.all(self.readers()).await?;
        let ids = rows.iter().map(|row| row.id).collect();
        let mut files = self.files_of_replies(agent.workspace, ids).await?;
        let replies: Result<Vec<_>, _> = rows
            .into_iter()
            .map(|row| {
                let files = files.remove(&row.id).unwrap_or_default();
                row.reply(files)
            })
            .collect();
        let mut replies = replies?;
        replies.retain(|reply| match reply.share {
            Share::Chatbot(chatbot) => agent.assigned.includes(chatbot),
            Share::Workspace | Share::Own => true,
        });
        Ok(replies)
    }

    /// Who has a reply; none when it does not exist or is somebody else's own.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn reply_share(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        reply: ReplyId,
    ) -> Result<Option<Share>, StoreError> {
        let row = one(workspace, reply).one(self.readers()).await?;
        let row = row.filter(|row| row.agent_id.is_none_or(|owner| owner == agent.0));
        Ok(row.as_ref().map(Model::share))
    }

    /// Saves a reply, at the end of its list when it is new there.
    ///
    /// # Errors
    /// [`Refusal::ReplyChanged`], [`Refusal::NotFound`], [`Refusal::TooManyReplies`],
    /// [`Refusal::FieldInvalid`] when the shortcut is taken, [`Failed::Unavailable`].
    pub async fn save_reply(&self, saved: SavedForm) -> Result<ReplyId, Failed> {
        let by = self.by();
        self.write(SaveReply(saved, by)).await
    }

    /// Deletes a reply that nobody has changed since.
    ///
    /// # Errors
    /// [`Refusal::ReplyChanged`], [`Failed::Unavailable`].
    pub async fn delete_reply(
        &self,
        workspace: WorkspaceId,
        reply: ReplyId,
        version: u64,
    ) -> Result<(), Failed> {
        self.write(DeleteReply {
            workspace,
            reply,
            version,
            by: self.by(),
        })
        .await
    }
}

pub(super) fn of(workspace: WorkspaceId) -> Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(workspace.0))
}

pub(super) fn one(workspace: WorkspaceId, reply: ReplyId) -> Select<Entity> {
    of(workspace).filter(Column::Id.eq(reply.0))
}

pub(super) fn in_order(rows: Select<Entity>) -> Select<Entity> {
    rows.order_by_asc(Column::Position).order_by_asc(Column::Id)
}

pub(super) struct SaveReply(SavedForm, By);

impl Unit for SaveReply {
    type Done = ReplyId;
    const NAME: &'static str = "save_reply";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<ReplyId, Stop> {
        let SavedForm {
            workspace,
            agent,
            fresh,
            form,
        } = &self.0;
        let (chatbot, owner) = match form.share {
            Share::Workspace => (None, None),
            Share::Chatbot(chatbot) => (Some(chatbot.0), None),
            Share::Own => (None, Some(agent.0)),
        };
        let old = match form.id {
            None => None,
            Some(id) => {
                let row = one(*workspace, id).one(tx).await?;
                let row = row.ok_or(Stop::Refused(Refusal::NotFound))?;
                if row.version != row_number(form.version) {
                    return Err(Stop::Refused(Refusal::ReplyChanged));
                }
                Some(row)
            }
        };
        refuse_taken(tx, &self.0).await?;
        let stays = old
            .as_ref()
            .filter(|row| (row.chatbot_id, row.agent_id) == (chatbot, owner));
        let position = match stays {
            Some(row) => row.position,
            None => {
                refuse_full(tx, *workspace, owner).await?;
                last_position(tx, *workspace).await? + 1
            }
        };
        let Some(old) = old else {
            let row = ActiveModel {
                id: Set(fresh.0),
                workspace_id: Set(workspace.0),
                chatbot_id: Set(chatbot),
                agent_id: Set(owner),
                shortcut: Set(form.shortcut.clone()),
                title: Set(form.title.clone()),
                text: Set(form.text.clone()),
                position: Set(position),
                version: Set(1),
                steps: Set(steps_text(&form.steps)),
            };
            insert(tx, vec![row]).await?;
            reply_files::save(tx, (*workspace, *agent), *fresh, &form.files).await?;
            self.told(tx, *fresh, None).await?;
            return Ok(*fresh);
        };
        let done = Entity::update_many()
            .col_expr(Column::ChatbotId, Expr::value(chatbot))
            .col_expr(Column::AgentId, Expr::value(owner))
            .col_expr(Column::Shortcut, Expr::value(form.shortcut.clone()))
            .col_expr(Column::Title, Expr::value(form.title.clone()))
            .col_expr(Column::Text, Expr::value(form.text.clone()))
            .col_expr(Column::Steps, Expr::value(steps_text(&form.steps)))
            .col_expr(Column::Position, Expr::value(position))
            .col_expr(Column::Version, Expr::value(old.version + 1))
            .filter(Column::Id.eq(old.id))
            .filter(Column::Version.eq(old.version))
            .exec(tx)
            .await?;
        if done.rows_affected == 0 {
            return Err(Stop::Refused(Refusal::ReplyChanged));
        }
        let reply = ReplyId(old.id);
        reply_files::save(tx, (*workspace, *agent), reply, &form.files).await?;
        self.told(tx, reply, Some(&old)).await?;
        Ok(reply)
    }
}

impl SaveReply {
    pub(super) fn new(saved: SavedForm, by: By) -> Self {
        Self(saved, by)
    }

    /// Writes down what changed of a reply that others use too. Its words are in the reply.
    async fn told(
        &self,
        tx: &DatabaseTransaction,
        reply: ReplyId,
        old: Option<&Model>,
    ) -> Result<(), Stop> {
        let form = &self.0.form;
        let shared = form.share != Share::Own;
        let was_shared = old.is_some_and(|old| old.agent_id.is_none());
        if !shared && !was_shared {
            return Ok(());
        }
        let was = |read: fn(&Model) -> &str| old.map_or("", read);
        let changes = Differ::default()
            .field(AuditField::Shared, was_shared, shared)
            .field(AuditField::Title, was(|old| &old.title), &form.title)
            .field(
                AuditField::Shortcut,
                was(|old| &old.shortcut),
                &form.shortcut,
            )
            .hidden(
                AuditField::Text,
                old.is_some_and(|old| old.text != form.text),
            )
            .hidden(
                AuditField::Steps,
                old.is_some_and(|old| old.steps != steps_text(&form.steps)),
            )
            .done();
        let subject = (AuditSubject::Reply, reply.0, form.title.as_str());
        let deed = Deed::new(self.0.workspace, AuditKind::Reply, subject);
        record(tx, &self.1, deed.with(changes)).await?;
        Ok(())
    }
}

/// A shortcut means one thing wherever this reply is seen. Others' own replies are not looked at:
/// nobody learns of them, and their writers see theirs first.
async fn refuse_taken(tx: &DatabaseTransaction, saved: &SavedForm) -> Result<(), Stop> {
    let form = &saved.form;
    let own = Column::AgentId.eq(saved.agent.0);
    let shared = Column::AgentId.is_null();
    let seen = match form.share {
        Share::Own => Condition::any().add(shared).add(own),
        Share::Workspace => Condition::any().add(shared),
        Share::Chatbot(chatbot) => Condition::all().add(shared).add(
            Condition::any()
                .add(Column::ChatbotId.is_null())
                .add(Column::ChatbotId.eq(chatbot.0)),
        ),
    };
    let same = of(saved.workspace)
        .filter(Column::Shortcut.eq(form.shortcut.as_str()))
        .filter(seen);
    let others = match form.id {
        Some(id) => same.filter(Column::Id.ne(id.0)),
        None => same,
    };
    if others.count(tx).await? == 0 {
        return Ok(());
    }
    Err(Stop::Refused(Refusal::FieldInvalid {
        field: Field::Shortcut,
        problem: Problem::Twice,
    }))
}

async fn refuse_full(
    tx: &DatabaseTransaction,
    workspace: WorkspaceId,
    owner: Option<Uuid>,
) -> Result<(), Stop> {
    let (rows, limit) = match owner {
        Some(owner) => (
            of(workspace).filter(Column::AgentId.eq(owner)),
            limits::OWN_REPLIES,
        ),
        None => (
            of(workspace).filter(Column::AgentId.is_null()),
            limits::SHARED_REPLIES,
        ),
    };
    if rows.count(tx).await? < limit as u64 {
        return Ok(());
    }
    Err(Stop::Refused(Refusal::TooManyReplies {
        limit: u32::try_from(limit).unwrap_or(u32::MAX),
    }))
}

async fn last_position(tx: &DatabaseTransaction, workspace: WorkspaceId) -> Result<i64, Stop> {
    let last = of(workspace)
        .order_by_desc(Column::Position)
        .one(tx)
        .await?;
    Ok(last.map_or(0, |row| row.position))
}

struct DeleteReply {
    workspace: WorkspaceId,
    reply: ReplyId,
    version: u64,
    by: By,
}

impl Unit for DeleteReply {
    type Done = ();
    const NAME: &'static str = "delete_reply";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        let old = one(self.workspace, self.reply).one(tx).await?;
        reply_files::let_go(tx, self.workspace, self.reply, Vec::new()).await?;
        let done = Entity::delete_many()
            .filter(Column::Id.eq(self.reply.0))
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .filter(Column::Version.eq(row_number(self.version)))
            .exec(tx)
            .await?;
        if done.rows_affected == 0 {
            return Err(Stop::Refused(Refusal::ReplyChanged));
        }
        if let Some(old) = old.filter(|old| old.agent_id.is_none()) {
            let subject = (AuditSubject::Reply, old.id, old.title.as_str());
            let deed = Deed::new(self.workspace, AuditKind::Reply, subject);
            let changes = Differ::default().field(AuditField::Title, &old.title, "");
            record(tx, &self.by, deed.with(changes.done())).await?;
        }
        Ok(())
    }
}
