//! A person is asked for. Every way to a handoff comes through here.

use protocol::entry::{Author, Event, MissedReason, Trigger};
use protocol::settings::{Outside, Texts, WhenNobody};
use protocol::{HandoffId, LeadId, Refusal, Timestamp};

use super::steps::Steps;
use super::{miss, route};
use crate::chatbot::Chatbot;
use crate::command::{Fresh, Write};
use crate::conversation::Conversation;
use crate::entry::Body;
use crate::facts::Facts;
use crate::handoff::{Form, Handoff, HandoffState, Waiting};
use crate::{hours, routing, settings};

/// Why a person is asked for, and the names of what that makes.
pub(super) struct Asking {
    pub(super) handoff: HandoffId,
    pub(super) lead: LeadId,
    pub(super) trigger: Trigger,
    pub(super) reason: String,
    /// Who wants it: the visitor, or the AI for them.
    pub(super) by: Author,
}

impl Asking {
    /// A new handoff for this trigger, which says it all.
    pub(super) fn by(trigger: Trigger, fresh: Fresh) -> Self {
        Self::because(trigger, String::new(), fresh)
    }

    /// A new handoff for this trigger, set off by `reason`.
    pub(super) fn because(trigger: Trigger, reason: String, fresh: Fresh) -> Self {
        Self {
            handoff: fresh.handoff,
            lead: fresh.lead,
            trigger,
            reason,
            by: if is_asked_for(trigger) {
                Author::Visitor
            } else {
                Author::Ai
            },
        }
    }
}

/// What the visitor is told, in their language.
pub(super) fn texts<'a>(chatbot: &'a Chatbot, conversation: &Conversation) -> &'a Texts {
    settings::texts(&chatbot.settings.messages, &conversation.locale)
}

/// Why nobody can come now; none when somebody can.
pub(super) fn unavailable(
    facts: &Facts,
    conversation: &Conversation,
    chatbot: &Chatbot,
    now: Timestamp,
) -> Option<MissedReason> {
    let settings = &chatbot.settings;
    if !hours::is_open(&settings.hours, now) {
        Some(MissedReason::OutOfHours)
    } else if settings.queue.nobody != WhenNobody::Wait
        && !routing::anybody_there(facts, conversation, now)
    {
        Some(MissedReason::NoAgent)
    } else {
        None
    }
}

/// Begins a handoff. It waits, is offered or assigned, or is missed at once, whatever settings,
/// hours and team allow.
pub(super) fn request(
    facts: &Facts,
    conversation: &mut Conversation,
    steps: &mut Steps,
    asking: Asking,
    write: Option<Write>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let chatbot = facts.chatbot(conversation.chatbot)?;
    let settings = &chatbot.settings;
    if !settings.handoff.enabled {
        return Err(Refusal::HandoffOff);
    }
    let texts = texts(&chatbot, conversation);
    let unavailable = unavailable(facts, conversation, &chatbot, now);
    // The lead of one that was missed goes on with this one: who left details once is not asked for
    // them again, and what is owed is not forgotten when this one comes to nothing.
    let form = match &conversation.handoff {
        Some(last) if matches!(last.state, HandoffState::Missed { .. }) => last.form,
        _ => Form::NotAsked,
    };
    let message = match unavailable {
        None => texts.handover.clone(),
        Some(_) => String::new(),
    };
    let requested = Event::HandoffRequested {
        handoff: asking.handoff,
        trigger: asking.trigger,
        reason: asking.reason.clone(),
        message,
    };
    conversation.closed = false;
    conversation.unsure = 0;
    conversation.wants_no_person = false;
    conversation.unanswered_since.get_or_insert(now);
    conversation.pass_control();
    let waiting = HandoffState::Pending(Waiting::from(now, settings.routing.group));
    conversation.first_reply = None;
    let mut handoff = Handoff::begin(asking.handoff, asking.trigger, asking.reason, waiting, now);
    handoff.form = form;
    let body = Body::Event(requested);
    steps.write(conversation, asking.by, body, write, now);

    match unavailable {
        Some(MissedReason::OutOfHours) if settings.hours.outside == Outside::AiContinue => {
            let cancelled = Event::HandoffCancelled {
                handoff: handoff.id,
                by: Author::System,
                message: texts.out_of_hours.clone(),
            };
            conversation.handoff = Some(handoff.cancelled(MissedReason::OutOfHours, now)?);
            conversation.unread = 0;
            conversation.unanswered_since = None;
            steps.write(
                conversation,
                Author::System,
                Body::Event(cancelled),
                None,
                now,
            );
            miss::owe(conversation, steps, now);
        }
        Some(reason) => {
            conversation.handoff = Some(handoff);
            miss::miss(facts, conversation, steps, (reason, asking.lead), now)?;
        }
        None => {
            conversation.handoff = Some(handoff);
            route::route(facts, conversation, steps, asking.lead, now)?;
        }
    }
    Ok(())
}

/// Whether a trigger is the visitor's own wish, and not the AI's idea.
fn is_asked_for(trigger: Trigger) -> bool {
    match trigger {
        Trigger::Button | Trigger::Wish | Trigger::Form => true,
        Trigger::Keyword
        | Trigger::LowConfidence
        | Trigger::Frustration
        | Trigger::Topic
        | Trigger::HighValue
        | Trigger::Agent
        | Trigger::NoAssistant => false,
    }
}
