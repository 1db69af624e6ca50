//! The whole table of who may do what.

use domain::permissions::{Permission, PermissionSet, Rights, covers, has};
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
        | Permission::EditContacts
        | Permission::UseApi => [true; 6],
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
        let found = ROLES.map(|role| has(role.into(), permission));
        assert_eq!(row(permission), found, "{permission:?}");
    }
}

#[test]
fn a_custom_role_takes_away_and_gives_nothing() {
    for role in ROLES {
        for taken in Permission::ALL {
            let without = PermissionSet::from_iter([taken]);
            let rights = Rights { role, without };
            for permission in Permission::ALL {
                let expected = has(role.into(), permission) && permission != taken;
                let found = has(rights, permission);
                assert_eq!(
                    expected, found,
                    "{role:?} without {taken:?}: {permission:?}"
                );
            }
            assert!(covers(role.into(), rights));
            assert_eq!(!has(role.into(), taken), covers(rights, role.into()));
        }
    }
}

#[test]
fn a_set_of_permissions_holds_each_once_and_forgets_none() {
    let all: PermissionSet = Permission::ALL.into_iter().chain(Permission::ALL).collect();
    assert!(all.iter().eq(Permission::ALL));
    let less = all.with(Permission::SeeAudit, false);
    assert!(!less.contains(Permission::SeeAudit) && less.contains(Permission::SaveOwners));
    assert!(PermissionSet::NONE.is_empty() && !less.is_empty());
}
