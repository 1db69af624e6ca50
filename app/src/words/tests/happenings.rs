//! What the thread says of what happened.

use protocol::agent::GroupView;
use protocol::entry::{Author, Destination, Event, Passed, Released, Taken};
use protocol::lead::LeadDetails;
use protocol::person::{Availability, Face, Member, Role};
use protocol::{AgentId, GroupId, HandoffId};

use super::*;
use crate::live::state::LiveState;

const MARA: u8 = 1;
const JONAS: u8 = 2;
const BEN: u8 = 3;

fn agent(n: u8) -> AgentId {
    AgentId::new(Timestamp(0), &[n; 10])
}

fn handoff() -> HandoffId {
    HandoffId::new(Timestamp(0), &[1; 10])
}

fn group() -> GroupId {
    GroupId::new(Timestamp(0), &[1; 10])
}

/// The line of an event as Mara reads it.
fn line(event: &Event) -> String {
    let member = |(n, name): (u8, &str)| Member {
        id: agent(n),
        face: Face {
            name: name.to_owned(),
            initials: String::new(),
            hue: 1,
        },
        role: Role::Agent,
        availability: Availability::Online,
        accepting: true,
        languages: Vec::new(),
        picture: None,
        without: Default::default(),
    };
    let mut state = LiveState::default();
    state.me = Some(agent(MARA));
    state.groups = vec![GroupView {
        id: group(),
        name: "Returns".to_owned(),
    }];
    state.team = [(MARA, "Mara"), (JONAS, "Jonas"), (BEN, "Ben")]
        .map(member)
        .to_vec();
    let Happened { what, rest, .. } = happened(event, &state, "Elif", None);
    what + &rest
}

fn requested(trigger: Trigger, reason: &str) -> String {
    line(&Event::HandoffRequested {
        handoff: handoff(),
        trigger,
        reason: reason.to_owned(),
        message: String::new(),
    })
}

#[test]
fn a_request_names_its_trigger_and_the_reason() {
    let lines = [
        requested(Trigger::Wish, ""),
        requested(Trigger::Button, ""),
        requested(Trigger::Keyword, "refund"),
        requested(Trigger::LowConfidence, "2 questions without an answer"),
        requested(Trigger::LowConfidence, "1 questions without an answer"),
        requested(Trigger::Topic, "legal: lawyer"),
        requested(Trigger::Topic, "allergies"),
        requested(Trigger::HighValue, "5000 eur"),
        requested(Trigger::Frustration, "ridiculous"),
        requested(Trigger::Form, ""),
        requested(Trigger::NoAssistant, ""),
    ];
    let expected = [
        "Elif asked for a person",
        "Elif asked for a person · with the button",
        "Asked because of the keyword “refund”",
        "The assistant could not answer 2 questions",
        "The assistant could not answer a question",
        "Asked because of a legal topic, “lawyer”",
        "Asked because of the topic “allergies”",
        "Asked because of high value, “5000 eur”",
        "Asked because of frustration, “ridiculous”",
        "Elif asked for an answer by form",
        "Passed on to people: the assistant is switched off",
    ];
    assert_eq!(expected, lines[..]);
}

#[test]
fn a_proposal_says_why_and_how_it_ended() {
    let proposed = line(&Event::HandoffProposed {
        handoff: handoff(),
        trigger: Trigger::Keyword,
        reason: "refund".to_owned(),
        message: String::new(),
    });
    let ended = |by| {
        line(&Event::ProposalEnded {
            handoff: handoff(),
            by,
        })
    };
    assert_eq!(
        [
            "The assistant asked whether to fetch a person · because of the keyword “refund”",
            "Elif wants no person",
            "The assistant's question was not answered · it goes on",
        ],
        [proposed, ended(Author::Visitor), ended(Author::System)][..]
    );
}

