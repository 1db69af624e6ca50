//! The visitor says what they think of an answer of the AI.

use protocol::entry::{Author, Event};
use protocol::rating::Thumb;
use protocol::{ConversationId, PublicSeq, Refusal, Timestamp};

use crate::entry::Body;
use crate::facts::{Done, Facts};

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    (answer, thumb): (PublicSeq, Option<Thumb>),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let mut conversation = facts.conversation(conversation)?.clone();
    let chatbot = facts.chatbot(conversation.chatbot)?;
    if conversation.blocked {
        return Err(Refusal::Blocked);
    }
    let at = (conversation.id, answer);
    let found = facts.answers.get(&at).cloned();
    let mut found = found
        .filter(|found| found.author == Author::Ai && chatbot.settings.rating.thumbs)
        .ok_or(Refusal::NotFound)?;
    let Body::Message { thumb: before, .. } = &mut found.body else {
        return Err(Refusal::NotFound);
    };
    if *before == thumb {
        return Ok(Done::default());
    }
    *before = thumb;
    let told = Body::Event(Event::Thumbed {
        answer: found.seq,
        thumb,
    });
    let entry = conversation.append(Author::Visitor, told, None, now);
    let kept = (found.conversation, found.seq);
    facts.trail.notes.insert(kept, found.clone());
    facts.answers.insert(at, found);
    Ok(facts.save(conversation, vec![entry]))
}
