//! Erases visitors with all that was ever kept of them, and writes down how much that was.
//!
//! What is left is looked for in the same transaction: an erasure that left anything is none.

use domain::Refusal;
use domain::permissions::Permission;
use protocol::audit::{AuditField, AuditKind, AuditSubject};
use protocol::erasure::{ErasedCounts, Subject};
use protocol::{AgentId, ChatbotId, ConversationId, ErasureId, Timestamp, VisitorId, WorkspaceId};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbBackend, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Set,
};
use uuid::Uuid;

use super::apply::insert;
use super::audit::{By, Deed, Differ, record};
use super::contacts::seen_visitor;
use super::pad::pad;
use super::tables::words::{AskedByKind, AttachmentState, Word as _};
use super::tables::{
    agents, attachments, claims, consents, contacts, conversations, drafts, entries, erasures,
    handoffs, leads, mentions, runs, sessions, visitors,
};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError, stale};

/// Visitors that are erased in one transaction, where nobody waits for it.
const AT_ONCE: u64 = 20;

/// What is to be erased, and who wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Erase {
    /// A visitor wants to be forgotten.
    Visitor(VisitorId),
    /// An agent erases what they see.
    Seen {
        agent: AgentId,
        conversation: ConversationId,
        subject: Subject,
    },
    /// Nothing was said, and nobody came, since this time: some of those.
    Before {
        chatbot: ChatbotId,
        before: Timestamp,
    },
}

/// What was erased.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// With the conversation that was reserved for each, begun or not.
    pub visitors: Vec<(VisitorId, ConversationId)>,
    /// Those that had begun.
    pub conversations: Vec<(ConversationId, ChatbotId)>,
}

