//! An agent steps into a conversation of the AI, unasked.

use protocol::entry::{Taken, Trigger};
use protocol::{AgentId, ConversationId, Refusal, Timestamp};

use super::claim::{self, Taking};
use super::steps::Steps;
use crate::command::{Fresh, Write};
use crate::facts::{Done, Facts};
use crate::handoff::{Handoff, HandoffState, Waiting};

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    fresh: Fresh,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let (_, conversation) = facts.seen_by(agent, conversation)?;
    // Nobody could answer them.
    if conversation.blocked {
        return Err(Refusal::Blocked);
    }
    let mut conversation = conversation.clone();
    // An open request, or one that was missed, is taken instead of making another.
    let found = conversation.handoff.as_ref().filter(|handoff| {
        handoff.is_open() || matches!(handoff.state, HandoffState::Missed { .. })
    });
    let handoff = match found {
        Some(handoff) if handoff.claim().is_some_and(|claim| claim.agent == agent) => {
            return Ok(Done::default());
        }
        Some(handoff) => handoff.id,
        None => {
            let state = HandoffState::Pending(Waiting::from(now, None));
            let (id, trigger) = (fresh.handoff, Trigger::Agent);
            conversation.begin(Handoff::begin(id, trigger, String::new(), state, now));
            id
        }
    };
    let mut steps = Steps::default();
    let taking = Taking {
        agent,
        handoff,
        how: Taken::SteppedIn,
        write: Some(write),
    };
    claim::take(facts, &mut conversation, &mut steps, taking, now)?;
    Ok(steps.save(facts, conversation, now))
}
