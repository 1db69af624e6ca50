//! Names of things: one type each, so that none can be taken for another.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A fresh id (UUIDv7) from the time and ten random bytes, both made by the caller.
            pub fn new(at: crate::Timestamp, random: &[u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(at.millis().unsigned_abs(), random).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// One organisation; nothing crosses it.
    WorkspaceId
    /// What a workspace embeds on a site.
    ChatbotId
    /// The person on the other side.
    VisitorId
    /// One visit of a visitor.
    SessionId
    /// A member of the team who answers.
    AgentId
    /// Everything said between one visitor and one chatbot on one channel. Made by the client.
    ConversationId
    /// One episode of asking for a person.
    HandoffId
    /// Some agents who share their requests.
    GroupId
    /// A role that a workspace made itself.
    RoleId
    /// The details of a visitor whom nobody could answer.
    LeadId
    /// What conversations are about, in the workspace's own words.
    CategoryId
    /// A mark on conversations, in the workspace's own words.
    TagId
    /// Somebody is asked to join the team.
    InviteId
    /// A mail that leaves.
    DeliveryId
    /// The proof that data was erased.
    ErasureId
    /// An agent's browser that was let in.
    SignInId
    /// What a program acts as an agent with.
    ApiTokenId
    /// A text that is written often.
    ReplyId
    /// A list that is looked at often.
    ViewId
    /// One attempt of the AI to answer.
    RunId
    /// A file that goes along with a message or a note.
    AttachmentId
    /// Made by the client for each command that writes; the same key again is the same command.
    Key
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl $name {
            /// The number that follows.
            #[must_use]
            pub fn next(self) -> Self {
                Self(self.0 + 1)
            }
        }
    )*};
}

numbers! {
    /// An entry's place in its conversation, from 1, without gaps. Agents know this one.
    Seq
    /// An entry's place among those the visitor may see, from 1, without gaps. Visitors know only this one.
    PublicSeq
}
