//! The AI asks whether to fetch a person; the visitor says yes, no, or nothing.

use domain::command::Reply;
use domain::entry::Body;
use domain::facts::RunState;
use domain::{Controller, HandoffState, Refusal};
use protocol::Timestamp;
use protocol::card::CardState;
use protocol::entry::{Author, Event, MissedReason, Outcome, Trigger};
use protocol::settings::{Outside, Reaction, WhenNobody};

use crate::desk::{ANA, BEN, Desk, Step, UNCLEAR_WISH, WISH};

/// A desk where the AI has just proposed a person.
fn proposed() -> Desk {
    let mut desk = Desk::open();
    desk.visitor_says(UNCLEAR_WISH);
    assert!(is_proposed(&desk));
    desk
}

fn is_proposed(desk: &Desk) -> bool {
    matches!(desk.newest().state, HandoffState::Proposed { .. })
}

#[test]
fn an_unclear_wish_is_answered_by_a_proposal_and_not_by_the_ai() {
    let desk = proposed();
    assert_eq!(
        vec![
            format!("visitor: {UNCLEAR_WISH}"),
            "ai: proposed by Wish".to_owned()
        ],
        desk.timeline()
    );
    assert_eq!(
        Body::Event(Event::HandoffProposed {
            handoff: desk.handoff(),
            trigger: Trigger::Wish,
            reason: String::new(),
            message: domain::settings::defaults().messages.texts.proposal,
        }),
        desk.last_entry().body
    );
    assert_eq!(None, desk.conversation().run);
    assert_eq!(Controller::Ai, desk.controller());
    assert_eq!(CardState::Assistant, desk.conversation().card_state());
    assert_eq!(Timestamp(desk.now.millis() + 10 * 60_000), desk.due_at());
}

#[test]
fn every_way_of_saying_yes_begins_the_very_handoff_that_was_proposed() {
    let ways: [(&str, Step); 5] = [
        ("the yes button", |desk| {
            desk.visitor_answers(true);
        }),
        ("the button to talk to a human", |desk| {
            desk.visitor_asks();
        }),
        ("yes", |desk| {
            desk.visitor_says("Yes, please!");
        }),
        ("ja", |desk| {
            desk.visitor_says("Ja, gerne.");
        }),
        ("a clear wish", |desk| {
            desk.visitor_says(WISH);
        }),
    ];
    for (name, say_yes) in ways {
        let mut desk = proposed();
        let handoff = desk.handoff();
        desk.seconds_pass(30);
        say_yes(&mut desk);
        assert_eq!(handoff, desk.handoff(), "{name}");
        assert_eq!(Controller::Waiting, desk.controller(), "{name}");
        assert_eq!(Trigger::Wish, desk.newest().trigger, "{name}");
        assert_eq!("visitor: requested by Wish", desk.last_line(), "{name}");
        assert_eq!(desk.now, desk.newest().waiting_since(), "{name}");
        desk.claims(BEN);
    }
}

#[test]
fn what_the_ai_thought_of_is_asked_for_by_the_visitor_who_says_yes() {
    let by_button: Step = |desk| {
        desk.visitor_answers(true);
    };
    for say_yes in [by_button, |desk| {
        desk.visitor_says("Yes.");
    }] {
        let mut desk = Desk::open();
        desk.visitor_says("This is ridiculous, it never works!");
        assert_eq!("ai: proposed by Frustration", desk.last_line());
        say_yes(&mut desk);
        let Body::Event(Event::HandoffRequested {
            trigger, reason, ..
        }) = &desk.last_entry().body
        else {
            panic!("it was asked for");
        };
        assert_eq!(
            (Trigger::Frustration, "this is ridiculous"),
            (*trigger, reason.as_str())
        );
        assert_eq!(Author::Visitor, desk.last_entry().author);
    }
}

#[test]
fn a_no_ends_it_and_the_ai_does_not_ask_again() {
    let by_button: Step = |desk| {
        desk.visitor_answers(false);
    };
    for say_no in [by_button, |desk| {
        desk.visitor_says("No, thanks");
    }] {
        let mut desk = proposed();
        say_no(&mut desk);
        assert_eq!("visitor: proposal ended", desk.last_line());
        assert!(matches!(
            desk.newest().state,
            HandoffState::Cancelled { .. }
        ));
        assert_eq!(Controller::Ai, desk.controller());
        assert_eq!(None, desk.conversation().run, "a no is no question");
        assert_eq!(None, desk.conversation().due_at);

        for _ in 0..4 {
            desk.ai_knows_nothing();
        }
        desk.visitor_says("This is ridiculous");
        assert!(!is_proposed(&desk));
    }
}

