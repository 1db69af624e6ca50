//! A visitor leaves details because nobody can answer now.

use protocol::entry::{Author, Event, Trigger};
use protocol::lead::LeadDetails;
use protocol::settings::Outside;
use protocol::{Refusal, Timestamp};

use super::request::{Asking, request};
use super::steps::Steps;
use crate::command::{Fresh, Opening, Write};
use crate::conversation::Conversation;
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::handoff::{Form, Handoff, HandoffState};
use crate::lead::{self, Lead};
use crate::{contact, hours};

pub(super) fn decide(
    facts: &mut Facts,
    opening: &Opening,
    write: Write,
    (details, fresh): (&LeadDetails, Fresh),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let mut conversation = facts.opened_by(opening, now)?;
    let chatbot = facts.chatbot(conversation.chatbot)?;
    let settings = &chatbot.settings;
    let details = lead::checked(&settings.form, details)?;
    let mut steps = Steps::default();
    if !is_asked(&conversation) {
        // Out of hours the form itself is a way to ask; nobody has to press a button first.
        let closed = !hours::is_open(&settings.hours, now);
        if !closed || settings.hours.outside != Outside::Form || is_open(&conversation) {
            return Err(Refusal::FormNotAsked);
        }
        let asking = Asking::by(Trigger::Form, fresh);
        request(facts, &mut conversation, &mut steps, asking, None, now)?;
    }
    let handoff = conversation.handoff.as_mut().ok_or(Refusal::FormNotAsked)?;
    let lead = handoff.form.lead().unwrap_or(fresh.lead);
    handoff.form = Form::Sent { lead };
    let reason = match handoff.state {
        HandoffState::Missed { reason, .. } => Some(reason),
        _ => None,
    };
    let id = handoff.id;
    let known = facts.contacts.get(&conversation.id).cloned();
    if let Some(filled) = contact::filled(&known.unwrap_or_default(), &details) {
        if !filled.name.text.is_empty() {
            conversation.visitor_name.clone_from(&filled.name.text);
        }
        steps.contact(filled);
    }
    let event = Event::FormSent {
        handoff: id,
        details: details.clone(),
    };
    let body = Body::Event(event);
    steps.write(&mut conversation, Author::Visitor, body, Some(write), now);
    steps.lead(Lead {
        id: lead,
        workspace: conversation.workspace,
        chatbot: conversation.chatbot,
        conversation: conversation.id,
        handoff: id,
        reason,
        seq: conversation.last_seq,
        at: now,
        details: Some(details),
    });
    Ok(steps.save(facts, conversation, now))
}

/// Details may be sent again to mend them, as long as nobody took the handoff.
fn is_asked(conversation: &Conversation) -> bool {
    conversation.handoff.as_ref().is_some_and(|handoff| {
        let open = matches!(
            handoff.state,
            HandoffState::Pending(_) | HandoffState::Missed { .. }
        );
        open && matches!(handoff.form, Form::Asked { .. } | Form::Sent { .. })
    })
}

fn is_open(conversation: &Conversation) -> bool {
    conversation.handoff.as_ref().is_some_and(Handoff::is_open)
}
