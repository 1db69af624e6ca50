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
        standing: Some(Standing::Waiting {
            minutes: 4,
            offered_to: None,
        }),
        routing: Some(RoutingMode::Offer),
        agents: vec![AgentChecks {
            agent: ben(),
            face: ben_face(),
            checks: vec![
                check(CheckKind::Assigned, true, Found::Assigned),
                check(CheckKind::Online, false, Found::ChoseAway),
            ],
            listed: check(CheckKind::Listed, true, Found::Listed(Tab::Pending)),
            sign_ins: check(CheckKind::SignIns, true, Found::FewRefused),
        }],
    };
    visit.visit("diagnosis", "", &diagnosis);
    variants!(visit, "standing", Standing {
        Assistant = Standing::Assistant,
        Waiting = Standing::Waiting {
            minutes: 4,
            offered_to: Some("Ben".to_owned()),
        },
        Held = Standing::Held { by: "Ben".to_owned() },
        Closed = Standing::Closed,
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
        Gone = Found::Gone { minutes: 12 },
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
        Listed = Found::Listed(Tab::Pending),
        NotSeen = Found::NotSeen,
        Speaks = Found::Speaks,
        SpeaksNot = Found::SpeaksNot,
        FewRefused = Found::FewRefused,
        ManyRefused = Found::ManyRefused { times: 40 },
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
        Language = CheckKind::Language,
        SignIns = CheckKind::SignIns,
    });
}
