//! A text was sent: its draft is over, on every device of the agent.

use protocol::Timestamp;
use protocol::agent::AgentEvent;
use protocol::draft::Draft;

use crate::desk::Desk;
use crate::store::DraftOf;

/// Forgets what was typed until the text arrived. What was typed since stays.
pub(crate) async fn end_draft(desk: &Desk, of: DraftOf, until: Timestamp) {
    // Most texts have none; reading costs less than writing nothing.
    let kept = desk
        .store
        .drafts(of.workspace, of.agent, of.conversation)
        .await;
    let is_kept = kept.is_ok_and(|kept| kept.iter().any(|draft| draft.mode == of.mode));
    if !is_kept {
        return;
    }
    if let Ok(Some(at)) = desk.store.send_draft(of, until).await {
        let draft = Draft {
            mode: of.mode,
            text: String::new(),
            at,
        };
        let conversation = of.conversation;
        let event = AgentEvent::DraftChanged {
            conversation,
            draft,
        };
        desk.hub.tell_agent(of.agent, event);
    }
}
