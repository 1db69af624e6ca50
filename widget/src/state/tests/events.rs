//! What happened in a conversation, and what the assistant proposed.

use super::*;

#[test]
fn an_event_without_a_message_has_no_row() {
    let none = String::new;
    let state = live(vec![
        happened(1, PublicEvent::Waiting { message: none() }),
        happened(2, PublicEvent::ProposalEnded),
        happened(3, PublicEvent::Proposed { message: none() }),
        happened(
            4,
            PublicEvent::Joined {
                person: mara(),
                message: none(),
            },
        ),
        happened(5, PublicEvent::Overdue { message: none() }),
        happened(
            6,
            PublicEvent::Missed {
                message: none(),
                form: false,
            },
        ),
        happened(7, PublicEvent::IdleWarned { message: none() }),
        happened(
            8,
            PublicEvent::Restored {
                person: mara(),
                message: none(),
            },
        ),
        happened(
            9,
            PublicEvent::Closed {
                person: mara(),
                message: none(),
            },
        ),
    ]);
    assert_eq!(Vec::<&str>::new(), kinds(&state));
}

#[test]
fn what_the_visitor_did_themselves_has_a_row_without_a_message() {
    let message = String::new();
    let state = live(vec![
        happened(1, PublicEvent::Cancelled { message }),
        happened(2, PublicEvent::Left { person: mara() }),
        happened(3, PublicEvent::FormSent),
    ]);
    assert_eq!(vec!["event"; 3], kinds(&state));
}

#[test]
fn a_proposal_stands_at_the_end_until_it_is_answered() {
    let mut state = live(vec![proposed(1)]);
    state.apply(VisitorEvent::LineChanged(StateLine::Proposed));
    state.apply(added(entry(2, PublicAuthor::Ai)));
    assert_eq!(vec!["theirs", "proposal"], kinds(&state));
    assert_eq!(
        What::Proposal("Shall I fetch a person?"),
        state.rows()[1].what
    );

    let draft = state.wish(key(1), Wish::AnswerProposal(true));
    assert_eq!(
        VisitorCommand::AnswerProposal {
            key: key(1),
            accept: true
        },
        draft.command()
    );
    assert_eq!(vec!["event", "theirs", "asking"], kinds(&state));
    state.apply(added(PublicEntry {
        body: PublicBody::Event(PublicEvent::Waiting {
            message: "Soon.".to_owned(),
        }),
        ..own(3, 1)
    }));
    // The line comes a moment later.
    assert_eq!(vec!["event", "theirs", "event"], kinds(&state));
    state.apply(waiting(1, false));
    assert_eq!(vec!["event", "theirs", "event", "waiting"], kinds(&state));
}

#[test]
fn a_proposal_that_was_declined_or_ran_out_is_a_line_of_the_past() {
    let mut state = live(vec![proposed(1)]);
    state.apply(VisitorEvent::LineChanged(StateLine::Proposed));
    state.wish(key(1), Wish::AnswerProposal(false));
    assert_eq!(vec!["event"], kinds(&state));

    let mut state = live(vec![proposed(1)]);
    state.apply(VisitorEvent::LineChanged(StateLine::Proposed));
    let card = (state.rows()[0].id, state.rows()[0].version);
    state.apply(VisitorEvent::LineChanged(StateLine::Assistant));
    assert_eq!(card.0, state.rows()[0].id);
    assert_ne!(card.1, state.rows()[0].version, "it has to be drawn anew");
    assert_eq!(vec!["event"], kinds(&state));
}

#[test]
fn an_answer_that_came_too_late_says_so() {
    let mut state = live(vec![proposed(1)]);
    state.apply(VisitorEvent::LineChanged(StateLine::Proposed));
    state.wish(key(1), Wish::AnswerProposal(true));
    state.apply(VisitorEvent::LineChanged(StateLine::Assistant));
    state.apply(refused(1, Refusal::NothingProposed));
    assert_eq!(
        Some(Refusal::NothingProposed.to_string()),
        state.notice.clone()
    );
    assert_eq!(vec!["event"], kinds(&state));
}
