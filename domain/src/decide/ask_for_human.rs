//! A visitor presses "Talk to a human".

use protocol::entry::Trigger;
use protocol::{Refusal, Timestamp};

use super::answer_proposal;
use super::request::{Asking, request};
use super::steps::Steps;
use crate::command::{Fresh, Opening, Write};
use crate::facts::{Done, Facts};
use crate::handoff::HandoffState;

pub(super) fn decide(
    facts: &mut Facts,
    opening: &Opening,
    write: Write,
    fresh: Fresh,
    now: Timestamp,
) -> Result<Done, Refusal> {
    let mut conversation = facts.opened_by(opening, now)?;
    let mut steps = Steps::default();
    match conversation.open_handoff().map(|open| &open.state) {
        // Whoever asks while being asked says yes.
        Some(HandoffState::Proposed { .. }) => {
            answer_proposal::accept(
                facts,
                &mut conversation,
                &mut steps,
                Some(write),
                fresh,
                now,
            )?;
        }
        // Asking twice is asking once.
        Some(_) => return Ok(Done::default()),
        None => {
            let asking = Asking::by(Trigger::Button, fresh);
            request(
                facts,
                &mut conversation,
                &mut steps,
                asking,
                Some(write),
                now,
            )?;
        }
    }
    Ok(steps.save(facts, conversation, now))
}
