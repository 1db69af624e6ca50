//! Entries and the events in them.

use protocol::entry::{
    Author, Body, Destination, Event, MissedReason, Outcome, Passed, PublicAuthor, PublicBody,
    PublicEvent, Released, Taken, Trigger,
};

use super::{
    after, ana, ana_face, answer, ben, details, handoff, note, public_answer, requested, snake,
};
use crate::Visit;

/// What everybody is told when Ana joins.
const JOINED: &str = "Ana Ruiz has joined and reads what was said so far.";
const HANDOVER: &str = "A team member will be with you shortly.";
const PROPOSAL: &str = "Shall I fetch a person?";
const MISSED: &str = "We are sorry, nobody could join in time.";
const CLOSED: &str = "Our team is not here right now.";
const IDLE: &str = "Are you still there?";

pub(super) fn all(visit: &mut impl Visit) {
    visit.visit("entry", "", &answer());
    visit.visit("public_entry", "", &public_answer());
    variants!(visit, "author", Author {
        Visitor = Author::Visitor,
        Ai = Author::Ai,
        Agent = Author::Agent(ana()),
        System = Author::System,
    });
    variants!(visit, "body", Body {
        Message = answer().body,
        Note = note().body,
        Event = requested().body,
    });
    variants!(visit, "public_author", PublicAuthor {
        Visitor = PublicAuthor::Visitor,
        Ai = PublicAuthor::Ai,
        Person = PublicAuthor::Person(ana_face()),
        System = PublicAuthor::System,
    });
    variants!(visit, "public_body", PublicBody {
        Message = public_answer().body,
        Event = PublicBody::Event(PublicEvent::Waiting {
            message: HANDOVER.to_owned(),
        }),
    });
}

/// Every event, as agents and as visitors see it.
pub(super) fn events(visit: &mut impl Visit) {
    variants!(visit, "event", Event {
        HandoffProposed = Event::HandoffProposed {
            handoff: handoff(),
            trigger: Trigger::LowConfidence,
            reason: "2 questions without an answer".to_owned(),
            message: PROPOSAL.to_owned(),
        },
        ProposalEnded = Event::ProposalEnded {
            handoff: handoff(),
            by: Author::Visitor,
        },
        HandoffRequested = Event::HandoffRequested {
            handoff: handoff(),
            trigger: Trigger::Topic,
            reason: "legal: lawyer".to_owned(),
            message: HANDOVER.to_owned(),
        },
        HandoffOffered = Event::HandoffOffered {
            handoff: handoff(),
            agent: ana(),
            until: after(40),
        },
        HandoffRejected = Event::HandoffRejected {
            handoff: handoff(),
            agent: ben(),
            why: Passed::Expired,
        },
        HandoffClaimed = Event::HandoffClaimed {
            handoff: handoff(),
            agent: ana(),
            how: Taken::Claimed,
            message: JOINED.to_owned(),
        },
        HandoffReleased = Event::HandoffReleased {
            handoff: handoff(),
            agent: ana(),
            why: Released::Lost,
        },
        HandoffTransferred = Event::HandoffTransferred {
            handoff: handoff(),
            by: ben(),
            from: Some(ben()),
            to: Destination::Agent(ana()),
            message: JOINED.to_owned(),
        },
        HandoffCancelled = Event::HandoffCancelled {
            handoff: handoff(),
            by: Author::Visitor,
            message: String::new(),
        },
        HandoffOverdue = Event::HandoffOverdue {
            handoff: handoff(),
            message: MISSED.to_owned(),
        },
        HandoffMissed = Event::HandoffMissed {
            handoff: handoff(),
            trigger: Trigger::Button,
            reason: MissedReason::Timeout,
            message: MISSED.to_owned(),
            form: true,
        },
        FormSent = Event::FormSent {
            handoff: handoff(),
            details: details(),
        },
        IdleWarned = Event::IdleWarned {
            handoff: handoff(),
            message: IDLE.to_owned(),
        },
        HandoffResolved = Event::HandoffResolved {
            handoff: handoff(),
            agent: ana(),
            outcome: Outcome::RestoredToAi,
            message: "The assistant is back.".to_owned(),
        },
    });
    variants!(visit, "public_event", PublicEvent {
        Proposed = PublicEvent::Proposed {
            message: PROPOSAL.to_owned(),
        },
        ProposalEnded = PublicEvent::ProposalEnded,
        Waiting = PublicEvent::Waiting {
            message: HANDOVER.to_owned(),
        },
        Joined = PublicEvent::Joined {
            person: ana_face(),
            message: JOINED.to_owned(),
        },
        Left = PublicEvent::Left { person: ana_face() },
        Cancelled = PublicEvent::Cancelled {
            message: CLOSED.to_owned(),
        },
        Overdue = PublicEvent::Overdue {
            message: MISSED.to_owned(),
        },
        Missed = PublicEvent::Missed {
            message: MISSED.to_owned(),
            form: true,
        },
        FormSent = PublicEvent::FormSent,
        IdleWarned = PublicEvent::IdleWarned {
            message: IDLE.to_owned(),
        },
        Restored = PublicEvent::Restored {
            person: ana_face(),
            message: "The assistant is back.".to_owned(),
        },
        Closed = PublicEvent::Closed {
            person: ana_face(),
            message: "This conversation is closed.".to_owned(),
        },
    });
}
