//! The AI has an answer. It is written only if nobody took control since the AI began, and it is still
//! switched on.

use protocol::entry::{Author, Trigger};
use protocol::settings::{Reaction, WhileWaiting};
use protocol::{ConversationId, Refusal, RunId, Timestamp};

use super::answer_proposal::{accept, may_propose, propose};
use super::request::{Asking, request, texts};
use super::steps::Steps;
use crate::command::{Fresh, Reply};
use crate::conversation::{Controller, Conversation};
use crate::entry::Body;
use crate::facts::{Done, Facts};

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    (run, epoch): (RunId, u64),
    reply: &Reply,
    fresh: Fresh,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let conversation = facts.conversation(conversation)?;
    let chatbot = facts.chatbot(conversation.chatbot)?;
    let settings = &chatbot.settings;
    let controller = conversation.controller();
    let may_speak = match controller {
        Controller::Ai => true,
        Controller::Waiting => settings.handoff.while_waiting == WhileWaiting::Continue,
        Controller::Human(_) | Controller::Closed => false,
    };
    let current = conversation.run.is_some_and(|open| open.id == run)
        && conversation.control_epoch == epoch
        && may_speak;
    if !current {
        return Err(Refusal::HandoffOver);
    }
    let mut conversation = conversation.clone();
    conversation.run = None;
    let mut steps = Steps::default();
    if !chatbot.assistant {
        // Switched off while it was thinking: what it found is not said, and who asked is passed on as
        // they would be now.
        if controller == Controller::Ai && settings.handoff.enabled {
            if conversation.open_handoff().is_some() {
                accept(facts, &mut conversation, &mut steps, None, fresh, now)?;
            } else {
                let asking = Asking::by(Trigger::NoAssistant, fresh);
                request(facts, &mut conversation, &mut steps, asking, None, now)?;
            }
        }
        return Ok(steps.save(facts, conversation, now));
    }
    match reply {
        Reply::Answer {
            markdown,
            sources,
            choices,
        } => {
            if choices.is_empty() {
                conversation.unsure = 0;
            }
            let answer = Body::Message {
                markdown: markdown.clone(),
                sources: sources.clone(),
                choices: choices.clone(),
                attachments: Vec::new(),
                thumb: None,
            };
            say(&mut conversation, &mut steps, answer, now);
        }
        Reply::Unknown => {
            conversation.unsure += 1;
            let unknown = Body::message(texts(&chatbot, &conversation).unknown.clone());
            let rule = settings.triggers.low_confidence;
            let often = controller == Controller::Ai
                && settings.handoff.enabled
                && conversation.open_handoff().is_none()
                && conversation.unsure >= rule.after;
            let reason = match conversation.unsure {
                1 => "1 question without an answer".to_owned(),
                many => format!("{many} questions without an answer"),
            };
            match rule.reaction {
                Reaction::Force if often => {
                    let asking = Asking::because(Trigger::LowConfidence, reason, fresh);
                    request(facts, &mut conversation, &mut steps, asking, None, now)?;
                }
                Reaction::Propose if often && may_propose(facts, &conversation, now) => {
                    say(&mut conversation, &mut steps, unknown, now);
                    let why = (Trigger::LowConfidence, reason);
                    propose(facts, &mut conversation, &mut steps, why, fresh, now)?;
                }
                Reaction::Off | Reaction::Propose | Reaction::Force => {
                    say(&mut conversation, &mut steps, unknown, now);
                }
            }
        }
    }
    Ok(steps.save(facts, conversation, now))
}

/// Writes the AI's words. Whoever waits for a person still does, whatever the AI says; otherwise
/// nobody on the team has to read what is answered now.
fn say(conversation: &mut Conversation, steps: &mut Steps, body: Body, now: Timestamp) {
    if conversation.controller() == Controller::Ai {
        conversation.unread = 0;
        conversation.unanswered_since = None;
    }
    steps.write(conversation, Author::Ai, body, None, now);
}
