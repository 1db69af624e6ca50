//! Visitors and their visits.

use std::collections::{BTreeSet, HashMap};

use protocol::Timestamp;
use protocol::{ChatbotId, ConversationId, SessionId, VisitorId, WorkspaceId};

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, DatabaseTransaction, EntityTrait, JoinType, Order, QueryFilter, QueryOrder,
    QuerySelect, Set,
};
use uuid::Uuid;

use super::apply::insert;
use super::pad::pad;
use super::tables::{sessions, visitors};
use super::writer::{Stop, Unit};
use super::{Failed, Store, StoreError};

/// The visitor a token belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitorRow {
    pub visitor: VisitorId,
    pub workspace: WorkspaceId,
    pub chatbot: ChatbotId,
    /// Reserved for this visitor; it begins with the first message.
    pub conversation: ConversationId,
    pub name: String,
    /// Their last visit, and until when they were here.
    pub last_visit: Option<(SessionId, Timestamp)>,
}

/// A visit: the session of a visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    pub session: SessionId,
    pub ip: String,
    pub user_agent: String,
    pub page_url: String,
    pub page_title: String,
    pub referrer: String,
    pub locale: String,
    pub first_seen_at: Timestamp,
    pub last_seen_at: Timestamp,
}

/// A visit that begins.
#[derive(Clone, PartialEq, Eq)]
pub struct NewVisit {
    pub workspace: WorkspaceId,
    pub visitor: Visiting,
    pub visit: VisitRow,
}

/// Who visits.
#[derive(Clone, PartialEq, Eq)]
pub enum Visiting {
    New(NewVisitor),
    Known {
        visitor: VisitorId,
        /// Who was here then or later is still on their last visit.
        here_until: Timestamp,
    },
}

/// A visitor who was not here before.
#[derive(Clone, PartialEq, Eq)]
pub struct NewVisitor {
    pub id: VisitorId,
    pub chatbot: ChatbotId,
    pub conversation: ConversationId,
    pub name: String,
    pub token_hash: [u8; 32],
}

impl Store {
    /// Whose token this is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn visitor_by_token(
        &self,
        token_hash: &[u8; 32],
    ) -> Result<Option<VisitorRow>, StoreError> {
        use visitors::{Column, Entity};
        let known = &self.inner.known_visitors;
        if let Some(visitor) = known.recall(token_hash) {
            return Ok(Some(visitor));
        }
        let generation = known.generation();
        let visits = Entity::belongs_to(sessions::Entity)
            .from(Column::Id)
            .to(sessions::Column::VisitorId);
        let row = Entity::find()
            .select_only()
            .columns([
                Column::Id,
                Column::WorkspaceId,
                Column::ChatbotId,
                Column::ConversationId,
                Column::Name,
            ])
            .column_as(sessions::Column::Id, "session_id")
            .column(sessions::Column::LastSeenAt)
            .join(JoinType::LeftJoin, visits.into())
            .filter(Column::TokenHash.eq(token_hash.to_vec()))
            .order_by_desc(sessions::Column::FirstSeenAt)
            .order_by_desc(sessions::Column::Id)
            .limit(1)
            .into_tuple::<(Uuid, Uuid, Uuid, Uuid, String, Option<Uuid>, Option<i64>)>()
            .one(self.readers())
            .await?;
        let Some((id, workspace, chatbot, conversation, name, session, seen)) = row else {
            return Ok(None);
        };
        let visitor = VisitorRow {
            visitor: VisitorId(id),
            workspace: WorkspaceId(workspace),
            chatbot: ChatbotId(chatbot),
            conversation: ConversationId(conversation),
            name,
            last_visit: session.map(SessionId).zip(seen.map(Timestamp)),
        };
        known.remember(*token_hash, visitor.clone(), generation);
        Ok(Some(visitor))
    }

    /// The visitor's latest visit.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn visit(
        &self,
        workspace: WorkspaceId,
        visitor: VisitorId,
    ) -> Result<Option<VisitRow>, StoreError> {
        let row = sessions::Entity::find()
            .filter(sessions::Column::VisitorId.eq(visitor.0))
            .filter(sessions::Column::WorkspaceId.eq(workspace.0))
            .order_by_desc(sessions::Column::FirstSeenAt)
            .order_by_desc(sessions::Column::Id)
            .one(self.readers())
            .await?;
        Ok(row.map(|row| self.visit_row(row)))
    }

    /// The latest visits of many visitors.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn visits(
        &self,
        visitors: BTreeSet<VisitorId>,
    ) -> Result<HashMap<VisitorId, VisitRow>, StoreError> {
        use sessions::{Column, Entity};
        if visitors.is_empty() {
            return Ok(HashMap::new());
        }
        let visitors = pad(visitors.into_iter().map(|id| id.0).collect());
        let visit = |column| Expr::col((Entity, column));
        let newer = |column| Expr::col(("newer", column));
        let newest = Query::select()
            .expr(newer(Column::Id))
            .from_as(Entity, "newer")
            .and_where(newer(Column::VisitorId).eq(visit(Column::VisitorId)))
            .order_by_expr(newer(Column::FirstSeenAt), Order::Desc)
            .order_by_expr(newer(Column::Id), Order::Desc)
            .limit(1)
            .take();
        let rows = Entity::find()
            .filter(Column::VisitorId.is_in(visitors))
            .filter(visit(Column::Id).eq(newest))
            .all(self.readers())
            .await?;
        let rows = rows.into_iter();
        Ok(rows
            .map(|row| (VisitorId(row.visitor_id), self.visit_row(row)))
            .collect())
    }

    pub(super) fn visit_row(&self, row: sessions::Model) -> VisitRow {
        let mut visit = VisitRow {
            session: SessionId(row.id),
            ip: row.ip,
            user_agent: row.user_agent,
            page_url: row.page_url,
            page_title: row.page_title,
            referrer: row.referrer,
            locale: row.locale,
            first_seen_at: Timestamp(row.first_seen_at),
            last_seen_at: Timestamp(row.last_seen_at),
        };
        // What is noted and not written yet.
        self.inner.last_seen.completes(&mut visit);
        visit
    }

    /// Keeps a visit, and the visitor if they are new. Says which visit it is: a new one, or the last
    /// one that goes on.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn begin_visit(&self, visit: NewVisit) -> Result<SessionId, Failed> {
        let generation = self.inner.known_visitors.generation();
        let begun = self.write(visit.clone()).await?;
        if let Visiting::New(new) = visit.visitor {
            let visitor = VisitorRow {
                visitor: new.id,
                workspace: visit.workspace,
                chatbot: new.chatbot,
                conversation: new.conversation,
                name: new.name,
                last_visit: Some((begun, visit.visit.last_seen_at)),
            };
            let known = &self.inner.known_visitors;
            known.remember(new.token_hash, visitor, generation);
        }
        Ok(begun)
    }

    /// Whether a conversation's id is taken already.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn is_reserved(&self, conversation: ConversationId) -> Result<bool, StoreError> {
        let holder = visitors::Entity::find()
            .filter(visitors::Column::ConversationId.eq(conversation.0))
            .one(self.readers())
            .await?;
        Ok(holder.is_some())
    }

    /// A visit goes on where this one would begin; it is written a moment later. Never blocks.
    pub fn visit_goes_on(&self, token_hash: &[u8; 32], session: SessionId, visit: &NewVisit) {
        let (workspace, visit) = (visit.workspace, &visit.visit);
        let known = &self.inner.known_visitors;
        known.seen(token_hash, session, visit.last_seen_at);
        self.inner.last_seen.goes_on(workspace, session, visit);
    }

    /// The visitor was here until now; it is written a moment later. Never blocks.
    pub fn touch_session(
        &self,
        token_hash: &[u8; 32],
        workspace: WorkspaceId,
        session: SessionId,
        at: Timestamp,
    ) {
        self.inner.known_visitors.seen(token_hash, session, at);
        self.inner.last_seen.visit_lasted(workspace, session, at);
    }
}

