//! What the doctor says.

use protocol::card::Tab;
use protocol::doctor::{AgentChecks, Check, CheckKind, Diagnosis, Found, Standing};
use protocol::settings::RoutingMode;

use super::values::{ben, ben_face, conversation};
use super::variants;
use crate::Visit;

pub(super) fn show(visit: &mut impl Visit) {
    let check = |kind, passed, found| Check {
        kind,
        passed,
        found,
    };
    let diagnosis = Diagnosis {
        conversation: conversation(),
        visitor: "Visitor 4f2a".to_owned(),
        chatbot: "Northern Tents".to_owned(),
        standing: waiting(None),
        routing: Some(RoutingMode::Offer),
        agents: vec![AgentChecks {
            agent: ben(),
            face: ben_face(),
            checks: vec![
                check(CheckKind::Assigned, true, Found::Assigned),
                check(CheckKind::Online, false, Found::ChoseAway),
            ],
            listed: check(CheckKind::Listed, true, listed()),
        }],
    };
    visit.visit("diagnosis", "", &diagnosis);
    variants!(visit, "standing", Standing {
        Assistant = Standing::Assistant,
        Waiting = waiting(Some("Ben Okafor".to_owned())),
        Held = Standing::Held {
            by: "Ben Okafor".to_owned(),
        },
        Closed = Standing::Closed,
        Hidden = Standing::Hidden,
    });
    variants!(visit, "found", Found {
        RoleAllows = Found::RoleAllows,
        RoleForbids = Found::RoleForbids,
        Assigned = Found::Assigned,
        NotAssigned = Found::NotAssigned,
        InGroup = Found::InGroup,
        NoGroup = Found::NoGroup,
        NotInGroup = Found::NotInGroup,
        Online = Found::Online,
        OnlineJust = Found::OnlineJust,
        ChoseAway = Found::ChoseAway,
        ChoseOffline = Found::ChoseOffline,
        NeverCame = Found::NeverCame,
        Gone = Found::Gone { minutes: 7 },
        InHours = Found::InHours,
        NoHours = Found::NoHours,
        OutOfHours = Found::OutOfHours,
        Holds = Found::Holds { held: 3, limit: 3 },
        NotAsked = Found::NotAsked,
        Asked = Found::Asked,
        NotDeclined = Found::NotDeclined,
        Declined = Found::Declined,
        Accepts = Found::Accepts,
        AcceptsNot = Found::AcceptsNot,
        Listed = listed(),
        Unlisted = Found::Unlisted,
    });
    variants!(visit, "check_kind", CheckKind {
        Asked = CheckKind::Asked,
        Permission = CheckKind::Permission,
        Assigned = CheckKind::Assigned,
        Group = CheckKind::Group,
        Online = CheckKind::Online,
        Hours = CheckKind::Hours,
        Limit = CheckKind::Limit,
        Declined = CheckKind::Declined,
        Accepting = CheckKind::Accepting,
        Listed = CheckKind::Listed,
    });
}

fn waiting(offered_to: Option<String>) -> Standing {
    Standing::Waiting {
        minutes: 4,
        offered_to,
    }
}

fn listed() -> Found {
    Found::Listed { tab: Tab::Pending }
}
