//! An agent writes a note for the team.

use protocol::entry::Author;
use protocol::{AgentId, ConversationId, Refusal, Timestamp};

use crate::command::Write;
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::mentions::Named;
use crate::permissions::Permission;
use crate::text;

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    (words, mentions): (&str, &[Named]),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let words = text::checked(words)?;
    let (writer, conversation) = facts.seen_by(agent, conversation)?;
    writer.may(Permission::WriteNotes)?;
    let mut conversation = conversation.clone();
    let note = Body::Note {
        markdown: words,
        mentions: mentions.to_vec(),
    };
    let entry = conversation.append(Author::Agent(agent), note, Some(write), now);
    Ok(facts.save(conversation, vec![entry]))
}
