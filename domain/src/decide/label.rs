//! An agent says what a conversation is about: its category and its tags.

use protocol::entry::{Author, Event};
use protocol::label::LabelChange;
use protocol::{AgentId, ConversationId, Refusal, Timestamp, limits};

use crate::command::Write;
use crate::conversation::Conversation;
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::permissions::Permission;

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    (change, known): (LabelChange, bool),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let (writer, conversation) = facts.seen_by(agent, conversation)?;
    writer.may(Permission::WriteNotes)?;
    if !known {
        return Err(Refusal::NotFound);
    }
    let mut conversation = conversation.clone();
    // Two who say the same both have what they want.
    if !apply(&mut conversation, change)? {
        return Ok(Done::default());
    }
    let body = Body::Event(Event::Labelled(change));
    let entry = conversation.append(Author::Agent(agent), body, Some(write), now);
    Ok(facts.save(conversation, vec![entry]))
}

/// Whether anything changed.
fn apply(conversation: &mut Conversation, change: LabelChange) -> Result<bool, Refusal> {
    match change {
        LabelChange::Category(category) => {
            let changed = conversation.category != category;
            conversation.category = category;
            Ok(changed)
        }
        LabelChange::AddTag(tag) => {
            if conversation.tags.contains(&tag) {
                return Ok(false);
            }
            if conversation.tags.len() >= limits::TAGS {
                let limit = limits::TAGS as u32;
                return Err(Refusal::TooManyTags { limit });
            }
            conversation.tags.push(tag);
            Ok(true)
        }
        LabelChange::RemoveTag(tag) => {
            let before = conversation.tags.len();
            conversation.tags.retain(|found| *found != tag);
            Ok(conversation.tags.len() != before)
        }
    }
}
