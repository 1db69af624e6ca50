//! An agent replies; in a pending conversation the reply claims the handoff first.

use protocol::entry::Author;
use protocol::{AgentId, ConversationId, Refusal, Timestamp};

use super::claim;
use crate::command::Write;
use crate::conversation::Controller;
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::text;

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    words: &str,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let words = text::checked(words)?;
    let (_, conversation) = facts.seen_by(agent, conversation)?;
    let mut conversation = conversation.clone();
    let mut entries = Vec::new();
    match conversation.controller() {
        Controller::Human(holder) if holder == agent => {}
        Controller::Human(_) => {
            let claim = conversation.claim().ok_or(Refusal::NotHeld)?;
            return Err(claim::other_holds(facts, claim));
        }
        Controller::Waiting => {
            let handoff = conversation.open_handoff().ok_or(Refusal::NotHeld)?.id;
            let taken = claim::take(facts, &mut conversation, agent, handoff, None, now)?;
            taken.hold(facts, &conversation);
            entries.push(taken.entry);
        }
        Controller::Ai | Controller::Closed => return Err(Refusal::NotHeld),
    }
    // Whoever replies has read what was said.
    conversation.unread = 0;
    if let Some((_, public_seq)) = conversation.last_by_visitor {
        conversation.read_by_team = public_seq;
    }
    entries.push(conversation.append(Author::Agent(agent), Body::message(words), Some(write), now));
    Ok(facts.save(conversation, entries))
}
