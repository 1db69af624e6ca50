//! The one place where conversations, handoffs and claims change.

mod add_note;
mod agent_says;
mod ai_answers;
mod answer_proposal;
mod ask_for_human;
mod attach;
mod block;
mod cancel_handoff;
mod claim;
mod edit_note;
mod join;
mod label;
mod look_after;
mod miss;
mod rate;
mod read;
mod reject;
mod release;
mod request;
mod resolve;
mod route;
mod send_form;
mod snooze;
mod step_in;
mod steps;
mod thumb;
mod time_comes;
mod transfer;
mod visitor_says;

use std::collections::HashSet;

use protocol::{ConversationId, Refusal, Timestamp};

use crate::command::Command;
use crate::conversation::{Controller, Conversation};
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

/// Whether every agent of the workspace has to be loaded before this command is decided: it may
/// look for an agent. The conversation and its chatbot are in the facts already. `passed_on` are the
/// conversations that other commands of the same batch may give to somebody else before.
pub fn needs_staff(facts: &Facts, command: &Command, passed_on: &HashSet<ConversationId>) -> bool {
    match command {
        Command::VisitorSays { opening, text, .. } => {
            let conversation = facts.conversations.get(&opening.conversation);
            let controller = conversation.map(Conversation::controller);
            // Nobody is looked for: their words are not even read for it.
            if matches!(controller, Some(Controller::Waiting | Controller::Human(_)))
                && !passed_on.contains(&opening.conversation)
            {
                return false;
            }
            let chatbot = facts.chatbots.get(&opening.chatbot);
            crate::triggers::consent(text) == Some(true)
                || chatbot.is_some_and(|chatbot| {
                    !chatbot.assistant
                        || crate::triggers::read(text, &chatbot.settings.triggers).is_some()
                })
        }
        Command::AiAnswers {
            conversation,
            reply,
            ..
        } => {
            let conversation = facts.conversations.get(conversation);
            let chatbot = conversation.and_then(|found| facts.chatbots.get(&found.chatbot));
            *reply == crate::command::Reply::Unknown
                || chatbot.is_some_and(|chatbot| !chatbot.assistant)
        }
        Command::AnswerProposal { accept, .. } => *accept,
        Command::AskForHuman { .. }
        | Command::SendForm { .. }
        | Command::Reject { .. }
        | Command::Release { .. }
        | Command::Transfer { .. }
        | Command::Route { .. }
        | Command::LookAfter { .. }
        | Command::TimeComes { .. } => true,
        Command::CancelHandoff { .. }
        | Command::VisitorReads { .. }
        | Command::AgentSays { .. }
        | Command::AddNote { .. }
        | Command::Claim { .. }
        | Command::StepIn { .. }
        | Command::Resolve { .. }
        | Command::Snooze { .. }
        | Command::Wake { .. }
        | Command::Join { .. }
        | Command::Leave { .. }
        | Command::Label { .. }
        | Command::EditNote { .. }
        | Command::PinNote { .. }
        | Command::Block { .. }
        | Command::AgentReads { .. }
        | Command::Rate { .. }
        | Command::ThumbAnswer { .. } => false,
    }
}

/// Whether a command may give its conversation to somebody else.
pub fn passes_on(command: &Command) -> bool {
    !matches!(
        command,
        Command::VisitorSays { .. }
            | Command::VisitorReads { .. }
            | Command::AgentSays { .. }
            | Command::AgentReads { .. }
            | Command::AddNote { .. }
            | Command::EditNote { .. }
            | Command::PinNote { .. }
            | Command::Label { .. }
            | Command::Rate { .. }
            | Command::ThumbAnswer { .. }
    )
}

