//! Somebody has read up to a place.

use protocol::{AgentId, ConversationId, PublicSeq, Refusal, Seq};

use crate::conversation::Controller;
use crate::facts::{Done, Facts};

/// The visitor has seen everything up to `seq`.
pub(super) fn by_visitor(
    facts: &mut Facts,
    conversation: ConversationId,
    seq: PublicSeq,
) -> Result<Done, Refusal> {
    let conversation = facts.conversation(conversation)?;
    let seq = seq.min(conversation.last_public_seq);
    if seq > conversation.read_by_visitor {
        let mut conversation = conversation.clone();
        conversation.read_by_visitor = seq;
        facts.save(conversation, Vec::new());
    }
    Ok(Done::default())
}

/// An agent has seen everything up to `seq`. Only the holder's reading counts for the team: a
/// colleague who looks in must not make a waiting message look read.
pub(super) fn by_agent(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    seq: Seq,
) -> Result<Done, Refusal> {
    let (_, conversation) = facts.seen_by(agent, conversation)?;
    let Some((last, public_seq)) = conversation.last_by_visitor else {
        return Ok(Done::default());
    };
    let holds = conversation.controller() == Controller::Human(agent);
    let news = conversation.unread > 0 || conversation.read_by_team < public_seq;
    if holds && news && seq >= last {
        let mut conversation = conversation.clone();
        conversation.unread = 0;
        conversation.read_by_team = public_seq;
        facts.save(conversation, Vec::new());
    }
    Ok(Done::default())
}
