//! A visitor asks for a person.

use protocol::entry::{Author, Event, Trigger};
use protocol::settings::ChatbotSettings;
use protocol::{HandoffId, Refusal, Timestamp};

use crate::command::{Opening, Write};
use crate::conversation::Conversation;
use crate::entry::{Body, Entry};
use crate::facts::{Done, Facts};
use crate::handoff::Handoff;

pub(super) fn decide(
    facts: &mut Facts,
    opening: &Opening,
    write: Write,
    handoff: HandoffId,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let mut conversation = facts.opened_by(opening, now)?;
    let chatbot = facts.chatbot(conversation.chatbot)?;
    // Asking twice is asking once.
    if conversation.open_handoff().is_some() {
        return Ok(Done::default());
    }
    let requested = request(
        &mut conversation,
        &chatbot.settings,
        (handoff, Trigger::Button),
        Some(write),
        now,
    );
    Ok(facts.save(conversation, vec![requested]))
}

/// Begins a handoff and writes the entry that says so.
pub(super) fn request(
    conversation: &mut Conversation,
    settings: &ChatbotSettings,
    (handoff, trigger): (HandoffId, Trigger),
    write: Option<Write>,
    now: Timestamp,
) -> Entry {
    conversation.closed = false;
    conversation.handoff = Some(Handoff::request(handoff, trigger, now));
    conversation.unanswered_since.get_or_insert(now);
    conversation.pass_control();
    let message = settings.handover_message.clone();
    conversation.append(
        Author::Visitor,
        Body::Event(Event::HandoffRequested {
            handoff,
            trigger,
            message,
        }),
        write,
        now,
    )
}
