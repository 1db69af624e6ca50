//! Pages of the open tabs, the reply that is due soonest first.

use domain::Conversation;
use domain::agent::Assigned;
use protocol::card::{Cursor, Tab};
use protocol::targets::NEVER;
use protocol::{ChatbotId, WorkspaceId};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use super::tables::words::{HandoffKind, Word};
use super::tables::{conversations, handoffs};
use super::{Store, StoreError};

impl Store {
    /// A page of a tab in which replies are owed, the one due soonest first and those that owe none
    /// at the end, less what the agent is not assigned to. Other tabs have none.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn cards_by_due(
        &self,
        workspace: WorkspaceId,
        assigned: &Assigned,
        tab: Tab,
        after: Option<Cursor>,
        limit: usize,
    ) -> Result<Vec<Conversation>, StoreError> {
        let Some(state) = state(tab) else {
            return Ok(Vec::new());
        };
        // A page of each chatbot, along the index that holds what is open in order.
        let chatbots = self.chatbots(workspace).await?.into_iter();
        let mut cards = Vec::new();
        for chatbot in chatbots.filter(|chatbot| assigned.includes(chatbot.id)) {
            let page = due_page(chatbot.id, state, after, limit);
            cards.extend(conversations::read(self.readers(), page).await?);
        }
        cards.sort_by_key(|card| {
            let due_at = card.clock.map_or(NEVER, |clock| clock.due_at);
            (due_at, card.id)
        });
        cards.truncate(limit);
        Ok(cards)
    }
}

fn state(tab: Tab) -> Option<HandoffKind> {
    match tab {
        Tab::Pending => Some(HandoffKind::Pending),
        Tab::Active => Some(HandoffKind::Active),
        Tab::Missed | Tab::Resolved | Tab::Snoozed | Tab::Assistant => None,
    }
}

/// What is open of one chatbot, in the order of what is due. What is put aside has no place in it.
pub(super) fn due_page(
    chatbot: ChatbotId,
    state: HandoffKind,
    after: Option<Cursor>,
    limit: usize,
) -> Select<conversations::Entity> {
    use conversations::Column;
    let mut page = conversations::whole()
        .filter(Column::ChatbotId.eq(chatbot.0))
        .filter(Column::OwedAt.is_not_null())
        .filter(handoffs::Column::State.eq(state.word()))
        .order_by_asc(Column::OwedAt)
        .order_by_asc(Column::Id)
        .limit(limit as u64);
    if let Some(after) = after {
        let here = [Column::OwedAt, Column::Id].map(ColumnTrait::into_expr);
        let there = Expr::tuple([after.at.0.into(), after.conversation.0.into()]);
        page = page.filter(Expr::tuple(here.map(Into::into)).gt(there));
    }
    page
}
