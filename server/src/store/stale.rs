//! Finds visitors whose data is kept no longer: nothing was said and nobody came for so long.

use protocol::{ChatbotId, Timestamp};
use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

use super::StoreError;

/// The visitors of a chatbot who first came before a time and of whom nothing was heard since; who waits
/// for a person or talks with one is not among them. Those who came first come first.
pub(super) async fn due(
    db: &impl ConnectionTrait,
    chatbot: ChatbotId,
    before: Timestamp,
    limit: u64,
) -> Result<Vec<Uuid>, StoreError> {
    let text = format!(
        "SELECT visitors.id FROM visitors
        LEFT JOIN conversations ON conversations.id = visitors.conversation_id
        WHERE visitors.chatbot_id = $1 AND visitors.created_at < $2
            AND COALESCE(conversations.last_at, conversations.created_at, visitors.created_at) < $2
            AND NOT EXISTS (
                SELECT 1 FROM sessions
                WHERE sessions.visitor_id = visitors.id AND sessions.last_seen_at >= $2
            )
            AND NOT EXISTS (
                SELECT 1 FROM handoffs
                WHERE handoffs.conversation_id = visitors.conversation_id
                    AND handoffs.state IN ('proposed', 'pending', 'active')
            )
        ORDER BY visitors.created_at, visitors.id LIMIT {limit}"
    );
    let values = [chatbot.0.into(), before.0.into()];
    let statement = Statement::from_sql_and_values(db.get_database_backend(), text, values);
    let rows = db.query_all_raw(statement).await?;
    let ids = rows.iter().map(|row| row.try_get::<Uuid>("", "id"));
    Ok(ids.collect::<Result<_, _>>()?)
}
