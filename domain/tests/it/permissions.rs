//! The whole table of who may do what.

use domain::permissions::Permission;
use protocol::person::Role;

const ROLES: [Role; 6] = [
    Role::SupportAgent,
    Role::Agent,
    Role::AccountManager,
    Role::Supervisor,
    Role::Admin,
    Role::Owner,
];

/// The roles in the order of [`ROLES`]. A new permission has to have a row before this compiles.
fn row(permission: Permission) -> [bool; 6] {
    match permission {
        Permission::SeeConversations
        | Permission::TakeChats
        | Permission::WriteNotes
        | Permission::EditContacts => [true; 6],
        Permission::SeeAddresses | Permission::BlockVisitors => {
            [false, true, true, true, true, true]
        }
        Permission::AssignChats | Permission::SeeEmbedding => {
            [false, false, false, true, true, true]
        }
        Permission::SaveSettings
        | Permission::SaveTeam
        | Permission::ShareReplies
        | Permission::ShareViews
        | Permission::EraseData
        | Permission::SeeAudit
        | Permission::SeeIdentitySecrets => [false, false, false, false, true, true],
        Permission::SaveOwners => [false, false, false, false, false, true],
    }
}

#[test]
fn every_role_has_the_permissions_of_its_row() {
    for permission in Permission::ALL {
        let found = ROLES.map(|role| permission.is_given_to(role));
        assert_eq!(row(permission), found, "{permission:?}");
    }
}
