//! The AI asks whether to fetch a person, and the visitor answers.

use core::time::Duration;

use protocol::entry::{Author, Event, MissedReason, Trigger};
use protocol::{ConversationId, Refusal, Timestamp};

use super::request::{Asking, request, texts, unavailable};
use super::steps::Steps;
use crate::command::{Fresh, Write};
use crate::conversation::Conversation;
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::handoff::{Handoff, HandoffState};

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    write: Write,
    (accepted, fresh): (bool, Fresh),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let mut conversation = facts.conversation(conversation)?.clone();
    let mut steps = Steps::default();
    if accepted {
        accept(
            facts,
            &mut conversation,
            &mut steps,
            Some(write),
            fresh,
            now,
        )?;
    } else {
        end(
            &mut conversation,
            &mut steps,
            Author::Visitor,
            Some(write),
            now,
        )?;
    }
    Ok(steps.save(facts, conversation, now))
}

/// Whether the AI may ask now: people can be asked for, one would come, and the visitor has not
/// said no before. A missed request is not put aside for a proposal.
pub(super) fn may_propose(facts: &Facts, conversation: &Conversation, now: Timestamp) -> bool {
    let missed = |handoff: &Handoff| matches!(handoff.state, HandoffState::Missed { .. });
    let Ok(chatbot) = facts.chatbot(conversation.chatbot) else {
        return false;
    };
    chatbot.settings.handoff.enabled
        && !conversation.wants_no_person
        && conversation.open_handoff().is_none()
        && !conversation.handoff.as_ref().is_some_and(missed)
        && unavailable(facts, conversation, &chatbot, now).is_none()
}

/// The AI asks. It goes on answering meanwhile.
pub(super) fn propose(
    facts: &Facts,
    conversation: &mut Conversation,
    steps: &mut Steps,
    (trigger, reason): (Trigger, String),
    fresh: Fresh,
    now: Timestamp,
) -> Result<(), Refusal> {
    let chatbot = facts.chatbot(conversation.chatbot)?;
    let minutes = chatbot.settings.handoff.proposal_minutes;
    let until = now.after(Duration::from_secs(u64::from(minutes) * 60));
    let event = Event::HandoffProposed {
        handoff: fresh.handoff,
        trigger,
        reason: reason.clone(),
        message: texts(&chatbot, conversation).proposal.clone(),
    };
    let state = HandoffState::Proposed { until };
    conversation.begin(Handoff::begin(fresh.handoff, trigger, reason, state, now));
    conversation.unsure = 0;
    steps.write(conversation, Author::Ai, Body::Event(event), None, now);
    Ok(())
}

/// The visitor wants the person: the handoff begins, and so does the waiting.
pub(super) fn accept(
    facts: &Facts,
    conversation: &mut Conversation,
    steps: &mut Steps,
    write: Option<Write>,
    fresh: Fresh,
    now: Timestamp,
) -> Result<(), Refusal> {
    let proposed = proposed(conversation)?;
    let asking = Asking {
        handoff: proposed.id,
        lead: fresh.lead,
        trigger: proposed.trigger,
        reason: proposed.reason.clone(),
        by: Author::Visitor,
    };
    request(facts, conversation, steps, asking, write, now)
}

/// The proposal no longer stands. Who said no is not asked again.
pub(super) fn end(
    conversation: &mut Conversation,
    steps: &mut Steps,
    by: Author,
    write: Option<Write>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let handoff = proposed(conversation)?.clone();
    let handoff = handoff.cancelled(MissedReason::VisitorLeft, now)?;
    let event = Event::ProposalEnded {
        handoff: handoff.id,
        by,
    };
    conversation.handoff = Some(handoff);
    conversation.wants_no_person = true;
    steps.write(conversation, by, Body::Event(event), write, now);
    Ok(())
}

fn proposed(conversation: &Conversation) -> Result<&Handoff, Refusal> {
    let is_proposed = |handoff: &&Handoff| matches!(handoff.state, HandoffState::Proposed { .. });
    let proposed = conversation.handoff.as_ref().filter(is_proposed);
    proposed.ok_or(Refusal::NothingProposed)
}
