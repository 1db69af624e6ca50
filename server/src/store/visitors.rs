//! Visitors and their visits.

use protocol::Timestamp;
use protocol::{ChatbotId, ConversationId, SessionId, VisitorId, WorkspaceId};

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, Set};

use super::apply::insert;
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
        let row = visitors::Entity::find()
            .filter(visitors::Column::TokenHash.eq(token_hash.to_vec()))
            .one(self.readers())
            .await?;
        Ok(row.map(|row| VisitorRow {
            visitor: VisitorId(row.id),
            workspace: WorkspaceId(row.workspace_id),
            chatbot: ChatbotId(row.chatbot_id),
            conversation: ConversationId(row.conversation_id),
            name: row.name,
        }))
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
        Ok(row.map(|row| VisitRow {
            session: SessionId(row.id),
            ip: row.ip,
            user_agent: row.user_agent,
            page_url: row.page_url,
            page_title: row.page_title,
            referrer: row.referrer,
            locale: row.locale,
            first_seen_at: Timestamp(row.first_seen_at),
            last_seen_at: Timestamp(row.last_seen_at),
        }))
    }

    /// Keeps a visit, and the visitor if they are new. Says which visit it is: a new one, or the last
    /// one that goes on.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn begin_visit(&self, visit: NewVisit) -> Result<SessionId, Failed> {
        self.write(visit).await
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

    /// The visitor was here until now.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn touch_session(
        &self,
        workspace: WorkspaceId,
        session: SessionId,
        at: Timestamp,
    ) -> Result<(), Failed> {
        self.write(TouchSession {
            workspace,
            session,
            at,
        })
        .await
    }
}

impl Unit for NewVisit {
    type Done = SessionId;
    const NAME: &'static str = "begin_visit";

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

struct TouchSession {
    workspace: WorkspaceId,
    session: SessionId,
    at: Timestamp,
}

impl Unit for TouchSession {
    type Done = ();
    const NAME: &'static str = "touch_session";

    async fn run(&self, tx: &DatabaseTransaction) -> Result<(), Stop> {
        use sessions::Column;
        sessions::Entity::update_many()
            .col_expr(Column::LastSeenAt, Expr::value(self.at.0))
            .filter(Column::Id.eq(self.session.0))
            .filter(Column::WorkspaceId.eq(self.workspace.0))
            .exec(tx)
            .await?;
        Ok(())
    }
}