impl Unit for NewVisit {
    type Done = SessionId;
    const NAME: &'static str = "begin_visit";
    const CHANGES_ROSTER: bool = false;

    async fn run(&self, tx: &DatabaseTransaction) -> Result<SessionId, Stop> {
        let visitor = match &self.visitor {
            Visiting::Known {
                visitor,
                here_until,
            } => {
                if let Some(session) = self.go_on(tx, *visitor, *here_until).await? {
                    return Ok(session);
                }
                *visitor
            }
            Visiting::New(new) => {
                let row = visitors::ActiveModel {
                    id: Set(new.id.0),
                    workspace_id: Set(self.workspace.0),
                    chatbot_id: Set(new.chatbot.0),
                    conversation_id: Set(new.conversation.0),
                    name: Set(new.name.clone()),
                    token_hash: Set(new.token_hash.to_vec()),
                    created_at: Set(self.visit.first_seen_at.0),
                    contact_id: Set(None),
                };
                insert(tx, vec![row]).await?;
                new.id
            }
        };
        let row = sessions::ActiveModel {
            id: Set(self.visit.session.0),
            workspace_id: Set(self.workspace.0),
            visitor_id: Set(visitor.0),
            ip: Set(self.visit.ip.clone()),
            user_agent: Set(self.visit.user_agent.clone()),
            page_url: Set(self.visit.page_url.clone()),
            page_title: Set(self.visit.page_title.clone()),
            referrer: Set(self.visit.referrer.clone()),
            locale: Set(self.visit.locale.clone()),
            first_seen_at: Set(self.visit.first_seen_at.0),
            last_seen_at: Set(self.visit.last_seen_at.0),
        };
        insert(tx, vec![row]).await?;
        Ok(self.visit.session)
    }
}

impl NewVisit {
    /// The visitor's last visit goes on, if they were here lately: on another page perhaps, but it
    /// began when and where it began.
    async fn go_on(
        &self,
        tx: &DatabaseTransaction,
        visitor: VisitorId,
        here_until: Timestamp,
    ) -> Result<Option<SessionId>, Stop> {
        use sessions::{Column, Entity};
        let last = Entity::find()
            .filter(Column::VisitorId.eq(visitor.0))
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .order_by_desc(Column::FirstSeenAt)
            .order_by_desc(Column::Id)
            .one(tx)
            .await?;
        let Some(last) = last.filter(|last| last.last_seen_at >= here_until.0) else {
            return Ok(None);
        };
        let visit = &self.visit;
        Entity::update_many()
            .col_expr(Column::Ip, Expr::value(visit.ip.clone()))
            .col_expr(Column::UserAgent, Expr::value(visit.user_agent.clone()))
            .col_expr(Column::PageUrl, Expr::value(visit.page_url.clone()))
            .col_expr(Column::PageTitle, Expr::value(visit.page_title.clone()))
            .col_expr(Column::Locale, Expr::value(visit.locale.clone()))
            .col_expr(Column::LastSeenAt, Expr::value(visit.last_seen_at.0))
            .filter(Column::Id.eq(last.id))
            .exec(tx)
            .await?;
        Ok(Some(SessionId(last.id)))
    }
}