#[test]
fn who_said_no_may_still_ask_and_the_ai_may_propose_again_after_a_person_was_there() {
    let mut desk = proposed();
    desk.visitor_answers(false);
    desk.visitor_asks();
    desk.resolves(ANA, Outcome::RestoredToAi);
    desk.visitor_says(UNCLEAR_WISH);
    assert!(is_proposed(&desk));
}

#[test]
fn a_proposal_without_an_answer_expires_to_the_millisecond_and_may_be_made_again() {
    let mut desk = proposed();
    assert_eq!(vec!["system: proposal ended"], desk.due_comes());
    assert!(matches!(
        desk.newest().state,
        HandoffState::Cancelled { .. }
    ));
    assert_eq!(None, desk.conversation().due_at);
    desk.visitor_says(UNCLEAR_WISH);
    assert!(is_proposed(&desk), "saying nothing is not saying no");
}

#[test]
fn the_ai_goes_on_answering_while_its_proposal_stands() {
    let mut desk = proposed();
    desk.visitor_says("And what does it cost?");
    let run = desk.run();
    desk.ai_answers(run).unwrap();
    assert_eq!("ai: It **is**.", desk.last_line());
    assert!(is_proposed(&desk));
    // Not knowing proposes no second one.
    for _ in 0..3 {
        desk.ai_knows_nothing();
    }
    assert!(is_proposed(&desk));
    assert_eq!(1, desk.facts.trail.handoffs.len());
}

#[test]
fn whoever_says_more_than_a_wish_is_answered_too() {
    let mut desk = Desk::open();
    desk.visitor_says("This is ridiculous, how do I change my plan?");
    let run = desk.run();
    assert!(is_proposed(&desk));
    desk.ai_answers(run).unwrap();
}

#[test]
fn a_newer_trigger_does_not_make_the_older_attempt_look_answered() {
    let mut desk = Desk::open();
    desk.visitor_says("How do I change my plan?");
    let older = desk.run();
    desk.visitor_says("This is ridiculous");
    assert!(is_proposed(&desk));
    assert_eq!(RunState::Void, desk.facts.trail.runs[&older.id].2);
}

#[test]
fn not_knowing_often_enough_in_a_row_proposes_a_person() {
    let mut desk = Desk::open();
    desk.ai_knows_nothing();
    assert_eq!(None, desk.conversation().handoff);
    desk.visitor_says("Are you open?");
    let run = desk.run();
    desk.ai_answers(run).unwrap();
    desk.ai_knows_nothing();
    assert_eq!(None, desk.conversation().handoff, "not in a row");

    desk.ai_knows_nothing();
    assert_eq!(
        vec![
            format!(
                "ai: {}",
                domain::settings::defaults().messages.texts.unknown
            ),
            "ai: proposed by LowConfidence".to_owned()
        ],
        desk.timeline()[desk.timeline().len() - 2..]
    );
    assert_eq!("2 questions without an answer", desk.newest().reason);
}

#[test]
fn an_answer_that_only_offers_choices_does_not_end_the_row() {
    let mut desk = Desk::open();
    desk.ai_knows_nothing();
    desk.visitor_says("Hm?");
    let run = desk.run();
    let reply = Reply::Answer {
        markdown: "Did you mean:".to_owned(),
        sources: Vec::new(),
        choices: vec!["Opening hours".to_owned()],
    };
    desk.ai_replies(run, reply).unwrap();
    desk.ai_knows_nothing();
    assert!(is_proposed(&desk));
}

#[test]
fn not_knowing_asks_for_a_person_at_once_where_it_is_set_so() {
    let mut desk = Desk::with(|settings| {
        settings.triggers.low_confidence.reaction = Reaction::Force;
        settings.triggers.low_confidence.after = 1;
    });
    desk.visitor_says("What is the meaning of it all?");
    let (run, asked) = (desk.run(), desk.now);
    desk.seconds_pass(2);
    desk.ai_replies(run, Reply::Unknown).unwrap();
    assert_eq!("ai: requested by LowConfidence", desk.last_line());
    assert_eq!("1 question without an answer", desk.newest().reason);
    assert_eq!(Controller::Waiting, desk.controller());
    assert_eq!(RunState::Answered, desk.facts.trail.runs[&run.id].2);
    // Nobody has answered the question: the team is to read it.
    assert_eq!(1, desk.conversation().unread);
    assert_eq!(Some(asked), desk.conversation().unanswered_since);

    let mut off = Desk::with(|settings| {
        settings.triggers.low_confidence.reaction = Reaction::Off;
    });
    for _ in 0..5 {
        off.ai_knows_nothing();
    }
    assert_eq!(None, off.conversation().handoff);
}

