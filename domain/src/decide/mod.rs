//! The one place where conversations, handoffs and claims change.

mod add_note;
mod agent_says;
mod ai_answers;
mod ask_for_human;
mod cancel_handoff;
mod claim;
mod read;
mod release;
mod resolve;
mod visitor_says;

use protocol::{Refusal, Timestamp};

use crate::command::Command;
use crate::facts::{Done, Facts, Known};

/// Decides one command on the facts as the commands before it left them.
///
/// A repeated command gets the first answer and changes nothing. Checks come first and changes
/// last, so that a refusal leaves nothing behind.
///
/// # Errors
/// The [`Refusal`] that tells the client what rule said no.
pub fn decide(facts: &mut Facts, command: &Command, now: Timestamp) -> Result<Done, Refusal> {
    let Some((writer, write)) = command.write() else {
        return judge(facts, command, now);
    };
    let known = (command.conversation(), writer, write.key);
    match facts.known.get(&known) {
        Some(first) if first.digest == write.digest => Ok(first.done),
        Some(_) => Err(Refusal::KeyReused),
        None => {
            let done = judge(facts, command, now)?;
            if done.seq.is_some() {
                facts.known.insert(
                    known,
                    Known {
                        digest: write.digest,
                        done,
                    },
                );
            }
            Ok(done)
        }
    }
}

fn judge(facts: &mut Facts, command: &Command, now: Timestamp) -> Result<Done, Refusal> {
    match command {
        Command::VisitorSays {
            opening,
            write,
            text,
            run,
            handoff,
        } => visitor_says::decide(facts, opening, *write, text, (*run, *handoff), now),
        Command::AskForHuman {
            opening,
            write,
            handoff,
        } => ask_for_human::decide(facts, opening, *write, *handoff, now),
        Command::CancelHandoff {
            conversation,
            write,
        } => cancel_handoff::decide(facts, *conversation, *write, now),
        Command::VisitorReads { conversation, seq } => read::by_visitor(facts, *conversation, *seq),
        Command::AgentSays {
            conversation,
            agent,
            write,
            text,
        } => agent_says::decide(facts, *conversation, *agent, *write, text, now),
        Command::AddNote {
            conversation,
            agent,
            write,
            text,
        } => add_note::decide(facts, *conversation, *agent, *write, text, now),
        Command::Claim {
            conversation,
            agent,
            write,
            handoff,
        } => claim::decide(facts, *conversation, *agent, *write, *handoff, now),
        Command::Release {
            conversation,
            agent,
            write,
            handoff,
        } => release::decide(facts, *conversation, *agent, *write, *handoff, now),
        Command::Resolve {
            conversation,
            agent,
            write,
            handoff,
            outcome,
        } => resolve::decide(
            facts,
            *conversation,
            *agent,
            *write,
            (*handoff, *outcome),
            now,
        ),
        Command::AgentReads {
            conversation,
            agent,
            seq,
        } => read::by_agent(facts, *conversation, *agent, *seq),
        Command::AiAnswers {
            conversation,
            run,
            epoch,
            reply,
        } => ai_answers::decide(facts, *conversation, *run, *epoch, reply, now),
    }
}
