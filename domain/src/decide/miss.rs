//! Nobody takes a pending handoff: it is missed, and a lead is made with it.

use protocol::entry::{Author, Event, MissedReason};
use protocol::settings::{Outside, WhenNobody};
use protocol::{LeadId, Refusal, Timestamp};

use super::request::texts;
use super::steps::Steps;
use crate::conversation::Conversation;
use crate::entry::Body;
use crate::facts::Facts;
use crate::handoff::{Form, HandoffState};
use crate::lead::Lead;

/// Ends the pending handoff as missed. The lead takes the fresh id unless there is one already.
pub(super) fn miss(
    facts: &Facts,
    conversation: &mut Conversation,
    steps: &mut Steps,
    (reason, lead): (MissedReason, LeadId),
    now: Timestamp,
) -> Result<(), Refusal> {
    let chatbot = facts.chatbot(conversation.chatbot)?;
    let settings = &chatbot.settings;
    let texts = texts(&chatbot, conversation);
    let (message, asks) = match reason {
        MissedReason::OutOfHours => (&texts.out_of_hours, settings.hours.outside == Outside::Form),
        MissedReason::NoAgent => (&texts.no_agents, settings.queue.nobody == WhenNobody::Form),
        MissedReason::Timeout | MissedReason::VisitorLeft => (&texts.missed, true),
    };
    let handoff = conversation.handoff.take().ok_or(Refusal::NotPending)?;
    let mut handoff = handoff.missed(reason, now)?;
    let lead = handoff.form.lead().unwrap_or(lead);
    handoff.form = match handoff.form {
        Form::Sent { .. } => Form::Sent { lead },
        _ if asks => Form::Asked { lead: Some(lead) },
        _ => Form::Kept { lead },
    };
    let missed = Event::HandoffMissed {
        handoff: handoff.id,
        trigger: handoff.trigger,
        reason,
        message: message.clone(),
        form: matches!(handoff.form, Form::Asked { .. }),
    };
    conversation.handoff = Some(handoff);
    conversation.pass_control();
    steps.write(conversation, Author::System, Body::Event(missed), None, now);
    owe(conversation, steps, now);
    Ok(())
}

/// The lead of what is missed now is of this handoff, up to here.
pub(super) fn owe(conversation: &Conversation, steps: &mut Steps, now: Timestamp) {
    let Some(handoff) = &conversation.handoff else {
        return;
    };
    if let (HandoffState::Missed { reason, .. }, Some(lead)) = (&handoff.state, handoff.form.lead())
    {
        steps.lead(Lead {
            id: lead,
            workspace: conversation.workspace,
            chatbot: conversation.chatbot,
            conversation: conversation.id,
            handoff: handoff.id,
            reason: Some(*reason),
            seq: conversation.last_seq,
            at: now,
            details: None,
        });
    }
}
