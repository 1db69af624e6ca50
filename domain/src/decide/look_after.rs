//! Something changed about a chat's holder: they came, left, or may not see or take it any more. An
//! unanswered chat of somebody who is gone goes back to the queue in time, one they may not hold at once.

use protocol::entry::{Author, Released};
use protocol::{AgentId, ConversationId, Refusal, Timestamp};

use super::release::{Giving, give_back};
use super::route;
use super::steps::Steps;
use crate::command::Fresh;
use crate::facts::{Done, Facts};
use crate::handoff::HandoffState;
use crate::permissions::Permission;

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    fresh: Fresh,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let mut conversation = facts.conversation(conversation)?.clone();
    let Some(handoff) = conversation.handoff.clone() else {
        return Ok(Done::default());
    };
    let HandoffState::Active(holding) = handoff.state else {
        return Ok(Done::default());
    };
    if holding.claim.agent != agent {
        return Ok(Done::default());
    }
    let holder = facts.agents.get(&agent);
    let holder = holder.filter(|holder| {
        holder.sees(conversation.workspace, conversation.chatbot)
            && holder.may(Permission::TakeChats).is_ok()
    });
    let Some(holder) = holder else {
        let mut steps = Steps::default();
        let giving = Giving {
            author: Author::System,
            why: Released::Unassigned,
            write: None,
        };
        let held = (handoff, holding.claim);
        give_back(facts, &mut conversation, &mut steps, held, giving, now)?;
        route::route(facts, &mut conversation, &mut steps, fresh.lead, now)?;
        return Ok(steps.save(facts, conversation, now));
    };
    // The grace is for time to look at: whoever looks at the end of a connection loses nobody.
    let since = holder.unconnected_since().or_else(|| {
        let left = holder.has_left(holding.claim.at, now);
        left.then(|| holding.lost_since.unwrap_or(now))
    });
    if let Some(holding) = conversation.holding_mut()
        && holding.lost_since != since
    {
        holding.lost_since = since;
        facts.save(conversation, Vec::new());
    }
    Ok(Done::default())
}