#[test]
fn nobody_is_proposed_when_nobody_would_come() {
    let ways: [Step; 3] = [
        |desk| desk.only_there(&[]),
        |desk| {
            desk.set(|settings| {
                settings.hours.enabled = true;
                settings.hours.times.open.clear();
            });
        },
        |desk| desk.set(|settings| settings.handoff.enabled = false),
    ];
    for way in ways {
        let mut desk = Desk::open();
        way(&mut desk);
        desk.visitor_says(UNCLEAR_WISH);
        assert_eq!(None, desk.conversation().handoff);
        assert!(desk.conversation().run.is_some(), "the AI answers instead");
    }
}

#[test]
fn a_proposal_does_not_put_a_missed_request_aside() {
    let mut desk = Desk::open();
    let handoff = desk.visitor_asks();
    desk.due_comes();
    desk.visitor_says(UNCLEAR_WISH);
    assert_eq!(handoff, desk.handoff());
    desk.claims(ANA);
}

#[test]
fn a_yes_after_everybody_left_is_missed_like_any_request() {
    let mut desk = proposed();
    desk.only_there(&[]);
    desk.visitor_answers(true);
    assert_eq!(Some(MissedReason::NoAgent), desk.missed_for());
}

#[test]
fn a_yes_out_of_hours_goes_on_with_the_ai_where_it_is_set_so() {
    let mut desk = proposed();
    desk.set(|settings| {
        settings.hours.enabled = true;
        settings.hours.times.open.clear();
        settings.hours.outside = Outside::AiContinue;
        settings.queue.nobody = WhenNobody::Wait;
    });
    desk.visitor_answers(true);
    assert_eq!("system: cancelled", desk.last_line());
    assert_eq!(Controller::Ai, desk.controller());
}

#[test]
fn words_are_never_refused_because_people_were_switched_off_meanwhile() {
    for words in ["Yes", "No", WISH, "How much is it?"] {
        let mut desk = proposed();
        desk.set(|settings| settings.handoff.enabled = false);
        desk.visitor_says(words);
        assert_eq!(format!("visitor: {words}"), desk.last_line());
        assert!(desk.conversation().run.is_some());
        assert_eq!(
            Err(Refusal::HandoffOff),
            desk.try_visitor_answers(true),
            "a button may be refused"
        );
        desk.visitor_answers(false);
    }
}

#[test]
fn there_is_nothing_to_answer_without_a_proposal_or_twice() {
    let mut desk = Desk::open();
    desk.visitor_says("Hello?");
    for accept in [true, false] {
        assert_eq!(
            Err(Refusal::NothingProposed),
            desk.try_visitor_answers(accept)
        );
    }
    let mut desk = proposed();
    desk.visitor_answers(true);
    assert_eq!(
        Err(Refusal::NothingProposed),
        desk.try_visitor_answers(true)
    );
}

#[test]
fn yes_is_a_word_like_any_other_when_nothing_was_proposed() {
    let mut desk = Desk::open();
    desk.visitor_says("Yes");
    assert_eq!(None, desk.conversation().handoff);
    assert!(desk.conversation().run.is_some());
}

#[test]
fn the_time_a_proposal_stands_is_what_is_set() {
    let mut desk = Desk::with(|settings| settings.handoff.proposal_minutes = 3);
    desk.visitor_says(UNCLEAR_WISH);
    assert_eq!(Timestamp(desk.now.millis() + 180_000), desk.due_at());
}

#[test]
fn where_wishes_are_proposed_a_clear_one_is_a_yes_and_goes_on_after_a_no() {
    let mut desk = Desk::with(|settings| settings.triggers.wish = Reaction::Propose);
    desk.visitor_says(WISH);
    assert!(is_proposed(&desk), "as it is set");
    desk.visitor_says(WISH);
    assert_eq!(Controller::Waiting, desk.controller());

    let mut desk = Desk::with(|settings| settings.triggers.wish = Reaction::Propose);
    desk.visitor_says(WISH);
    desk.visitor_answers(false);
    desk.visitor_says(UNCLEAR_WISH);
    assert_eq!(Controller::Ai, desk.controller(), "nobody was asked for");
    desk.visitor_says(WISH);
    assert_eq!(Controller::Waiting, desk.controller());
}

#[test]
fn where_wishes_are_proposed_and_nobody_would_come_a_clear_one_is_told_what_there_is() {
    let mut desk = Desk::with(|settings| {
        settings.triggers.wish = Reaction::Propose;
        settings.queue.nobody = WhenNobody::Form;
    });
    desk.only_there(&[]);
    desk.visitor_says(WISH);
    assert_eq!(Some(MissedReason::NoAgent), desk.missed_for());
}
