//! From a visitor's command that writes to the command that the rules decide.

use domain::{Command, Fresh, Opening, Write};
use protocol::visitor::VisitorCommand;
use protocol::{Key, RunId};

use crate::actions::digest::digest;

/// The key of a command that writes.
pub(crate) fn key(command: &VisitorCommand) -> Option<Key> {
    match command {
        VisitorCommand::Say { key, .. }
        | VisitorCommand::AskForHuman { key }
        | VisitorCommand::AnswerProposal { key, .. }
        | VisitorCommand::SendForm { key, .. }
        | VisitorCommand::CancelHandoff { key } => Some(*key),
        _ => None,
    }
}

/// The command with its key; none for what writes nothing. `made` are names of what it may create.
pub(crate) fn command(
    opening: Opening,
    made: (RunId, Fresh),
    command: VisitorCommand,
) -> Option<(Key, Command)> {
    let (run, fresh) = made;
    let conversation = opening.conversation;
    Some(match command {
        VisitorCommand::Say {
            key,
            text,
            attachments,
        } => {
            let command = Command::VisitorSays {
                opening,
                write: write(key, &("say", &text, &attachments)),
                text,
                attachments,
                run,
                fresh,
            };
            (key, command)
        }
        VisitorCommand::AskForHuman { key } => {
            let command = Command::AskForHuman {
                opening,
                write: write(key, &"ask_for_human"),
                fresh,
            };
            (key, command)
        }
        VisitorCommand::AnswerProposal { key, accept } => {
            let command = Command::AnswerProposal {
                conversation,
                write: write(key, &("answer_proposal", accept)),
                accept,
                fresh,
            };
            (key, command)
        }
        VisitorCommand::SendForm { key, details } => {
            let command = Command::SendForm {
                opening,
                write: write(key, &("send_form", &details)),
                details,
                fresh,
            };
            (key, command)
        }
        VisitorCommand::CancelHandoff { key } => {
            let command = Command::CancelHandoff {
                conversation,
                write: write(key, &"cancel_handoff"),
            };
            (key, command)
        }
        VisitorCommand::Start(_)
        | VisitorCommand::Read { .. }
        | VisitorCommand::Typing { .. }
        | VisitorCommand::LoadEarlier { .. }
        | VisitorCommand::Preview { .. }
        | VisitorCommand::Ping => return None,
    })
}

fn write(key: Key, said: &impl serde::Serialize) -> Write {
    Write {
        key,
        digest: digest(said),
    }
}
