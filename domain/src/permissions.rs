//! Who may do what: one table, with a decision for every role and every permission.

use protocol::person::Role;

/// Something a role allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Read conversations of the chatbots one is assigned to.
    SeeConversations,
    /// Claim, reply, release and resolve.
    TakeChats,
    /// Write notes for the team.
    WriteNotes,
    /// Give chats to others and take them over; ask the doctor about others.
    AssignChats,
    /// Change settings.
    SaveSettings,
    /// Change the saved replies that others use too. Everybody has their own.
    ShareReplies,
    /// Say who is on the team and what they are assigned to.
    SaveTeam,
    /// See how a chatbot is embedded.
    SeeEmbedding,
}

impl Permission {
    /// Whether a role has this permission. No `_` arm: a new role or permission asks for a decision.
    pub fn is_given_to(self, role: Role) -> bool {
        use Role::{AccountManager, Admin, Agent, Owner, Supervisor, SupportAgent};
        match self {
            Self::SeeConversations | Self::TakeChats | Self::WriteNotes => match role {
                SupportAgent | Agent | AccountManager | Supervisor | Admin | Owner => true,
            },
            Self::SaveSettings | Self::SaveTeam | Self::ShareReplies => match role {
                SupportAgent | Agent | AccountManager | Supervisor => false,
                Admin | Owner => true,
            },
            Self::AssignChats | Self::SeeEmbedding => match role {
                SupportAgent | Agent | AccountManager => false,
                Supervisor | Admin | Owner => true,
            },
        }
    }
}