impl Store {
    /// Erases for good. Objects of files go afterwards: see [`Store::erasures_under_way`].
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotAllowed`], [`Failed::Unavailable`].
    pub async fn erase(
        &self,
        workspace: WorkspaceId,
        id: ErasureId,
        erase: Erase,
        at: Timestamp,
    ) -> Result<Erased, Failed> {
        let unit = Erasing {
            workspace,
            id,
            erase,
            at,
            by: self.by(),
        };
        let erased = self.write(unit).await?;
        let gone: Vec<_> = erased.visitors.iter().map(|(id, _)| *id).collect();
        self.inner.known_visitors.forget(&gone);
        Ok(erased)
    }
}

struct Erasing {
    workspace: WorkspaceId,
    id: ErasureId,
    erase: Erase,
    at: Timestamp,
    by: By,
}

impl Unit for Erasing {
    type Done = Erased;
    const NAME: &'static str = "erase";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<Erased, Stop> {
        let (asked_by, agent) = match &self.erase {
            Erase::Visitor(_) => (AskedByKind::Visitor, None),
            Erase::Seen { agent, .. } => (AskedByKind::Agent, Some(*agent)),
            Erase::Before { .. } => (AskedByKind::Retention, None),
        };
        let found = self.lock(tx).await?;
        if found.is_empty() {
            return match self.erase {
                Erase::Before { .. } => Ok(Erased::default()),
                _ => Err(Stop::Refused(Refusal::NotFound)),
            };
        }
        let agent_name = match agent {
            Some(agent) => agents::Entity::find_by_id(agent.0).one(tx).await?,
            None => None,
        };
        let agent_name = agent_name.map(|agent| agent.name).unwrap_or_default();
        overwrite(tx, true).await?;
        let (counts, erased) = erase(tx, self.id, &found).await?;
        overwrite(tx, false).await?;
        let counts = serde_json::to_string(&counts).map_err(|_| StoreError::Stale)?;
        let row = erasures::ActiveModel {
            id: Set(self.id.0),
            workspace_id: Set(self.workspace.0),
            at: Set(self.at.0),
            asked_by: Set(asked_by.word().to_owned()),
            agent_id: Set(agent.map(|agent| agent.0)),
            agent_name: Set(agent_name),
            counts: Set(counts),
            done_at: Set(None),
        };
        insert(tx, vec![row]).await?;
        if let Erase::Seen { subject, .. } = &self.erase {
            let subject = match subject {
                Subject::Conversation => AuditSubject::Conversation,
                Subject::Contact => AuditSubject::Contact,
            };
            let deed = Deed::nobody(self.workspace, AuditKind::Erased, subject);
            let count = erased.conversations.len();
            let changes = Differ::default().field(AuditField::Conversations, count, 0);
            record(tx, &self.by, deed.with(changes.done())).await?;
        }
        Ok(erased)
    }
}

impl Erasing {
    /// Whom it is about, locked: a message that begins a conversation meanwhile waits, and finds nobody.
    async fn lock(&self, tx: &DatabaseTransaction) -> Result<Vec<visitors::Model>, Stop> {
        use visitors::{Column, Entity};
        let of_workspace = Entity::find()
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .order_by_asc(Column::Id)
            .lock(LockType::Update);
        let found = match &self.erase {
            Erase::Visitor(visitor) => {
                of_workspace
                    .filter(Column::Id.eq(visitor.0))
                    .all(tx)
                    .await?
            }
            Erase::Seen {
                agent,
                conversation,
                subject,
            } => {
                let asking = (self.workspace, *agent);
                let (agent, visitor) = seen_visitor(tx, asking, *conversation).await?;
                agent.may(Permission::EraseData).map_err(Stop::Refused)?;
                let of = Entity::find_by_id(visitor).one(tx).await?;
                let contact = of.and_then(|of| of.contact_id);
                let contact = contact.filter(|_| *subject == Subject::Contact);
                let found = match contact {
                    Some(contact) => of_workspace.filter(Column::ContactId.eq(contact)),
                    None => of_workspace.filter(Column::Id.eq(visitor)),
                };
                let found = found.all(tx).await?;
                let sees =
                    |of: &visitors::Model| agent.sees(self.workspace, ChatbotId(of.chatbot_id));
                if !found.iter().all(sees) {
                    return Err(Stop::Refused(Refusal::NotAllowed));
                }
                found
            }
            Erase::Before { chatbot, before } => {
                let due = stale::due(tx, *chatbot, *before, AT_ONCE).await?;
                if due.is_empty() {
                    return Ok(Vec::new());
                }
                of_workspace
                    .filter(Column::Id.is_in(pad(due)))
                    .all(tx)
                    .await?
            }
        };
        let talks = found
            .iter()
            .map(|of| of.conversation_id)
            .collect::<Vec<_>>();
        conversations::Entity::find()
            .select_only()
            .column(conversations::Column::Id)
            .filter(conversations::Column::Id.is_in(pad(talks)))
            .order_by_asc(conversations::Column::Id)
            .lock(LockType::Update)
            .into_tuple::<Uuid>()
            .all(tx)
            .await?;
        let Erase::Before { chatbot, before } = self.erase else {
            return Ok(found);
        };
        // Whoever wrote before they were locked stays.
        let still = stale::due(tx, chatbot, before, AT_ONCE).await?;
        let found = found.into_iter().filter(|of| still.contains(&of.id));
        Ok(found.collect())
    }
}

/// Erases these visitors, who are locked, and everything that hangs on them.
async fn erase(
    tx: &DatabaseTransaction,
    id: ErasureId,
    found: &[visitors::Model],
) -> Result<(ErasedCounts, Erased), StoreError> {
    let visitors = pad(found.iter().map(|of| of.id).collect());
    let talks = pad(found.iter().map(|of| of.conversation_id).collect());
    let begun = conversations::Entity::find()
        .select_only()
        .columns([conversations::Column::Id, conversations::Column::ChatbotId])
        .filter(conversations::Column::Id.is_in(talks.clone()))
        .into_tuple::<(Uuid, Uuid)>()
        .all(tx)
        .await?;
    let files = attachments::Entity::update_many()
        .col_expr(
            attachments::Column::State,
            Expr::value(AttachmentState::Doomed.word()),
        )
        .col_expr(attachments::Column::Name, Expr::value(""))
        .col_expr(attachments::Column::ErasureId, Expr::value(id.0))
        .filter(attachments::Column::ConversationId.is_in(talks.clone()))
        .exec(tx)
        .await?;
    let mut counts = ErasedCounts {
        files: files.rows_affected,
        visits: count::<sessions::Entity>(tx, sessions::Column::VisitorId, &visitors).await?,
        handoffs: count::<handoffs::Entity>(tx, handoffs::Column::ConversationId, &talks).await?,
        leads: count::<leads::Entity>(tx, leads::Column::ConversationId, &talks).await?,
        ..ErasedCounts::default()
    };
    // Everything else of a conversation and of a visitor goes with them by its reference.
    counts.entries = delete::<entries::Entity>(tx, entries::Column::ConversationId, &talks).await?;
    counts.conversations =
        delete::<conversations::Entity>(tx, conversations::Column::Id, &talks).await?;
    counts.visitors = delete::<visitors::Entity>(tx, visitors::Column::Id, &visitors).await?;
    counts.contacts = nobodys_contacts(tx, found).await?;
    nothing_is_left(tx, &visitors, &talks).await?;
    let erased = Erased {
        visitors: found
            .iter()
            .map(|of| (VisitorId(of.id), ConversationId(of.conversation_id)))
            .collect(),
        conversations: begun
            .into_iter()
            .map(|(id, chatbot)| (ConversationId(id), ChatbotId(chatbot)))
            .collect(),
    };
    Ok((counts, erased))
}

/// Deletes the contacts that these visitors were, where nobody else is.
async fn nobodys_contacts(
    tx: &DatabaseTransaction,
    gone: &[visitors::Model],
) -> Result<u64, StoreError> {
    let contacts: Vec<Uuid> = gone.iter().filter_map(|of| of.contact_id).collect();
    let contacts = pad(contacts);
    let others = visitors::Entity::find()
        .select_only()
        .column(visitors::Column::ContactId)
        .filter(visitors::Column::ContactId.is_in(contacts.clone()))
        .into_tuple::<Uuid>()
        .all(tx)
        .await?;
    let nobodys: Vec<Uuid> = contacts
        .into_iter()
        .filter(|contact| !others.contains(contact))
        .collect();
    delete::<contacts::Entity>(tx, contacts::Column::Id, &pad(nobodys)).await
}

/// The proof: every table that names a visitor or a conversation is asked.
async fn nothing_is_left(
    tx: &DatabaseTransaction,
    visitors: &[Uuid],
    talks: &[Uuid],
) -> Result<(), StoreError> {
    let left = [
        count::<visitors::Entity>(tx, visitors::Column::Id, visitors).await?,
        count::<sessions::Entity>(tx, sessions::Column::VisitorId, visitors).await?,
        count::<consents::Entity>(tx, consents::Column::VisitorId, visitors).await?,
        count::<conversations::Entity>(tx, conversations::Column::Id, talks).await?,
        count::<entries::Entity>(tx, entries::Column::ConversationId, talks).await?,
        count::<handoffs::Entity>(tx, handoffs::Column::ConversationId, talks).await?,
        count::<claims::Entity>(tx, claims::Column::ConversationId, talks).await?,
        count::<leads::Entity>(tx, leads::Column::ConversationId, talks).await?,
        count::<runs::Entity>(tx, runs::Column::ConversationId, talks).await?,
        count::<drafts::Entity>(tx, drafts::Column::ConversationId, talks).await?,
        count::<mentions::Entity>(tx, mentions::Column::ConversationId, talks).await?,
    ];
    match left.iter().sum::<u64>() {
        0 => Ok(()),
        left => Err(StoreError::NotErased { left }),
    }
}

async fn count<E: EntityTrait>(
    tx: &DatabaseTransaction,
    column: E::Column,
    ids: &[Uuid],
) -> Result<u64, StoreError>
where
    E::Model: Sync,
{
    let rows = E::find().filter(column.is_in(ids.iter().copied()));
    Ok(rows.count(tx).await?)
}

async fn delete<E: EntityTrait>(
    tx: &DatabaseTransaction,
    column: E::Column,
    ids: &[Uuid],
) -> Result<u64, StoreError> {
    let rows = E::delete_many().filter(column.is_in(ids.iter().copied()));
    Ok(rows.exec(tx).await?.rows_affected)
}

/// Whether SQLite overwrites what it frees, which it does for this transaction alone. PostgreSQL's space is
/// used anew after its vacuum.
pub(super) async fn overwrite(tx: &DatabaseTransaction, on: bool) -> Result<(), StoreError> {
    if tx.get_database_backend() == DbBackend::Sqlite {
        let pragma = format!("PRAGMA secure_delete = {}", u8::from(on));
        tx.execute_unprepared(&pragma).await?;
    }
    Ok(())
}
