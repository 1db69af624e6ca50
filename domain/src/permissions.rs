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
    /// Change the saved views that others use too. Everybody has their own.
    ShareViews,
    /// Say who is on the team and what they are assigned to.
    SaveTeam,
    /// Make owners, and change those there are.
    SaveOwners,
    /// See how a chatbot is embedded.
    SeeEmbedding,
    /// See and renew what a site proves its visitors with.
    SeeIdentitySecrets,
    /// Change what a visitor is known by.
    EditContacts,
    /// See from which address a visitor comes.
    SeeAddresses,
    /// Block visitors, and let them write again.
    BlockVisitors,
    /// Erase conversations and contacts for good, and see what was erased.
    EraseData,
    /// Read and take along what everybody changed.
    SeeAudit,
}

impl Permission {
    /// Every permission, in the order in which they are shown.
    pub const ALL: [Self; 16] = [
        Self::SeeConversations,
        Self::TakeChats,
        Self::WriteNotes,
        Self::EditContacts,
        Self::SeeAddresses,
        Self::BlockVisitors,
        Self::EraseData,
        Self::AssignChats,
        Self::SeeEmbedding,
        Self::ShareReplies,
        Self::ShareViews,
        Self::SaveSettings,
        Self::SeeIdentitySecrets,
        Self::SaveTeam,
        Self::SeeAudit,
        Self::SaveOwners,
    ];

    /// Whether a role has this permission. No `_` arm: a new role or permission asks for a decision.
    pub fn is_given_to(self, role: Role) -> bool {
        use Role::{AccountManager, Admin, Agent, Owner, Supervisor, SupportAgent};
        match self {
            Self::SeeConversations | Self::TakeChats | Self::WriteNotes | Self::EditContacts => {
                match role {
                    SupportAgent | Agent | AccountManager | Supervisor | Admin | Owner => true,
                }
            }
            Self::SeeAddresses | Self::BlockVisitors => match role {
                SupportAgent => false,
                Agent | AccountManager | Supervisor | Admin | Owner => true,
            },
            Self::SaveSettings
            | Self::SaveTeam
            | Self::ShareReplies
            | Self::ShareViews
            | Self::EraseData
            | Self::SeeIdentitySecrets
            | Self::SeeAudit => match role {
                SupportAgent | Agent | AccountManager | Supervisor => false,
                Admin | Owner => true,
            },
            Self::SaveOwners => match role {
                SupportAgent | Agent | AccountManager | Supervisor | Admin => false,
                Owner => true,
            },
            Self::AssignChats | Self::SeeEmbedding => match role {
                SupportAgent | Agent | AccountManager => false,
                Supervisor | Admin | Owner => true,
            },
        }
    }
}
