//! The two sides of the wire: which commands wait for an answer, and which events answer them.

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::visitor::{VisitorCommand, VisitorEvent};
use protocol::{Key, Refusal};

/// One side's words, as far as a connection has to understand them.
pub trait Side {
    type Command;
    type Event;

    /// The client's heartbeat.
    fn ping() -> Self::Command;

    /// The key under which a command is answered; none for commands that are not.
    fn key(command: &Self::Command) -> Option<Key>;

    /// What an event means to the connection.
    fn meaning(event: &Self::Event) -> Meaning;
}

/// What an event means to the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// The start was taken; commands may follow.
    Welcome,
    /// The command with this key is settled.
    Settled(Key),
    /// The command with this key may be sent again after so many milliseconds.
    Later(Key, u32),
    /// Nothing.
    Other,
}

impl Meaning {
    fn of_refusal(key: Option<Key>, refusal: &Refusal) -> Self {
        match (key, refusal) {
            (Some(key), Refusal::TooFast { retry_after_ms }) => Self::Later(key, *retry_after_ms),
            (Some(key), _) => Self::Settled(key),
            (None, _) => Self::Other,
        }
    }
}

/// The visitor's side: the widget.
#[derive(Debug)]
pub struct VisitorSide;

impl Side for VisitorSide {
    type Command = VisitorCommand;
    type Event = VisitorEvent;

    fn ping() -> VisitorCommand {
        VisitorCommand::Ping
    }

    fn key(command: &VisitorCommand) -> Option<Key> {
        match command {
            VisitorCommand::Say { key, .. }
            | VisitorCommand::AskForHuman { key }
            | VisitorCommand::CancelHandoff { key }
            | VisitorCommand::AnswerProposal { key, .. }
            | VisitorCommand::SendForm { key, .. } => Some(*key),
            VisitorCommand::Start(_)
            | VisitorCommand::Read { .. }
            | VisitorCommand::Typing { .. }
            | VisitorCommand::LoadEarlier { .. }
            | VisitorCommand::Preview { .. }
            | VisitorCommand::Ping => None,
        }
    }

    fn meaning(event: &VisitorEvent) -> Meaning {
        match event {
            VisitorEvent::Welcome(_) => Meaning::Welcome,
            VisitorEvent::Done { key, .. } => Meaning::Settled(*key),
            VisitorEvent::Refused { key, refusal, .. } => Meaning::of_refusal(*key, refusal),
            VisitorEvent::EntryAdded(_)
            | VisitorEvent::Earlier { .. }
            | VisitorEvent::LineChanged(_)
            | VisitorEvent::TypingChanged { .. }
            | VisitorEvent::ReadByTeam { .. }
            | VisitorEvent::WidgetChanged(_)
            | VisitorEvent::Pong => Meaning::Other,
        }
    }
}

/// The agent's side: the inbox.
#[derive(Debug)]
pub struct AgentSide;

impl Side for AgentSide {
    type Command = AgentCommand;
    type Event = AgentEvent;

    fn ping() -> AgentCommand {
        AgentCommand::Ping
    }

    fn key(command: &AgentCommand) -> Option<Key> {
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
            | AgentCommand::SeeMentions { .. }
            | AgentCommand::View { .. }
            | AgentCommand::Search { .. }
            | AgentCommand::ListViews
            // Shown as done or not where they are made, and never again by themselves.
            | AgentCommand::SaveView { .. }
            | AgentCommand::DeleteView { .. }
            | AgentCommand::PlaceView { .. }
            | AgentCommand::ShowPanel { .. }
            | AgentCommand::LoadNote { .. }
            | AgentCommand::Ping => None,
        }
    }

    fn meaning(event: &AgentEvent) -> Meaning {
        match event {
            AgentEvent::Welcome(_) => Meaning::Welcome,
            AgentEvent::Done { key, .. } => Meaning::Settled(*key),
            AgentEvent::Refused { key, refusal, .. } => Meaning::of_refusal(*key, refusal),
            AgentEvent::Cards { .. }
            | AgentEvent::CardsByDue { .. }
            | AgentEvent::CardChanged(_)
            | AgentEvent::CardGone { .. }
            | AgentEvent::CountsChanged(_)
            | AgentEvent::LabelsChanged(_)
            | AgentEvent::TeamChanged(_)
            | AgentEvent::Thread(_)
            | AgentEvent::Earlier { .. }
            | AgentEvent::EntryAdded { .. }
            | AgentEvent::ReadByVisitor { .. }
            | AgentEvent::TypingChanged { .. }
            | AgentEvent::PresenceChanged { .. }
            | AgentEvent::VisitorPresenceChanged { .. }
            | AgentEvent::Replies { .. }
            | AgentEvent::RepliesChanged
            | AgentEvent::DraftChanged { .. }
            | AgentEvent::Mentioned(_)
            | AgentEvent::MentionsSeen { .. }
            | AgentEvent::PreviewChanged { .. }
            | AgentEvent::ViewersChanged { .. }
            | AgentEvent::Found { .. }
            | AgentEvent::Views { .. }
            | AgentEvent::ViewsChanged
            | AgentEvent::Panel(_)
            | AgentEvent::Notes { .. }
            | AgentEvent::ContactChanged { .. }
            | AgentEvent::NoteText { .. }
            | AgentEvent::PanelChanged { .. }
            | AgentEvent::Pong => Meaning::Other,
        }
    }
}
