//! The lines of a conversation, for agents and for visitors.

use protocol::entry::{
    Author, Body, Destination, Event, MissedReason, NoteEdited, Outcome, Passed, PublicAuthor,
    PublicBody, PublicEvent, Released, Taken, Trigger, Woken,
};
use protocol::label::LabelChange;
use protocol::rating::Thumb;
use protocol::targets::Owed;

use super::values::*;
use super::variants;
use crate::Visit;

pub(super) fn show(visit: &mut impl Visit) {
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
        NoteEdited = Body::NoteEdited(NoteEdited {
            note: protocol::Seq(4),
            text: words_of("Asked the same twice."),
        }),
    });
    variants!(visit, "event", Event {
        HandoffProposed = Event::HandoffProposed {
            handoff: handoff(),
            trigger: Trigger::Keyword,
            reason: "warranty".to_owned(),
            message: "Shall I fetch a person?".to_owned(),
        },
        ProposalEnded = Event::ProposalEnded {
            handoff: handoff(),
            by: Author::Visitor,
        },
        HandoffRequested = Event::HandoffRequested {
            handoff: handoff(),
            trigger: Trigger::Button,
            reason: String::new(),
            message: "A team member will be with you shortly.".to_owned(),
        },
        HandoffOffered = Event::HandoffOffered {
            handoff: handoff(),
            agent: ana(),
            until: after(30),
        },
        HandoffRejected = Event::HandoffRejected {
            handoff: handoff(),
            agent: ana(),
            why: Passed::Rejected,
        },
        HandoffClaimed = Event::HandoffClaimed {
            handoff: handoff(),
            agent: ana(),
            how: Taken::Claimed,
            message: "Ana Ruiz has joined.".to_owned(),
        },
        HandoffReleased = Event::HandoffReleased {
            handoff: handoff(),
            agent: ana(),
            why: Released::Given,
        },
        HandoffTransferred = Event::HandoffTransferred {
            handoff: handoff(),
            by: ana(),
            from: Some(ana()),
            to: Destination::Agent(ben()),
            message: "Ben Okafor has joined.".to_owned(),
        },
        HandoffCancelled = Event::HandoffCancelled {
            handoff: handoff(),
            by: Author::Visitor,
            message: String::new(),
        },
        HandoffOverdue = Event::HandoffOverdue {
            handoff: handoff(),
            message: "It takes longer than usual.".to_owned(),
        },
        HandoffMissed = Event::HandoffMissed {
            handoff: handoff(),
            trigger: Trigger::Button,
            reason: MissedReason::Timeout,
            message: "We are sorry, nobody could join in time.".to_owned(),
            form: true,
        },
        FormSent = Event::FormSent {
            handoff: handoff(),
            details: details(),
        },
        IdleWarned = Event::IdleWarned {
            handoff: handoff(),
            message: "Are you still there?".to_owned(),
        },
        HandoffResolved = Event::HandoffResolved {
            handoff: handoff(),
            agent: ana(),
            outcome: Outcome::RestoredToAi,
            message: "The assistant is back.".to_owned(),
        },
        HandoffSnoozed = Event::HandoffSnoozed {
            handoff: handoff(),
            agent: ana(),
            until: Some(after(3_600)),
        },
        HandoffWoken = Event::HandoffWoken {
            handoff: handoff(),
            why: Woken::Time,
        },
        Labelled = Event::Labelled(LabelChange::Category(Some(shipping()))),
        NotePinned = Event::NotePinned {
            note: protocol::Seq(4),
            pinned: true,
        },
        Blocked = Event::Blocked(true),
        HandoffJoined = Event::HandoffJoined {
            handoff: handoff(),
            agent: ben(),
            message: "Ben joined the chat.".to_owned(),
        },
        HandoffLeft = Event::HandoffLeft {
            handoff: handoff(),
            agent: ben(),
        },
        ReplyOverdue = Event::ReplyOverdue {
            handoff: handoff(),
            owed: Owed::FirstReply,
        },
        Rated = Event::Rated {
            handoff: handoff(),
            stars: 4,
            comment: "Quick and kind.".to_owned(),
        },
        Thumbed = Event::Thumbed {
            answer: protocol::Seq(2),
            thumb: Some(Thumb::Up),
        },
    });
    variants!(visit, "public_author", PublicAuthor {
        Visitor = PublicAuthor::Visitor,
        Ai = PublicAuthor::Ai,
        Person = PublicAuthor::Person(ana_face()),
        System = PublicAuthor::System,
    });
    variants!(visit, "public_body", PublicBody {
        Message = public_answer().body,
        Event = PublicBody::Event(joined()),
    });
    variants!(visit, "public_event", PublicEvent {
        Proposed = PublicEvent::Proposed {
            message: "Shall I fetch a person?".to_owned(),
        },
        ProposalEnded = PublicEvent::ProposalEnded,
        Waiting = PublicEvent::Waiting {
            message: "A team member will be with you shortly.".to_owned(),
        },
        Joined = joined(),
        Left = PublicEvent::Left { person: ana_face() },
        Cancelled = PublicEvent::Cancelled {
            message: "Our team is gone for today.".to_owned(),
        },
        Overdue = PublicEvent::Overdue {
            message: "It takes longer than usual.".to_owned(),
        },
        Missed = PublicEvent::Missed {
            message: "We are sorry, nobody could join in time.".to_owned(),
            form: true,
        },
        FormSent = PublicEvent::FormSent,
        IdleWarned = PublicEvent::IdleWarned {
            message: "Are you still there?".to_owned(),
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