#[test]
fn offers_claims_and_releases_name_their_agent() {
    let handoff = handoff();
    let offered = |n| {
        line(&Event::HandoffOffered {
            handoff,
            agent: agent(n),
            until: Timestamp(0),
        })
    };
    let passed = |n, why| {
        line(&Event::HandoffRejected {
            handoff,
            agent: agent(n),
            why,
        })
    };
    let claimed = |n, how| {
        line(&Event::HandoffClaimed {
            handoff,
            agent: agent(n),
            how,
            message: String::new(),
        })
    };
    let released = |n, why| {
        line(&Event::HandoffReleased {
            handoff,
            agent: agent(n),
            why,
        })
    };
    let lines = [
        offered(MARA),
        offered(BEN),
        passed(MARA, Passed::Rejected),
        passed(BEN, Passed::Expired),
        passed(BEN, Passed::Withdrawn),
        claimed(BEN, Taken::Claimed),
        claimed(MARA, Taken::Assigned),
        claimed(BEN, Taken::SteppedIn),
        released(BEN, Released::Given),
        released(BEN, Released::Lost),
        released(MARA, Released::Lost),
        released(BEN, Released::Unassigned),
        released(MARA, Released::Unassigned),
    ];
    let expected = [
        "Offered to you",
        "Offered to Ben",
        "You passed this on",
        "Ben did not answer the offer in time",
        "The offer to Ben was taken back",
        "Ben took over",
        "Assigned to you",
        "Ben stepped in",
        "Ben released this · waits again",
        "Ben was gone for too long · waits again",
        "You were gone for too long · waits again",
        "Ben is not assigned to this chatbot any more · waits again",
        "You are not assigned to this chatbot any more · waits again",
    ];
    assert_eq!(expected, lines[..]);
}

#[test]
fn a_transfer_says_who_by_whom_and_where() {
    let transferred = |by, from: Option<u8>, to| {
        line(&Event::HandoffTransferred {
            handoff: handoff(),
            by: agent(by),
            from: from.map(agent),
            to,
            message: String::new(),
        })
    };
    let to = |n| Destination::Agent(agent(n));
    let lines = [
        transferred(JONAS, Some(BEN), to(JONAS)),
        transferred(JONAS, Some(JONAS), to(BEN)),
        transferred(MARA, Some(BEN), to(JONAS)),
        transferred(JONAS, None, to(MARA)),
        transferred(JONAS, Some(MARA), Destination::Group(group())),
        transferred(MARA, Some(MARA), Destination::Queue),
    ];
    let expected = [
        "Jonas took over from Ben",
        "Jonas transferred this to Ben",
        "You transferred this from Ben to Jonas",
        "Jonas assigned this to you",
        "Jonas passed this from you to Returns · waits again",
        "You put this back into the queue · waits again",
    ];
    assert_eq!(expected, lines[..]);
}

#[test]
fn what_nobody_took_says_why() {
    let handoff = handoff();
    let missed = |reason, form| {
        line(&Event::HandoffMissed {
            handoff,
            trigger: Trigger::Wish,
            reason,
            message: String::new(),
            form,
        })
    };
    let details = LeadDetails::default();
    let lines = [
        missed(MissedReason::Timeout, true),
        missed(MissedReason::OutOfHours, false),
        line(&Event::FormSent { handoff, details }),
        line(&Event::HandoffOverdue {
            handoff,
            message: String::new(),
        }),
        line(&Event::IdleWarned {
            handoff,
            message: String::new(),
        }),
        line(&Event::HandoffCancelled {
            handoff,
            by: Author::System,
            message: String::new(),
        }),
        line(&Event::HandoffResolved {
            handoff,
            agent: agent(BEN),
            outcome: Outcome::AutoClosed,
            message: String::new(),
        }),
    ];
    let expected = [
        "Missed · nobody came in time, details were asked for",
        "Missed · outside the opening hours",
        "Elif left details",
        "Nobody came in time · Elif waits on and may leave details",
        "Elif was told that this will be closed",
        "No person could be fetched · the assistant goes on",
        "Closed by itself · nobody went on with it",
    ];
    assert_eq!(expected, lines[..]);
}
