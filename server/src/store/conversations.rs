//! Conversations as lists and threads need them.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use domain::Conversation;
use domain::agent::Assigned;
use domain::handoff::Form;
use protocol::card::{Cursor, Tab};
use protocol::{AgentId, ChatbotId, ConversationId, Timestamp, WorkspaceId};

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use super::pad::pad;
use super::tables::words::{HandoffKind, Word};
use super::tables::{conversations, handoffs};
use super::{Store, StoreError};
use crate::faults::{self, Fault};

/// A handoff that is pending or active.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenHandoff {
    pub conversation: ConversationId,
    pub chatbot: ChatbotId,
    pub waiting_since: Timestamp,
    /// Who holds it; none while it is pending.
    pub agent: Option<AgentId>,
    /// Whether its holder put it aside.
    pub snoozed: bool,
    /// Whether a waiting visitor may leave details.
    pub form: bool,
}

/// Chats of one chatbot that are looked at for an estimate.
const SERVED: u64 = 50;

impl Store {
    /// One conversation of a workspace.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn conversation(
        &self,
        workspace: WorkspaceId,
        id: ConversationId,
    ) -> Result<Option<Conversation>, StoreError> {
        let query = conversations::whole()
            .filter(conversations::Column::Id.eq(id.0))
            .filter(conversations::Column::WorkspaceId.eq(workspace.0));
        Ok(conversations::read(self.readers(), query).await?.pop())
    }

    /// Conversations by id, of whatever workspace: for many who ask at once, each of whom is told what
    /// they may see.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn conversations(
        &self,
        ids: BTreeSet<ConversationId>,
    ) -> Result<HashMap<ConversationId, Conversation>, StoreError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let ids = pad(ids.into_iter().map(|id| id.0).collect());
        let query = conversations::whole().filter(conversations::Column::Id.is_in(ids));
        let found = conversations::read(self.readers(), query).await?;
        Ok(found.into_iter().map(|found| (found.id, found)).collect())
    }

    /// A page of a tab in its order, less what the agent is not assigned to.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn cards(
        &self,
        workspace: WorkspaceId,
        assigned: &Assigned,
        tab: Tab,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<Conversation>, StoreError> {
        let Some(page) = page(workspace, tab, after, limit) else {
            return self
                .assistant_cards(workspace, assigned, after, limit)
                .await;
        };
        match assigned {
            Assigned::All => conversations::read(self.readers(), page).await,
            // A page of each chatbot, along the index that holds its handoffs in order: asked for
            // all of them at once, the database would sort everything they ever had.
            Assigned::Only(chatbots) => {
                let mut cards = Vec::new();
                for chatbot in chatbots {
                    let only = handoffs::Column::ChatbotId.eq(chatbot.0);
                    let page = page.clone().filter(only);
                    cards.extend(conversations::read(self.readers(), page).await?);
                }
                Ok(merged(cards, tab, limit))
            }
        }
    }

    /// A page of each chatbot, along the index that holds those of the assistant in order.
    async fn assistant_cards(
        &self,
        workspace: WorkspaceId,
        assigned: &Assigned,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<Conversation>, StoreError> {
        let chatbots = self.chatbots(workspace).await?.into_iter();
        let mut cards = Vec::new();
        for chatbot in chatbots.filter(|chatbot| assigned.includes(chatbot.id)) {
            let page = assistant_page(chatbot.id, after, limit);
            cards.extend(conversations::read(self.readers(), page).await?);
        }
        Ok(merged(cards, Tab::Assistant, limit))
    }

    /// Every handoff of the workspace that is pending or active, the longest waiting first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn open_handoffs(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<OpenHandoff>, StoreError> {
        let open = [HandoffKind::Pending, HandoffKind::Active].map(Word::word);
        let rows = handoffs::Entity::find()
            .filter(handoffs::Column::Newest.into_expr())
            .filter(handoffs::Column::WorkspaceId.eq(workspace.0))
            .filter(handoffs::Column::State.is_in(open))
            .order_by_asc(handoffs::Column::RequestedAt)
            .order_by_asc(handoffs::Column::ConversationId)
            .all(self.readers())
            .await?;
        rows.iter().map(open_handoff).collect()
    }

    /// How many conversations of each chatbot were missed and not taken up since.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn missed(
        &self,
        workspace: WorkspaceId,
    ) -> Result<Vec<(ChatbotId, u32)>, StoreError> {
        use handoffs::Column;
        let counts = handoffs::Entity::find()
            .select_only()
            .column(Column::ChatbotId)
            .column_as(Column::Id.count(), "missed")
            .filter(Column::Newest.into_expr())
            .filter(Column::WorkspaceId.eq(workspace.0))
            .filter(Column::State.eq(HandoffKind::Missed.word()))
            .group_by(Column::ChatbotId)
            .into_tuple::<(Uuid, i64)>()
            .all(self.readers())
            .await?;
        let count = |(chatbot, count)| {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            (ChatbotId(chatbot), count)
        };
        Ok(counts.into_iter().map(count).collect())
    }

    /// How long the newest finished chats of a chatbot took, from the claim to the end.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn service_times(&self, chatbot: ChatbotId) -> Result<Vec<Duration>, StoreError> {
        use handoffs::Column;
        let times = handoffs::Entity::find()
            .select_only()
            .column(Column::ClaimedAt)
            .column(Column::EndedAt)
            .filter(Column::Newest.into_expr())
            .filter(Column::ChatbotId.eq(chatbot.0))
            .filter(Column::State.eq(HandoffKind::Resolved.word()))
            .order_by_desc(Column::ListedAt)
            .limit(SERVED)
            .into_tuple::<(Option<i64>, Option<i64>)>()
            .all(self.readers())
            .await?;
        let times = times
            .into_iter()
            .filter_map(|(from, to)| Some(Timestamp(to?).millis_since(Timestamp(from?))));
        Ok(times.map(Duration::from_millis).collect())
    }
}

