//! An agent blocks a visitor, or lets them write again.

use protocol::entry::{Author, Event, Outcome};
use protocol::{AgentId, ConversationId, Refusal, Timestamp};

use super::steps::Steps;
use super::{answer_proposal, claim, resolve};
use crate::agent::Agent;
use crate::command::Write;
use crate::conversation::Conversation;
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::handoff::HandoffState;
use crate::permissions::Permission;

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    blocked: bool,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let (writer, conversation) = facts.seen_by(agent, conversation)?;
    writer.may(Permission::BlockVisitors)?;
    // Two who say the same both have what they want.
    if conversation.blocked == blocked {
        return Ok(Done::default());
    }
    let mut conversation = conversation.clone();
    let mut steps = Steps::default();
    if blocked {
        end(facts, writer, &mut conversation, &mut steps, now)?;
        conversation.closed = true;
        conversation.unread = 0;
        conversation.unanswered_since = None;
        // Whatever the AI has under way is void.
        conversation.pass_control();
    }
    conversation.blocked = blocked;
    let body = Body::Event(Event::Blocked(blocked));
    steps.write(
        &mut conversation,
        Author::Agent(agent),
        body,
        Some(write),
        now,
    );
    if blocked {
        conversation.ai_from = conversation.last_seq.next();
    }
    Ok(steps.save(facts, conversation, now))
}

/// Ends what is open, as spam. What nobody has goes through the hands of whoever blocks, whatever
/// their limit: they hold it for no time at all, and nobody is told that they joined.
fn end(
    facts: &Facts,
    writer: &Agent,
    conversation: &mut Conversation,
    steps: &mut Steps,
    now: Timestamp,
) -> Result<(), Refusal> {
    let author = Author::Agent(writer.id);
    let Some(handoff) = conversation.handoff.clone() else {
        return Ok(());
    };
    let held = match handoff.state {
        HandoffState::Resolved { .. } | HandoffState::Cancelled { .. } => return Ok(()),
        HandoffState::Proposed { .. } => {
            return answer_proposal::end(conversation, steps, Author::System, None, now);
        }
        HandoffState::Pending(_) | HandoffState::Missed { .. } => {
            let taken = handoff.claimed(writer.id, now)?;
            claim::hold(facts, conversation, steps, taken.clone())?;
            taken
        }
        HandoffState::Active(holding) => {
            if holding.claim.agent != writer.id && writer.may(Permission::AssignChats).is_err() {
                return Err(claim::other_holds(facts, holding.claim));
            }
            handoff
        }
    };
    let claim = held.claim().ok_or(Refusal::NotHeld)?;
    let ending = resolve::Ending {
        author,
        outcome: Outcome::Spam,
        message: String::new(),
        write: None,
    };
    resolve::end(conversation, steps, (held, claim), ending, now)
}
