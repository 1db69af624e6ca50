//! An agent replies, as the holder or as who joined them; in a conversation that waits for somebody the reply claims the handoff first.

use protocol::entry::{Author, Taken};
use protocol::{AgentId, AttachmentId, ConversationId, Refusal, Timestamp};

use super::attach;
use super::claim::{self, Taking};
use super::steps::Steps;
use crate::command::Write;
use crate::entry::Body;
use crate::facts::{Done, Facts, Uploader};
use crate::handoff::HandoffState;
use crate::permissions::Permission;

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    (words, files): (&str, &[AttachmentId]),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let words = attach::words(words, files)?;
    let (writer, conversation) = facts.seen_by(agent, conversation)?;
    writer.may(Permission::TakeChats)?;
    let mut conversation = conversation.clone();
    let by = Uploader::Agent(agent);
    let attachments = attach::checked(facts, conversation.id, by, files)?;
    let mut steps = Steps::default();
    let handoff = conversation.handoff.as_ref().ok_or(Refusal::NotHeld)?;
    match &handoff.state {
        HandoffState::Active(_) if handoff.is_answered_by(agent) => {}
        HandoffState::Active(holding) => return Err(claim::other_holds(facts, holding.claim)),
        HandoffState::Pending(_) | HandoffState::Missed { .. } => {
            let taking = Taking {
                agent,
                handoff: handoff.id,
                how: Taken::Claimed,
                write: None,
            };
            claim::take(facts, &mut conversation, &mut steps, taking, now)?;
        }
        HandoffState::Proposed { .. }
        | HandoffState::Resolved { .. }
        | HandoffState::Cancelled { .. } => return Err(Refusal::NotHeld),
    }
    // Whoever replies has read what was said.
    conversation.unread = 0;
    if let Some((_, public_seq)) = conversation.last_by_visitor {
        conversation.read_by_team = public_seq;
    }
    attach::send(facts, files, false);
    let body = Body::with_files(words, attachments);
    steps.write(
        &mut conversation,
        Author::Agent(agent),
        body,
        Some(write),
        now,
    );
    Ok(steps.save(facts, conversation, now))
}
