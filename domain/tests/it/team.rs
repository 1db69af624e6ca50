//! Who may change whom on the team, and what a member has to be like.

use domain::team::{checked, keeps_an_owner, may_change};
use protocol::person::{Assigned, Role};
use protocol::refusal::Problem;
use protocol::team::MemberForm;
use protocol::{AgentId, Refusal, Timestamp};

fn form() -> MemberForm {
    MemberForm {
        agent: AgentId::new(Timestamp(1), &[1; 10]),
        version: 1,
        name: "  Ana Ruiz ".to_owned(),
        role: Role::Agent,
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
        let found = may_change(by, was, becomes);
        assert_eq!(allowed, found.is_ok(), "{by:?} {was:?} {becomes:?}");
    }
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
