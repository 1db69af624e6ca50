//! The playground: a chatbot tried out in a copy of everything, which nobody else meets.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{ChatbotId, Refusal, Timestamp};

/// The made-up agents of a playground, by their places in the address.
pub const ACTORS: [&str; 2] = ["first", "second"];

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaygroundView {
    /// What can be tried, by name; empty where it was not asked for.
    pub chatbots: Vec<PlayChatbot>,
    /// The playground of the one who asks; none when it did not begin or is over.
    pub open: Option<PlayView>,
    /// Why what was asked for last was not done.
    pub no: Option<PlayNo>,
}

/// A chatbot that can be tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayChatbot {
    pub id: ChatbotId,
    pub name: String,
}

/// A playground as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayView {
    /// Its part of the address. Another one after every beginning.
    pub id: String,
    pub chatbot: PlayChatbot,
    /// The names of the agents, in the order of [`ACTORS`].
    pub agents: Vec<String>,
    /// Whose connection is cut.
    pub cut: Vec<bool>,
    /// What its clock shows.
    pub now: Timestamp,
    pub open: bool,
    /// How bad the network is, from 0 to 100.
    pub network: u8,
    /// How many lines were told before these.
    pub told: u32,
    pub lines: Vec<PlayLine>,
    /// How long it lasts when nothing is done in it.
    pub minutes_left: u32,
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayLine {
    /// On the playground's clock.
    pub at: Timestamp,
    pub step: PlayStep,
    /// Which agent it is about; empty when it is about none.
    pub who: String,
    /// What was said, or to whom it went.
    pub text: String,
    /// What somebody was told instead.
    pub refusal: Option<Refusal>,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlayStep {
    Began,
    VisitorSaid,
    AssistantSaid,
    AgentSaid,
    Noted,
    Proposed,
    ProposalEnded,
    Requested,
    Offered,
    Rejected,
    Expired,
    Withdrawn,
    Claimed,
    Assigned,
    SteppedIn,
    Released,
    Lost,
    Transferred,
    Cancelled,
    Overdue,
    MissedTimeout,
    MissedNobody,
    MissedClosed,
    MissedLeft,
    DetailsLeft,
    Warned,
    Restored,
    Closed,
    Spam,
    Snoozed,
    Woken,
    Joined,
    Left,
    Late,
    /// Both agents asked for the same chat at the same moment.
    Raced,
    Won,
    Beaten,
    /// An agent's connection was cut.
    Vanished,
    CameBack,
    /// The clock was turned; the text holds the minutes.
    Turned,
    /// A chatbot that was always open keeps hours from now on.
    Hours,
    /// It is open from now on, or closed.
    Opened,
    Shut,
    /// The network was changed; the text holds how bad it is.
    Network,
    /// What is rare has no words of its own.
    Other,
}

/// What is done in a playground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Play {
    /// Begins, in the place of the one that there was.
    Begin(ChatbotId),
    End,
    Race,
    /// The connection of the agent who holds a chat is cut, and time passes.
    Vanish,
    /// Whose connections were cut come back.
    ComeBack,
    /// So many minutes pass.
    Turn(u32),
    /// Time passes until it opens or closes.
    TurnToChange,
    /// So bad is the network, from 0 to 100.
    Network(u8),
}

/// Why something was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlayNo {
    /// All places are taken.
    Full,
    NobodyWaits,
    NobodyHolds,
    NeverChanges,
    /// It has not begun, or is over.
    Over,
}
