//! An agent gives a claim back; the visitor waits on with the same clock.

use protocol::entry::{Author, Event, Released};
use protocol::{AgentId, ConversationId, HandoffId, Refusal, Timestamp};

use super::steps::Steps;
use super::{claim, route};
use crate::command::{Fresh, Write};
use crate::conversation::Conversation;
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::handoff::{Claim, Handoff};

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    (handoff, fresh): (HandoffId, Fresh),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let (_, conversation) = facts.seen_by(agent, conversation)?;
    let mut conversation = conversation.clone();
    let held = claim::held_by(facts, &conversation, agent, handoff)?;
    let mut steps = Steps::default();
    let (author, write) = (Author::Agent(agent), Some(write));
    let giving = Giving {
        author,
        why: Released::Given,
        write,
    };
    give_back(facts, &mut conversation, &mut steps, held, giving, now)?;
    route::route(facts, &mut conversation, &mut steps, fresh.lead, now)?;
    Ok(steps.save(facts, conversation, now))
}

/// Who ends a claim, and why.
pub(super) struct Giving {
    pub(super) author: Author,
    pub(super) why: Released,
    pub(super) write: Option<Write>,
}

/// Ends a claim; its handoff waits again.
pub(super) fn give_back(
    facts: &Facts,
    conversation: &mut Conversation,
    steps: &mut Steps,
    (handoff, claim): (Handoff, Claim),
    giving: Giving,
    now: Timestamp,
) -> Result<(), Refusal> {
    let group = facts.chatbot(conversation.chatbot)?.settings.routing.group;
    let event = Event::HandoffReleased {
        handoff: handoff.id,
        agent: claim.agent,
        why: giving.why,
    };
    steps.end(handoff.id, claim);
    conversation.handoff = Some(match giving.why {
        Released::Given => handoff.released(group, now)?,
        Released::Lost | Released::Unassigned => handoff.lost(group, now)?,
    });
    // Whoever said the last word: the visitor waits for a person again.
    conversation.unanswered_since.get_or_insert(now);
    conversation.pass_control();
    let body = Body::Event(event);
    steps.write(conversation, giving.author, body, giving.write, now);
    Ok(())
}
