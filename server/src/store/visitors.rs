//! Visitors and their visits.

use protocol::Timestamp;
use protocol::{ChatbotId, ConversationId, SessionId, VisitorId, WorkspaceId};

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
    Known(VisitorId),
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

/// The page a visitor is on now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub url: String,
    pub title: String,
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
        todo!()
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
        todo!()
    }

    /// Keeps a new visit, and the visitor if they are new.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn begin_visit(&self, visit: NewVisit) -> Result<(), Failed> {
        todo!()
    }

    /// The visitor is still here, on this page if one is named.
    ///
    /// # Errors
    /// [`Failed::Unavailable`] when the database cannot be written.
    pub async fn touch_session(
        &self,
        workspace: WorkspaceId,
        session: SessionId,
        page: Option<Page>,
        at: Timestamp,
    ) -> Result<(), Failed> {
        todo!()
    }
}
