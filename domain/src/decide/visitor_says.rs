//! A visitor writes: the AI is asked, a person is asked for, or the person who holds it reads on.

use protocol::entry::{Author, Trigger, Woken};
use protocol::settings::{Reaction, Settings, WhileWaiting};
use protocol::{AttachmentId, Refusal, RunId, Timestamp};

use super::answer_proposal::{accept, end, may_propose, propose};
use super::attach;
use super::request::{Asking, request, texts};
use super::snooze::come_back;
use super::steps::Steps;
use crate::command::{Fresh, Opening, Write};
use crate::conversation::{Controller, Conversation, Run};
use crate::entry::Body;
use crate::facts::{Done, Facts, Uploader};
use crate::handoff::{Handoff, HandoffState};
use crate::triggers::{self, Found, Wish};

pub(super) fn decide(
    facts: &mut Facts,
    opening: &Opening,
    write: Write,
    (words, files): (&str, &[AttachmentId]),
    (run, fresh): (RunId, Fresh),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let words = attach::words(words, files)?;
    let mut conversation = facts.opened_by(opening, now)?;
    let by = Uploader::Visitor(conversation.visitor);
    let attachments = attach::checked(facts, conversation.id, by, files)?;
    let chatbot = facts.chatbot(conversation.chatbot)?;
    let settings = &chatbot.settings;

    // Writing in a closed conversation opens it again, with the AI in control.
    conversation.closed = false;
    let mut steps = Steps::default();
    let said = Body::with_files(words.clone(), attachments);
    steps.write(&mut conversation, Author::Visitor, said, Some(write), now);
    let listening = Listening {
        facts,
        settings,
        assistant: chatbot.assistant,
        words: &words,
        run,
        fresh,
        now,
    };
    match conversation.controller() {
        Controller::Ai if is_proposed(&conversation) => {
            listening.to_an_answer(&mut conversation, &mut steps)?;
        }
        Controller::Ai => listening.to_a_question(&mut conversation, &mut steps)?,
        Controller::Waiting => match settings.handoff.while_waiting {
            WhileWaiting::Silent => {}
            WhileWaiting::Continue => listening.ask_ai(&mut conversation),
            WhileWaiting::Holding => {
                let message = texts(&chatbot, &conversation).waiting.clone();
                hold(&mut conversation, &mut steps, message, now);
            }
        },
        Controller::Human(_) => {
            let by = (Author::System, Woken::Visitor);
            come_back(&mut conversation, &mut steps, by, None, now);
        }
        Controller::Closed => {}
    }
    attach::send(facts, files, false);
    Ok(steps.save(facts, conversation, now))
}

fn is_proposed(conversation: &Conversation) -> bool {
    let proposed = |handoff: &Handoff| matches!(handoff.state, HandoffState::Proposed { .. });
    conversation.handoff.as_ref().is_some_and(proposed)
}

/// The AI says once that the message will be read.
fn hold(conversation: &mut Conversation, steps: &mut Steps, message: String, now: Timestamp) {
    let Some(Handoff {
        state: HandoffState::Pending(waiting),
        ..
    }) = &mut conversation.handoff
    else {
        return;
    };
    if !waiting.acknowledged {
        waiting.acknowledged = true;
        steps.write(conversation, Author::Ai, Body::message(message), None, now);
    }
}

/// What the visitor said, and by what it is understood.
struct Listening<'a> {
    facts: &'a Facts,
    settings: &'a Settings,
    /// Whether the AI answers.
    assistant: bool,
    words: &'a str,
    run: RunId,
    fresh: Fresh,
    now: Timestamp,
}

impl Listening<'_> {
    /// The AI proposed a person. A yes or no answers that; anything else is for the AI.
    fn to_an_answer(
        &self,
        conversation: &mut Conversation,
        steps: &mut Steps,
    ) -> Result<(), Refusal> {
        let (facts, fresh, now) = (self.facts, self.fresh, self.now);
        if !self.settings.handoff.enabled {
            // Switched off since it was proposed: there is nothing to say yes to any more.
            self.ask_ai(conversation);
            return Ok(());
        }
        let forced = triggers::read(self.words, &self.settings.triggers)
            .filter(|found| found.reaction == Reaction::Force || self.is_clear(found));
        match (triggers::consent(self.words), forced) {
            (Some(false), _) => end(conversation, steps, Author::Visitor, None, now),
            (Some(true), _) => accept(facts, conversation, steps, None, fresh, now),
            (None, Some(found)) => {
                accept(facts, conversation, steps, None, fresh, now)?;
                self.ask_on(conversation, found.trigger);
                Ok(())
            }
            // Nobody else is there to answer.
            (None, None) if !self.assistant => accept(facts, conversation, steps, None, fresh, now),
            (None, None) => {
                self.ask_ai(conversation);
                Ok(())
            }
        }
    }

    fn to_a_question(
        &self,
        conversation: &mut Conversation,
        steps: &mut Steps,
    ) -> Result<(), Refusal> {
        let (facts, fresh, now) = (self.facts, self.fresh, self.now);
        let enabled = self.settings.handoff.enabled;
        let found = triggers::read(self.words, &self.settings.triggers).filter(|_| enabled);
        match found {
            Some(found) if found.reaction == Reaction::Force => {
                let asking = Asking::because(found.trigger, found.reason, fresh);
                request(facts, conversation, steps, asking, None, now)?;
                self.ask_on(conversation, found.trigger);
                Ok(())
            }
            Some(Found {
                trigger, reason, ..
            }) if self.assistant && may_propose(facts, conversation, now) => {
                // "Do you have human support?" has its answer in the proposal; everything else is
                // a question all the same.
                if trigger != Trigger::Wish {
                    self.ask_ai(conversation);
                }
                propose(facts, conversation, steps, (trigger, reason), fresh, now)
            }
            // Nobody could be proposed. Who clearly wants a person all the same, also after having
            // said no, is told what there is instead.
            Some(found) if self.is_clear(&found) => {
                let asking = Asking::because(found.trigger, found.reason, fresh);
                request(facts, conversation, steps, asking, None, now)
            }
            // Nobody else is there to answer.
            _ if enabled && !self.assistant => {
                let asking = Asking::by(Trigger::NoAssistant, fresh);
                request(facts, conversation, steps, asking, None, now)
            }
            _ => {
                self.ask_ai(conversation);
                Ok(())
            }
        }
    }

    /// Whether the visitor asks for a person in so many words.
    fn is_clear(&self, found: &Found) -> bool {
        found.trigger == Trigger::Wish && triggers::wish(self.words) == Wish::Clear
    }

    /// A person was asked for. Whoever said more than that has a question all the same, which the
    /// AI answers unless a person does or it is to be silent.
    fn ask_on(&self, conversation: &mut Conversation, trigger: Trigger) {
        let answers = match conversation.controller() {
            Controller::Ai => true,
            Controller::Waiting => self.settings.handoff.while_waiting == WhileWaiting::Continue,
            Controller::Human(_) | Controller::Closed => false,
        };
        if answers && trigger != Trigger::Wish {
            self.ask_ai(conversation);
        }
    }

    /// A newer question voids the older run: one answer, to all that was said. The AI does not look
    /// into files, so they alone put no question aside.
    fn ask_ai(&self, conversation: &mut Conversation) {
        if !self.assistant || (self.words.is_empty() && conversation.run.is_some()) {
            return;
        }
        conversation.run = Some(Run {
            id: self.run,
            epoch: conversation.control_epoch,
            question: conversation
                .last_by_visitor
                .map_or(conversation.last_seq, |(seq, _)| seq),
        });
    }
}
