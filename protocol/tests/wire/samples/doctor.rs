//! What the doctor says.

use protocol::doctor::{AgentChecks, Check, CheckKind, Diagnosis};

use super::values::{ben, ben_face, conversation};
use super::variants;
use crate::Visit;

pub(super) fn show(visit: &mut impl Visit) {
    let check = |kind, passed, sentence: &str| Check {
        kind,
        passed,
        sentence: sentence.to_owned(),
    };
    let diagnosis = Diagnosis {
        conversation: conversation(),
        visitor: "Visitor 4f2a".to_owned(),
        chatbot: "Northern Tents".to_owned(),
        standing: "Waiting for 4 min.".to_owned(),
        routing: "Requests are offered to one agent at a time.".to_owned(),
        agents: vec![AgentChecks {
            agent: ben(),
            face: ben_face(),
            checks: vec![
                check(CheckKind::Assigned, true, "Assigned to this chatbot."),
                check(CheckKind::Online, false, "Chose to be away."),
            ],
            listed: check(CheckKind::Listed, true, "Listed under Pending."),
        }],
    };
    visit.visit("diagnosis", "", &diagnosis);
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
