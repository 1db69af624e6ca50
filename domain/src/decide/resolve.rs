//! An agent ends a handoff: the AI takes over again, or the conversation is closed.

use protocol::entry::{Author, Event, Outcome};
use protocol::{AgentId, ConversationId, HandoffId, Refusal, Timestamp};

use super::claim;
use crate::command::Write;
use crate::conversation::Controller;
use crate::entry::Body;
use crate::facts::{Done, Facts};

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
    let settings = &facts.chatbot(conversation.chatbot)?.settings;
    let (message, closed) = match outcome {
        Outcome::RestoredToAi => (settings.restored_message.clone(), false),
        Outcome::Closed => (settings.closing_message.clone(), true),
        Outcome::AutoClosed | Outcome::Spam => return Err(Refusal::OutcomeNotAllowed),
    };
    // Resolving a pending handoff claims it first, so that it is known who ended it.
    let taken = match conversation.controller() {
        Controller::Waiting => Some(claim::take(
            facts,
            &mut conversation,
            agent,
            handoff,
            None,
            now,
        )?),
        Controller::Ai | Controller::Human(_) | Controller::Closed => None,
    };
    let (held, claim) = claim::held_by(facts, &conversation, agent, handoff)?;

    conversation.handoff = Some(held.resolved(outcome, now)?);
    conversation.closed = closed;
    conversation.unread = 0;
    conversation.unanswered_since = None;
    conversation.pass_control();
    let event = Event::HandoffResolved {
        handoff,
        agent,
        outcome,
        message,
    };
    let resolved = conversation.append(Author::Agent(agent), Body::Event(event), Some(write), now);
    // The AI knows nothing from before: the old request must not trigger again.
    conversation.ai_from = conversation.last_seq.next();

    let mut entries = Vec::new();
    if let Some(taken) = taken {
        taken.hold(facts, &conversation);
        entries.push(taken.entry);
    }
    entries.push(resolved);
    facts.end_claim(conversation.id, handoff, claim, now);
    Ok(facts.save(conversation, entries))
}
