//! The AI has an answer. It is written only if nobody took control since the AI began.

use protocol::entry::Author;
use protocol::{ConversationId, Refusal, RunId, Timestamp};

use crate::command::Reply;
use crate::conversation::Controller;
use crate::entry::Body;
use crate::facts::{Done, Facts};

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    run: RunId,
    epoch: u64,
    reply: &Reply,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let conversation = facts.conversation(conversation)?;
    let current = conversation.run.is_some_and(|open| open.id == run)
        && conversation.control_epoch == epoch
        && conversation.controller() == Controller::Ai;
    if !current {
        return Err(Refusal::HandoffOver);
    }
    let chatbot = facts.chatbot(conversation.chatbot)?;
    let body = match reply {
        Reply::Answer {
            markdown,
            sources,
            choices,
        } => Body::Message {
            markdown: markdown.clone(),
            sources: sources.clone(),
            choices: choices.clone(),
        },
        Reply::Unknown => Body::message(chatbot.settings.unknown_message.clone()),
    };
    let mut conversation = conversation.clone();
    conversation.run = None;
    // The assistant answered: nobody on the team has to read this.
    conversation.unread = 0;
    conversation.unanswered_since = None;
    let entry = conversation.append(Author::Ai, body, None, now);
    Ok(facts.save(conversation, vec![entry]))
}
