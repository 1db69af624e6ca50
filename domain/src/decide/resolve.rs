//! An agent ends a handoff: the AI takes over again, or the conversation is closed.

use protocol::entry::{Author, Event, Outcome, Taken};
use protocol::{AgentId, ConversationId, HandoffId, Refusal, Timestamp};

use super::claim::{self, Taking};
use super::request::texts;
use super::steps::Steps;
use crate::command::Write;
use crate::conversation::Conversation;
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::handoff::{Claim, Handoff, HandoffState};

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    (handoff, outcome): (HandoffId, Outcome),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let (_, conversation) = facts.seen_by(agent, conversation)?;
    let mut conversation = conversation.clone();
    let chatbot = facts.chatbot(conversation.chatbot)?;
    let texts = texts(&chatbot, &conversation);
    let message = match outcome {
        Outcome::RestoredToAi => texts.restored.clone(),
        Outcome::Closed => texts.closing.clone(),
        Outcome::AutoClosed | Outcome::Spam => return Err(Refusal::OutcomeNotAllowed),
    };
    let mut steps = Steps::default();
    // Resolving what nobody holds claims it first, so that it is known who ended it.
    let free = conversation.handoff.as_ref().is_some_and(|found| {
        matches!(
            found.state,
            HandoffState::Pending(_) | HandoffState::Missed { .. }
        )
    });
    if free {
        let taking = Taking {
            agent,
            handoff,
            how: Taken::Claimed,
            write: None,
        };
        claim::take(facts, &mut conversation, &mut steps, taking, now)?;
    }
    let held = claim::held_by(facts, &conversation, agent, handoff)?;
    let ending = Ending {
        author: Author::Agent(agent),
        outcome,
        message,
        write: Some(write),
    };
    end(&mut conversation, &mut steps, held, ending, now)?;
    Ok(steps.save(facts, conversation, now))
}

/// How a handoff ends, and by whom.
pub(super) struct Ending {
    pub(super) author: Author,
    pub(super) outcome: Outcome,
    pub(super) message: String,
    pub(super) write: Option<Write>,
}

/// Ends a claim and its handoff.
pub(super) fn end(
    conversation: &mut Conversation,
    steps: &mut Steps,
    (handoff, claim): (Handoff, Claim),
    ending: Ending,
    now: Timestamp,
) -> Result<(), Refusal> {
    let Ending {
        author,
        outcome,
        message,
        write,
    } = ending;
    let event = Event::HandoffResolved {
        handoff: handoff.id,
        agent: claim.agent,
        outcome,
        message,
    };
    steps.end(handoff.id, claim);
    conversation.handoff = Some(handoff.resolved(outcome, now)?);
    conversation.closed = outcome != Outcome::RestoredToAi;
    conversation.unread = 0;
    conversation.unanswered_since = None;
    conversation.pass_control();
    steps.write(conversation, author, Body::Event(event), write, now);
    // The AI knows nothing from before: the old request must not trigger again.
    conversation.ai_from = conversation.last_seq.next();
    Ok(())
}
