//! Who may change whom on the team, and what a member has to be like.

use domain::permissions::{Permission, PermissionSet, Rights};
use domain::team::{checked, checked_role, keeps_an_owner, may_change, may_let_in};
use protocol::person::{Assigned, Role};
use protocol::refusal::{Field, Problem};
use protocol::team::{MemberForm, TeamRole};
use protocol::{AgentId, Refusal, RoleId, Timestamp};

fn form() -> MemberForm {
    MemberForm {
        agent: AgentId::new(Timestamp(1), &[1; 10]),
        version: 1,
        name: "  Ana Ruiz ".to_owned(),
        role: Role::Agent,
        custom: None,
        assigned: Assigned::All,
        chat_limit: 3,
        priority: 0,
        handoff_mail: true,
        hours: None,
        languages: Vec::new(),
    }
}

#[test]
fn owners_are_made_and_changed_by_owners_alone() {
    use Role::{Admin, Agent, Owner, Supervisor};
    for (by, was, becomes, allowed) in [
        (Owner, Agent, Owner, true),
        (Owner, Owner, Agent, true),
        (Admin, Agent, Admin, true),
        (Admin, Admin, Agent, true),
        (Admin, Agent, Owner, false),
        (Admin, Owner, Agent, false),
        (Supervisor, Agent, Agent, false),
        (Agent, Agent, Admin, false),
    ] {
        let found = may_change(by.into(), was.into(), becomes.into());
        assert_eq!(allowed, found.is_ok(), "{by:?} {was:?} {becomes:?}");
    }
}

fn less(role: Role, taken: Permission) -> Rights {
    let without = PermissionSet::from_iter([taken]);
    Rights { role, without }
}

#[test]
fn nobody_gives_what_they_do_not_have() {
    let by = less(Role::Admin, Permission::EraseData);
    let (agent, admin) = (Role::Agent.into(), Role::Admin.into());
    assert_eq!(Ok(()), may_change(by, agent, Role::Supervisor.into()));
    assert_eq!(Ok(()), may_change(by, agent, by));
    assert_eq!(Err(Refusal::NotAllowed), may_change(by, agent, admin));
    assert_eq!(Err(Refusal::NotAllowed), may_change(by, by, admin));
    // Who has it already is changed as their rank allows.
    assert_eq!(Ok(()), may_change(by, admin, admin));
    assert_eq!(Ok(()), may_change(by, admin, agent));
    assert_eq!(Err(Refusal::NotAllowed), may_let_in(by, admin));
    assert_eq!(Ok(()), may_let_in(by, agent));
    let tame = less(Role::Admin, Permission::SaveTeam);
    assert_eq!(Err(Refusal::NotAllowed), may_change(tame, agent, agent));
}

#[test]
fn a_role_of_ones_own_has_a_name_of_its_own_and_is_like_no_owner() {
    let role = |number: u8, name: &str, like| TeamRole {
        id: RoleId::new(Timestamp(1), &[number; 10]),
        name: name.to_owned(),
        like,
        without: [Permission::SaveOwners, Permission::WriteNotes]
            .into_iter()
            .collect(),
    };
    let night = checked_role(role(1, "  Night shift ", Role::Agent), &[]).unwrap();
    assert_eq!("Night shift", night.name);
    // Agents make no owners anyway.
    assert!(night.without.iter().eq([Permission::WriteNotes]));
    let field = Field::Name;
    for (name, problem) in [
        (" ", Problem::Missing),
        ("night SHIFT", Problem::Twice),
        (" Account MANAGER", Problem::Twice),
        (&"n".repeat(41), Problem::TooLong { limit: 40 }),
    ] {
        let found = checked_role(role(2, name, Role::Agent), std::slice::from_ref(&night));
        assert_eq!(
            Err(Refusal::FieldInvalid { field, problem }),
            found,
            "{name}"
        );
    }
    assert!(checked_role(role(2, "Boss", Role::Owner), &[]).is_err());
    let many: Vec<_> = (0..20)
        .map(|at| role(at, &format!("R{at}"), Role::Agent))
        .collect();
    assert!(checked_role(role(21, "One more", Role::Agent), &many).is_err());
    assert!(checked_role(role(3, "Renamed", Role::Agent), &many).is_ok());
}

#[test]
fn the_last_owner_stays_one() {
    assert_eq!(
        Err(Refusal::LastOwner),
        keeps_an_owner(Role::Owner, false, 1)
    );
    assert_eq!(Ok(()), keeps_an_owner(Role::Owner, false, 2));
    assert_eq!(Ok(()), keeps_an_owner(Role::Owner, true, 1));
    assert_eq!(Ok(()), keeps_an_owner(Role::Admin, false, 1));
}

#[test]
fn a_member_is_kept_tidily_and_numbers_have_their_range() {
    assert_eq!("Ana Ruiz", checked(form()).unwrap().name);
    for (chat_limit, priority, setting, most) in [
        (0, 0, "chat_limit", 50),
        (51, 0, "chat_limit", 50),
        (1, 101, "priority", 100),
    ] {
        let refused = checked(MemberForm {
            chat_limit,
            priority,
            ..form()
        });
        let least = u32::from(setting == "chat_limit");
        let problem = Problem::OutOfRange { least, most };
        let setting = setting.to_owned();
        assert_eq!(Err(Refusal::SettingInvalid { setting, problem }), refused);
    }
}
