//! Who may do what: one table, with a decision for every preset and every permission, and what custom
//! roles take away from it.

use protocol::person::Role;

pub use protocol::permission::{Permission, PermissionSet, Rights};

/// Whether somebody with these rights has a permission: their preset gives it, and nothing takes it away.
pub fn has(rights: Rights, permission: Permission) -> bool {
    preset_has(rights.role, permission) && !rights.without.contains(permission)
}

/// Whether these rights hold all that the others do.
pub fn covers(rights: Rights, others: Rights) -> bool {
    let mut all = Permission::ALL.into_iter();
    all.all(|permission| has(rights, permission) || !has(others, permission))
}

/// Whether a preset gives this permission. No `_` arm: a new role or permission asks for a decision.
fn preset_has(preset: Role, permission: Permission) -> bool {
    use Role::{AccountManager, Admin, Agent, Owner, Supervisor, SupportAgent};
    match permission {
        Permission::SeeConversations
        | Permission::TakeChats
        | Permission::WriteNotes
        | Permission::EditContacts
        | Permission::UseApi => match preset {
            SupportAgent | Agent | AccountManager | Supervisor | Admin | Owner => true,
        },
        Permission::SeeAddresses | Permission::BlockVisitors => match preset {
            SupportAgent => false,
            Agent | AccountManager | Supervisor | Admin | Owner => true,
        },
        Permission::SaveSettings
        | Permission::SaveTeam
        | Permission::ShareReplies
        | Permission::ShareViews
        | Permission::EraseData
        | Permission::SeeIdentitySecrets
        | Permission::SeeAudit => match preset {
            SupportAgent | Agent | AccountManager | Supervisor => false,
            Admin | Owner => true,
        },
        Permission::SaveOwners => match preset {
            SupportAgent | Agent | AccountManager | Supervisor | Admin => false,
            Owner => true,
        },
        Permission::AssignChats | Permission::SeeEmbedding => match preset {
            SupportAgent | Agent | AccountManager => false,
            Supervisor | Admin | Owner => true,
        },
    }
}
