//! From an agent's command that writes to the command that the rules decide.

use domain::mentions::Named;
use domain::{Command, Fresh, Write};
use protocol::agent::AgentCommand;
use protocol::{AgentId, Key};

use super::digest::digest;

/// What a command names, read before the rules see it.
pub(crate) struct LookedUp {
    /// The colleagues whom a note names.
    pub(crate) mentions: Vec<Named>,
    /// Whether the workspace has the label that is put on.
    pub(crate) knows_label: bool,
}

/// The command with its key; none for what writes nothing. `fresh` are names of what it may create.
pub(crate) fn command(
    agent: AgentId,
    fresh: Fresh,
    looked_up: LookedUp,
    command: AgentCommand,
) -> Option<(Key, Command)> {
    let key = key_of(&command)?;
    let write = Write {
        key,
        digest: digest(&command),
    };
    let command = match command {
        AgentCommand::Say {
            conversation,
            text,
            attachments,
            ..
        } => Command::AgentSays {
            conversation,
            agent,
            write,
            text,
            attachments,
        },
        AgentCommand::AddNote {
            conversation,
            text,
            attachments,
            ..
        } => Command::AddNote {
            conversation,
            agent,
            write,
            text,
            attachments,
            mentions: looked_up.mentions,
        },
        AgentCommand::Claim {
            conversation,
            handoff,
            ..
        } => Command::Claim {
            conversation,
            agent,
            write,
            handoff,
        },
        AgentCommand::Reject {
            conversation,
            handoff,
            ..
        } => Command::Reject {
            conversation,
            agent,
            write,
            handoff,
            fresh,
        },
        AgentCommand::StepIn { conversation, .. } => Command::StepIn {
            conversation,
            agent,
            write,
            fresh,
        },
        AgentCommand::Transfer {
            conversation,
            handoff,
            to,
            note,
            ..
        } => Command::Transfer {
            conversation,
            agent,
            write,
            handoff,
            to,
            note,
            fresh,
        },
        AgentCommand::Release {
            conversation,
            handoff,
            ..
        } => Command::Release {
            conversation,
            agent,
            write,
            handoff,
            fresh,
        },
        AgentCommand::Resolve {
            conversation,
            handoff,
            outcome,
            ..
        } => Command::Resolve {
            conversation,
            agent,
            write,
            handoff,
            outcome,
        },
        AgentCommand::Snooze {
            conversation,
            handoff,
            until,
            ..
        } => Command::Snooze {
            conversation,
            agent,
            write,
            handoff,
            until,
        },
        AgentCommand::Wake {
            conversation,
            handoff,
            ..
        } => Command::Wake {
            conversation,
            agent,
            write,
            handoff,
        },
        AgentCommand::Join {
            conversation,
            handoff,
            ..
        } => Command::Join {
            conversation,
            agent,
            write,
            handoff,
        },
        AgentCommand::Leave {
            conversation,
            handoff,
            ..
        } => Command::Leave {
            conversation,
            agent,
            write,
            handoff,
        },
        AgentCommand::Label {
            conversation,
            change,
            ..
        } => Command::Label {
            conversation,
            agent,
            write,
            change,
            known: looked_up.knows_label,
        },
        AgentCommand::EditNote {
            conversation,
            note,
            text,
            ..
        } => Command::EditNote {
            conversation,
            agent,
            write,
            note,
            text,
            mentions: looked_up.mentions,
        },
        AgentCommand::PinNote {
            conversation,
            note,
            pinned,
            ..
        } => Command::PinNote {
            conversation,
            agent,
            write,
            note,
            pinned,
        },
        AgentCommand::Block {
            conversation,
            blocked,
            ..
        } => Command::Block {
            conversation,
            agent,
            write,
            blocked,
        },
        AgentCommand::Start { .. }
        | AgentCommand::ListCards { .. }
        | AgentCommand::ListByDue { .. }
        | AgentCommand::OpenThread { .. }
        | AgentCommand::CloseThread { .. }
        | AgentCommand::LoadEarlier { .. }
        | AgentCommand::Read { .. }
        | AgentCommand::Typing { .. }
        | AgentCommand::SetAvailability { .. }
        | AgentCommand::SetAccepting { .. }
        | AgentCommand::FollowAssistant { .. }
        | AgentCommand::ListReplies
        | AgentCommand::SaveDraft { .. }
        | AgentCommand::SeeMentions { .. }
        | AgentCommand::View { .. }
        | AgentCommand::Search { .. }
        | AgentCommand::ListViews
        | AgentCommand::SaveView { .. }
        | AgentCommand::DeleteView { .. }
        | AgentCommand::PlaceView { .. }
        | AgentCommand::ShowPanel { .. }
        | AgentCommand::LoadNote { .. }
        | AgentCommand::EditContact { .. }
        | AgentCommand::MergeContacts { .. }
        | AgentCommand::SplitContact { .. }
        | AgentCommand::Erase { .. }
        | AgentCommand::Ping => return None,
    };
    Some((key, command))
}

/// The key of a command that writes.
pub(crate) fn key_of(command: &AgentCommand) -> Option<Key> {
    match command {
        AgentCommand::Say { key, .. }
        | AgentCommand::AddNote { key, .. }
        | AgentCommand::Claim { key, .. }
        | AgentCommand::Reject { key, .. }
        | AgentCommand::StepIn { key, .. }
        | AgentCommand::Transfer { key, .. }
        | AgentCommand::Release { key, .. }
        | AgentCommand::Resolve { key, .. }
        | AgentCommand::Snooze { key, .. }
        | AgentCommand::Wake { key, .. }
        | AgentCommand::Join { key, .. }
        | AgentCommand::Leave { key, .. }
        | AgentCommand::Label { key, .. }
        | AgentCommand::SaveDraft { key, .. }
        | AgentCommand::Search { key, .. }
        | AgentCommand::SaveView { key, .. }
        | AgentCommand::DeleteView { key, .. }
        | AgentCommand::PlaceView { key, .. }
        | AgentCommand::EditContact { key, .. }
        | AgentCommand::MergeContacts { key, .. }
        | AgentCommand::SplitContact { key, .. }
        | AgentCommand::Erase { key, .. }
        | AgentCommand::EditNote { key, .. }
        | AgentCommand::PinNote { key, .. }
        | AgentCommand::Block { key, .. } => Some(*key),
        AgentCommand::Start { .. }
        | AgentCommand::ListCards { .. }
        | AgentCommand::ListByDue { .. }
        | AgentCommand::OpenThread { .. }
        | AgentCommand::CloseThread { .. }
        | AgentCommand::LoadEarlier { .. }
        | AgentCommand::Read { .. }
        | AgentCommand::Typing { .. }
        | AgentCommand::SetAvailability { .. }
        | AgentCommand::SetAccepting { .. }
        | AgentCommand::FollowAssistant { .. }
        | AgentCommand::ListReplies
        | AgentCommand::ListViews
        | AgentCommand::ShowPanel { .. }
        | AgentCommand::LoadNote { .. }
        | AgentCommand::SeeMentions { .. }
        | AgentCommand::View { .. }
        | AgentCommand::Ping => None,
    }
}