/// A page of a tab of handoffs, along the index that holds it in order: the database reads no more rows
/// than the page has. None for the assistant's, which has no handoff and an index of its own.
pub(super) fn page(
    workspace: WorkspaceId,
    tab: Tab,
    after: Option<Cursor>,
    limit: usize,
) -> Option<Select<conversations::Entity>> {
    use handoffs::Column;
    let state = match tab {
        Tab::Pending => HandoffKind::Pending,
        Tab::Active | Tab::Snoozed => HandoffKind::Active,
        Tab::Missed => HandoffKind::Missed,
        Tab::Resolved => HandoffKind::Resolved,
        Tab::Assistant => return None,
    };
    let order = order(tab);
    let of = Column::WorkspaceId.eq(workspace.0);
    let of = match faults::on(Fault::CardsOfAll) {
        true => Column::WorkspaceId.is_not_null(),
        false => of,
    };
    let mut page = conversations::whole()
        .filter(of)
        .filter(Column::State.eq(state.word()))
        .order_by(Column::ListedAt, order.clone())
        .order_by(Column::ConversationId, order)
        .limit(limit as u64);
    // What one agent holds, and so what was put aside, is as much as the chat limits allow.
    match tab {
        Tab::Active => page = page.filter(Column::Snoozed.into_expr().not()),
        Tab::Snoozed => page = page.filter(Column::Snoozed.into_expr()),
        Tab::Pending | Tab::Missed | Tab::Resolved | Tab::Assistant => {}
    }
    if let Some(after) = after {
        let here = [Column::ListedAt, Column::ConversationId].map(ColumnTrait::into_expr);
        page = page.filter(beyond(tab, here, after));
    }
    Some(page)
}

/// A page of what the assistant answers for one chatbot, along the index that holds it in order.
pub(super) fn assistant_page(
    chatbot: ChatbotId,
    after: Option<Cursor>,
    limit: usize,
) -> Select<conversations::Entity> {
    use conversations::Column;
    let tab = Tab::Assistant;
    let mut page = conversations::whole()
        .filter(Column::ChatbotId.eq(chatbot.0))
        .filter(Column::AssistantAt.is_not_null())
        .order_by(Column::AssistantAt, order(tab))
        .order_by(Column::Id, order(tab))
        .limit(limit as u64);
    if let Some(after) = after {
        let here = [Column::AssistantAt, Column::Id].map(ColumnTrait::into_expr);
        page = page.filter(beyond(tab, here, after));
    }
    page
}

/// What comes behind a place in the order of a tab.
fn beyond(tab: Tab, here: [Expr; 2], after: Cursor) -> Expr {
    let place = Expr::tuple(here.map(Into::into));
    let there = Expr::tuple([after.at.0.into(), after.conversation.0.into()]);
    if tab.is_oldest_first() {
        place.gt(there)
    } else {
        place.lt(there)
    }
}

fn order(tab: Tab) -> Order {
    if tab.is_oldest_first() {
        Order::Asc
    } else {
        Order::Desc
    }
}

/// The first of several pages, in the order of their tab.
fn merged(mut cards: Vec<Conversation>, tab: Tab, limit: usize) -> Vec<Conversation> {
    cards.sort_by_key(|card| (card.sorts_by(), card.id));
    if !tab.is_oldest_first() {
        cards.reverse();
    }
    cards.truncate(limit);
    cards
}

fn open_handoff(row: &handoffs::Model) -> Result<OpenHandoff, StoreError> {
    let handoff = row.handoff()?;
    Ok(OpenHandoff {
        conversation: ConversationId(row.conversation_id),
        chatbot: ChatbotId(row.chatbot_id),
        waiting_since: handoff.waiting_since(),
        agent: handoff.claim().map(|claim| claim.agent),
        snoozed: row.snoozed,
        form: matches!(handoff.form, Form::Asked { .. }),
    })
}
