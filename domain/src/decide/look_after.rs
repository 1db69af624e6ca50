//! The holder's connections ended or came back: an unanswered chat of somebody who is gone goes
//! back to the queue in time.

use protocol::{AgentId, ConversationId, Refusal};

use crate::facts::{Done, Facts};

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
) -> Result<Done, Refusal> {
    let agent_now = facts.agents.get(&agent).ok_or(Refusal::NotFound)?;
    // The grace is for time to look at: whoever looks at the end of a connection loses nobody.
    let since = agent_now.unconnected_since();
    let mut conversation = facts.conversation(conversation)?.clone();
    let holding = conversation.holding_mut();
    if let Some(holding) = holding.filter(|holding| holding.claim.agent == agent)
        && holding.lost_since != since
    {
        holding.lost_since = since;
        facts.save(conversation, Vec::new());
    }
    Ok(Done::default())
}
