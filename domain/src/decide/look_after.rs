//! The holder's connections ended or came back: an unanswered chat of somebody who is gone goes
//! back to the queue in time.

use protocol::{AgentId, ConversationId, Refusal, Timestamp};

use crate::facts::{Done, Facts};

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let gone = facts
        .agents
        .get(&agent)
        .ok_or(Refusal::NotFound)?
        .gone_since(now);
    let mut conversation = facts.conversation(conversation)?.clone();
    let holding = conversation.holding_mut();
    if let Some(holding) = holding.filter(|holding| holding.claim.agent == agent)
        && holding.lost_since != gone
    {
        holding.lost_since = gone;
        facts.save(conversation, Vec::new());
    }
    Ok(Done::default())
}
