//! An agent writes a note for the team.

use protocol::entry::Author;
use protocol::{AgentId, AttachmentId, ConversationId, Refusal, Timestamp};

use super::attach;
use crate::command::Write;
use crate::entry::Body;
use crate::facts::{Done, Facts, Uploader};
use crate::mentions::Named;
use crate::permissions::Permission;

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    (words, mentions, files): (&str, &[Named], &[AttachmentId]),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let words = attach::words(words, files)?;
    let (writer, conversation) = facts.seen_by(agent, conversation)?;
    writer.may(Permission::WriteNotes)?;
    let mut conversation = conversation.clone();
    let by = Uploader::Agent(agent);
    let attachments = attach::checked(facts, conversation.id, by, files)?;
    attach::send(facts, files, true);
    let note = Body::Note {
        markdown: words,
        attachments,
        mentions: mentions.to_vec(),
        edited_at: None,
        pinned: false,
    };
    let entry = conversation.append(Author::Agent(agent), note, Some(write), now);
    Ok(facts.save(conversation, vec![entry]))
}
