//! What somebody may do on the team: permissions, and those that a custom role takes away.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::person::Role;

/// Something a role allows. Which preset allows what stands in `domain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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
    /// Let programs act as oneself, with tokens.
    UseApi,
}

impl Permission {
    /// Every permission, in the order in which they are shown.
    pub const ALL: [Self; 17] = [
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
        Self::UseApi,
    ];
}

impl Permission {
    /// Whether a role can be without it. Who sees no conversation is not on the team.
    pub const fn can_be_taken_away(self) -> bool {
        !matches!(self, Self::SeeConversations)
    }
}

/// Some permissions, each once. On the wire a list of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Permission>", into = "Vec<Permission>")]
pub struct PermissionSet(u32);

impl PermissionSet {
    /// No permission.
    pub const NONE: Self = Self(0);

    /// Whether this permission is one of them.
    pub const fn contains(self, permission: Permission) -> bool {
        self.0 & Self::bit(permission) != 0
    }

    /// Whether none is.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// With this permission, or without it.
    #[must_use]
    pub const fn with(self, permission: Permission, is_in: bool) -> Self {
        match is_in {
            true => Self(self.0 | Self::bit(permission)),
            false => Self(self.0 & !Self::bit(permission)),
        }
    }

    /// With all of these as well.
    #[must_use]
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Each of them, in the order in which they are shown.
    pub fn iter(self) -> impl Iterator<Item = Permission> {
        let all = Permission::ALL.into_iter();
        all.filter(move |permission| self.contains(*permission))
    }

    const fn bit(permission: Permission) -> u32 {
        1 << permission as u32
    }
}

impl From<Vec<Permission>> for PermissionSet {
    fn from(permissions: Vec<Permission>) -> Self {
        permissions.into_iter().collect()
    }
}

impl From<PermissionSet> for Vec<Permission> {
    fn from(set: PermissionSet) -> Self {
        set.iter().collect()
    }
}

impl FromIterator<Permission> for PermissionSet {
    fn from_iter<T: IntoIterator<Item = Permission>>(permissions: T) -> Self {
        let mut set = Self::NONE;
        for permission in permissions {
            set = set.with(permission, true);
        }
        set
    }
}

/// What somebody may do: as much as the preset, without what a custom role takes away. Rules ask this and
/// never a bare role, so that what is taken away cannot be forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rights {
    pub role: Role,
    pub without: PermissionSet,
}

impl From<Role> for Rights {
    /// All that the preset gives.
    fn from(role: Role) -> Self {
        let without = PermissionSet::NONE;
        Self { role, without }
    }
}