fn judge(facts: &mut Facts, command: &Command, now: Timestamp) -> Result<Done, Refusal> {
    match command {
        Command::VisitorSays {
            opening,
            write,
            text,
            attachments,
            run,
            fresh,
        } => {
            let said = (text.as_str(), attachments.as_slice());
            visitor_says::decide(facts, opening, *write, said, (*run, *fresh), now)
        }
        Command::AskForHuman {
            opening,
            write,
            fresh,
        } => ask_for_human::decide(facts, opening, *write, *fresh, now),
        Command::AnswerProposal {
            conversation,
            write,
            accept,
            fresh,
        } => answer_proposal::decide(facts, *conversation, *write, (*accept, *fresh), now),
        Command::SendForm {
            opening,
            write,
            details,
            fresh,
        } => send_form::decide(facts, opening, *write, (details, *fresh), now),
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
            attachments,
        } => {
            let said = (text.as_str(), attachments.as_slice());
            agent_says::decide(facts, *conversation, *agent, *write, said, now)
        }
        Command::AddNote {
            conversation,
            agent,
            write,
            text,
            attachments,
            mentions,
        } => {
            let said = (text.as_str(), mentions.as_slice(), attachments.as_slice());
            add_note::decide(facts, *conversation, *agent, *write, said, now)
        }
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
            fresh,
        } => release::decide(
            facts,
            *conversation,
            *agent,
            *write,
            (*handoff, *fresh),
            now,
        ),
        Command::Reject {
            conversation,
            agent,
            write,
            handoff,
            fresh,
        } => reject::decide(
            facts,
            *conversation,
            *agent,
            *write,
            (*handoff, *fresh),
            now,
        ),
        Command::StepIn {
            conversation,
            agent,
            write,
            fresh,
        } => step_in::decide(facts, *conversation, *agent, *write, *fresh, now),
        Command::Transfer {
            conversation,
            agent,
            write,
            handoff,
            to,
            note,
            fresh,
        } => {
            let (handoff, to, fresh) = (*handoff, *to, *fresh);
            let passing = transfer::Passing {
                handoff,
                to,
                note,
                fresh,
            };
            transfer::decide(facts, *conversation, *agent, *write, &passing, now)
        }
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
        Command::Snooze {
            conversation,
            agent,
            write,
            handoff,
            until,
        } => snooze::snooze(
            facts,
            *conversation,
            *agent,
            *write,
            (*handoff, *until),
            now,
        ),
        Command::Wake {
            conversation,
            agent,
            write,
            handoff,
        } => snooze::wake(facts, *conversation, *agent, *write, *handoff, now),
        Command::Join {
            conversation,
            agent,
            write,
            handoff,
        } => join::join(facts, *conversation, *agent, *write, *handoff, now),
        Command::Leave {
            conversation,
            agent,
            write,
            handoff,
        } => join::leave(facts, *conversation, *agent, *write, *handoff, now),
        Command::Label {
            conversation,
            agent,
            write,
            change,
            known,
        } => {
            let change = (*change, *known);
            label::decide(facts, *conversation, *agent, *write, change, now)
        }
        Command::EditNote {
            conversation,
            agent,
            write,
            note,
            text,
            mentions,
        } => {
            let said = (*note, text.as_str(), mentions.as_slice());
            edit_note::edit(facts, *conversation, *agent, *write, said, now)
        }
        Command::PinNote {
            conversation,
            agent,
            write,
            note,
            pinned,
        } => edit_note::pin(facts, *conversation, *agent, *write, (*note, *pinned), now),
        Command::Block {
            conversation,
            agent,
            write,
            blocked,
        } => block::decide(facts, *conversation, *agent, *write, *blocked, now),
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
            fresh,
        } => ai_answers::decide(facts, *conversation, (*run, *epoch), reply, *fresh, now),
        Command::Route {
            conversation,
            fresh,
        } => route::decide(facts, *conversation, *fresh, now),
        Command::LookAfter {
            conversation,
            agent,
            fresh,
        } => look_after::decide(facts, *conversation, *agent, *fresh, now),
        Command::TimeComes {
            conversation,
            visitor_connected,
            fresh,
        } => time_comes::decide(facts, *conversation, *visitor_connected, *fresh, now),
        Command::Rate {
            conversation,
            handoff,
            stars,
            comment,
        } => rate::decide(facts, *conversation, (*handoff, *stars, comment), now),
        Command::ThumbAnswer {
            conversation,
            answer,
            thumb,
        } => thumb::decide(facts, *conversation, (*answer, *thumb), now),
    }
}
