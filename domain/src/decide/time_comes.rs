//! Time changes something: a proposal or an offer expires, a deadline passes, a reply is late, an
//! unanswered chat goes back, a silent visitor is warned and the chat closed.
//!
//! One step each time. What is due after it is in [`Conversation::due`], so it comes again.

use protocol::entry::{Author, Event, MissedReason, Outcome, Passed, Released, Woken};
use protocol::settings::{OnDeadline, Settings};
use protocol::{ConversationId, HandoffId, Refusal, Timestamp};

use super::release::{Giving, give_back};
use super::request::texts;
use super::snooze::come_back;
use super::steps::Steps;
use super::{answer_proposal, miss, resolve, route};
use crate::agent::Agent;
use crate::chatbot::Chatbot;
use crate::command::Fresh;
use crate::conversation::Conversation;
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::handoff::{Form, Handoff, HandoffState, Holding, Waiting};

pub(super) fn decide(
    facts: &mut Facts,
    conversation: ConversationId,
    visitor_connected: bool,
    fresh: Fresh,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let mut conversation = facts.conversation(conversation)?.clone();
    let chatbot = facts.chatbot(conversation.chatbot)?;
    let mut steps = Steps::default();
    if conversation
        .due(&chatbot.settings)
        .is_some_and(|due| due <= now)
        && let Some(handoff) = conversation.handoff.clone()
    {
        let due = Due {
            facts,
            chatbot: &chatbot,
            visitor_connected,
            fresh,
            now,
        };
        match handoff.state {
            HandoffState::Proposed { .. } => {
                answer_proposal::end(&mut conversation, &mut steps, Author::System, None, now)?;
                // Who did not answer has not said no.
                conversation.wants_no_person = false;
            }
            HandoffState::Pending(waiting) => {
                due.waiting(&mut conversation, &mut steps, handoff, waiting)?;
            }
            HandoffState::Active(holding) => {
                due.holding(&mut conversation, &mut steps, handoff, holding)?;
            }
            HandoffState::Resolved { .. }
            | HandoffState::Missed { .. }
            | HandoffState::Cancelled { .. } => {}
        }
    }
    // Saved in any case: what was due by older settings is due at another time by now.
    Ok(steps.save(facts, conversation, now))
}

/// What is due, and by what it is decided.
struct Due<'a> {
    facts: &'a Facts,
    chatbot: &'a Chatbot,
    visitor_connected: bool,
    fresh: Fresh,
    now: Timestamp,
}

impl Due<'_> {
    fn waiting(
        &self,
        conversation: &mut Conversation,
        steps: &mut Steps,
        handoff: Handoff,
        waiting: Waiting,
    ) -> Result<(), Refusal> {
        let (facts, lead, now) = (self.facts, self.fresh.lead, self.now);
        if let Some(offer) = waiting.offer.filter(|offer| offer.until <= now) {
            let event = Event::HandoffRejected {
                handoff: handoff.id,
                agent: offer.agent,
                why: Passed::Expired,
            };
            conversation.handoff = Some(handoff.declined(offer.agent)?);
            steps.write(conversation, Author::System, Body::Event(event), None, now);
            return route::route(facts, conversation, steps, lead, now);
        }
        if self.is_late(conversation, steps, handoff.id) {
            return Ok(());
        }
        if self.settings().queue.on_deadline == OnDeadline::Miss {
            let reason = if self.visitor_connected {
                MissedReason::Timeout
            } else {
                MissedReason::VisitorLeft
            };
            return miss::miss(facts, conversation, steps, (reason, lead), now);
        }
        let event = Event::HandoffOverdue {
            handoff: handoff.id,
            message: texts(self.chatbot, conversation).missed.clone(),
        };
        conversation.handoff = Some(Handoff {
            form: Form::Asked { lead: None },
            ..handoff
        });
        steps.write(conversation, Author::System, Body::Event(event), None, now);
        Ok(())
    }

    fn holding(
        &self,
        conversation: &mut Conversation,
        steps: &mut Steps,
        handoff: Handoff,
        holding: Holding,
    ) -> Result<(), Refusal> {
        let (facts, now) = (self.facts, self.now);
        let by = (Author::System, Woken::Time);
        if come_back(conversation, steps, by, None, now) {
            return Ok(());
        }
        if self.is_late(conversation, steps, handoff.id) {
            return Ok(());
        }
        let requeue = conversation.requeue_at(self.settings());
        if requeue.is_some_and(|requeue| requeue <= now) {
            let holder = facts.agents.get(&holding.claim.agent);
            let gone = holder.is_none_or(|holder| holder.has_left(holding.claim.at, now));
            if !gone {
                // They are back, or were and have just lost the connection again.
                if let Some(holding) = conversation.holding_mut() {
                    holding.lost_since = holder.and_then(Agent::unconnected_since);
                }
                return Ok(());
            }
            let giving = Giving {
                author: Author::System,
                why: Released::Lost,
                write: None,
            };
            let held = (handoff, holding.claim);
            give_back(facts, conversation, steps, held, giving, now)?;
            return route::route(facts, conversation, steps, self.fresh.lead, now);
        }
        let texts = texts(self.chatbot, conversation);
        if holding.warned_at.is_none() {
            let event = Event::IdleWarned {
                handoff: handoff.id,
                message: texts.idle_warning.clone(),
            };
            if let Some(holding) = conversation.holding_mut() {
                holding.warned_at = Some(now);
            }
            steps.write(conversation, Author::System, Body::Event(event), None, now);
            return Ok(());
        }
        let ending = resolve::Ending {
            author: Author::System,
            outcome: Outcome::AutoClosed,
            message: texts.closing.clone(),
            write: None,
        };
        resolve::end(conversation, steps, (handoff, holding.claim), ending, now)
    }

    /// Writes down that a reply is late, once for each clock. Tells whether it was.
    fn is_late(
        &self,
        conversation: &mut Conversation,
        steps: &mut Steps,
        handoff: HandoffId,
    ) -> bool {
        let late = conversation.late_at(self.settings());
        let late = late.is_some_and(|late| late <= self.now);
        let Some(clock) = conversation.owed(self.settings()).filter(|_| late) else {
            return false;
        };
        conversation.told_late = Some(clock.since);
        let owed = clock.owed;
        let body = Body::Event(Event::ReplyOverdue { handoff, owed });
        steps.write(conversation, Author::System, body, None, self.now);
        true
    }

    fn settings(&self) -> &Settings {
        &self.chatbot.settings
    }
}
