//! A visitor writes: the AI is asked, a person is asked for, or the person who holds it reads on.

use protocol::entry::{Author, Trigger};
use protocol::{HandoffId, Refusal, RunId, Timestamp};

use super::ask_for_human;
use crate::command::{Opening, Write};
use crate::conversation::{Controller, Run};
use crate::entry::Body;
use crate::facts::{Done, Facts};
use crate::text;
use crate::triggers::{Wish, wish};

pub(super) fn decide(
    facts: &mut Facts,
    opening: &Opening,
    write: Write,
    words: &str,
    (run, handoff): (RunId, HandoffId),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let words = text::checked(words)?;
    let mut conversation = facts.opened_by(opening, now)?;
    let chatbot = facts.chatbot(conversation.chatbot)?;

    // Writing in a closed conversation opens it again, with the AI in control.
    conversation.closed = false;
    let wants_a_person = wish(&words) == Wish::Clear;
    let said = conversation.append(Author::Visitor, Body::message(words), Some(write), now);
    let mut entries = vec![said];
    match conversation.controller() {
        Controller::Ai if wants_a_person => {
            entries.push(ask_for_human::request(
                &mut conversation,
                &chatbot.settings,
                (handoff, Trigger::Wish),
                None,
                now,
            ));
        }
        // A newer question voids the older run: one answer, to all that was said.
        Controller::Ai => {
            let question = conversation.last_seq;
            conversation.run = Some(Run {
                id: run,
                epoch: conversation.control_epoch,
                question,
            });
        }
        Controller::Waiting | Controller::Human(_) | Controller::Closed => {}
    }
    // The client's answer names the visitor's own entry, not the request that followed it.
    let own = Done {
        seq: Some(entries[0].seq),
        public_seq: entries[0].public_seq,
    };
    facts.save(conversation, entries);
    Ok(own)
}
