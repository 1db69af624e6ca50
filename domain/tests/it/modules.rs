//! What a module takes away from whom, and who may switch it.

use domain::modules::{all, checked, is_on, permissions, taken};
use domain::permissions::{Permission, PermissionSet, Rights};
use protocol::module::{Module, ModuleRule};
use protocol::person::Role;
use protocol::team::TeamRole;
use protocol::{Refusal, RoleId, Timestamp};

fn night() -> TeamRole {
    TeamRole {
        id: RoleId::new(Timestamp(1), &[1; 10]),
        name: "Night".to_owned(),
        like: Role::Admin,
        without: PermissionSet::NONE,
    }
}

#[test]
fn everything_is_on_by_default_and_takes_nothing_away() {
    let rules = all(&[]);
    assert_eq!(Module::ALL.len(), rules.len());
    for module in Module::ALL {
        assert!(is_on(&rules, module));
    }
    assert!(taken(&rules, Role::Agent, None).is_empty());
}

#[test]
fn what_is_off_is_taken_from_everybody_or_from_the_roles_without_it() {
    for module in Module::ALL {
        let given: PermissionSet = permissions(module).iter().copied().collect();
        let off = ModuleRule {
            on: false,
            ..ModuleRule::new(module)
        };
        // Open chats are brought to their end.
        let expected = match module {
            Module::LiveChat => PermissionSet::NONE,
            _ => given,
        };
        assert_eq!(expected, taken(&[off], Role::Owner, None), "{module:?}");
        let less = ModuleRule {
            presets: vec![Role::Agent],
            roles: vec![night().id],
            ..ModuleRule::new(module)
        };
        let rules = [less];
        assert_eq!(given, taken(&rules, Role::Agent, None), "{module:?}");
        assert_eq!(given, taken(&rules, Role::Admin, Some(night().id)));
        assert!(taken(&rules, Role::Admin, None).is_empty());
        // One that is like it has no more.
        let other = RoleId::new(Timestamp(2), &[2; 10]);
        assert_eq!(given, taken(&rules, Role::Agent, Some(other)));
    }
}

#[test]
fn what_admins_are_without_owners_say() {
    let (owner, admin) = (Rights::from(Role::Owner), Rights::from(Role::Admin));
    let was = ModuleRule::new(Module::Audit);
    let with = |presets: &[Role], roles: &[RoleId]| ModuleRule {
        presets: presets.to_vec(),
        roles: roles.to_vec(),
        ..was.clone()
    };
    let roles = [night()];
    for (rule, by_admin) in [
        (with(&[Role::Agent], &[]), true),
        (with(&[Role::Admin], &[]), false),
        (with(&[], &[night().id]), false),
    ] {
        assert!(checked(owner, &was, rule.clone(), &roles).is_ok());
        let found = checked(admin, &was, rule.clone(), &roles);
        assert_eq!(by_admin, found.is_ok(), "{rule:?}");
        let back = checked(admin, &rule, was.clone(), &roles);
        assert_eq!(by_admin, back.is_ok(), "{rule:?}");
    }
    let tame = Rights {
        role: Role::Admin,
        without: [Permission::SaveTeam].into_iter().collect(),
    };
    let found = checked(tame, &was, was.clone(), &roles);
    assert_eq!(Err(Refusal::NotAllowed), found);
    assert!(checked(owner, &was, with(&[Role::Owner], &[]), &roles).is_err());
    let gone = RoleId::new(Timestamp(2), &[2; 10]);
    let kept = checked(owner, &was, with(&[], &[gone]), &roles).unwrap();
    assert!(kept.roles.is_empty(), "what is not there is not kept");
}
