//! The visitor says how it was with a person.

use protocol::entry::{Author, Event};
use protocol::rating::Rating;
use protocol::{ConversationId, HandoffId, Refusal, Timestamp, limits};

use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::rating::ratable;

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    (handoff, stars, comment): (HandoffId, u8, &str),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let mut conversation = facts.conversation(conversation)?.clone();
    let chatbot = facts.chatbot(conversation.chatbot)?;
    if conversation.blocked {
        return Err(Refusal::Blocked);
    }
    if !(1..=5).contains(&stars) {
        return Err(Refusal::Malformed);
    }
    let comment = comment.trim();
    let characters = comment.chars().count();
    if characters > limits::RATING_COMMENT {
        return Err(Refusal::TextTooLong {
            characters: u32::try_from(characters).unwrap_or(u32::MAX),
            limit: limits::RATING_COMMENT as u32,
        });
    }
    let settings = chatbot.settings.rating;
    let (rated, _) = ratable(&conversation, settings, now)
        .filter(|(found, _)| found.id == handoff)
        .ok_or(Refusal::NotFound)?;
    let said = |before: &Rating| before.stars == stars && before.comment == comment;
    if rated.rating.as_ref().is_some_and(said) {
        return Ok(Done::default());
    }
    let mut rated = rated.clone();
    rated.rating = Some(Rating {
        stars,
        comment: comment.to_owned(),
        at: now,
    });
    conversation.handoff = Some(rated);
    let event = Event::Rated {
        handoff,
        stars,
        comment: comment.to_owned(),
    };
    let entry = conversation.append(Author::Visitor, Body::Event(event), None, now);
    Ok(facts.save(conversation, vec![entry]))
}
