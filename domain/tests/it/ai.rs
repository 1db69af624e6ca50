//! When the AI may speak: never over a person, never twice to one question.

use domain::Refusal;
use domain::command::Reply;
use domain::entry::Body;
use domain::facts::RunState;
use domain::settings::defaults;
use protocol::entry::{Author, Outcome, Source, Trigger};

use crate::desk::{ANA, Desk, WISH};

/// Lets the AI begin an answer, lets something happen, and says whether the answer still counts.
fn answers_after(happens: impl FnOnce(&mut Desk)) -> bool {
    let mut desk = Desk::open();
    desk.visitor_says("Are you open on Sunday?");
    let begun = desk.run();
    happens(&mut desk);
    match desk.ai_answers(begun) {
        Ok(done) => done.seq.is_some(),
        Err(refusal) => {
            assert_eq!(Refusal::HandoffOver, refusal);
            let spoke = desk
                .entries()
                .iter()
                .any(|entry| entry.author == Author::Ai);
            assert!(!spoke);
            false
        }
    }
}

#[test]
fn the_ai_answers_when_nothing_happened_meanwhile() {
    assert!(answers_after(|_| {}));
}

#[test]
fn what_the_ai_began_is_not_said_once_it_is_switched_off_and_people_are_asked() {
    let mut desk = Desk::open();
    desk.visitor_says("Are you open on Sunday?");
    let begun = desk.run();
    desk.switch_assistant(false);
    desk.ai_answers(begun).expect("it is passed on");
    assert!(
        !desk.timeline().join("\n").contains("It **is**"),
        "{:?}",
        desk.timeline()
    );
    assert_eq!(Trigger::NoAssistant, desk.newest().trigger);
    assert_eq!(None, desk.conversation().run);

    // Where nobody can be asked for, nothing is said.
    let mut desk = Desk::with(|settings| settings.handoff.enabled = false);
    desk.visitor_says("Are you open on Sunday?");
    let begun = desk.run();
    desk.switch_assistant(false);
    let before = desk.entries().len();
    desk.ai_answers(begun).expect("the run ends");
    assert_eq!(
        (before, None),
        (desk.entries().len(), desk.conversation().run)
    );
}

#[test]
fn who_writes_while_the_ai_is_off_is_passed_on_for_that_reason() {
    let mut desk = Desk::open();
    desk.switch_assistant(false);
    desk.visitor_says("Are you open on Sunday?");
    assert_eq!(Trigger::NoAssistant, desk.newest().trigger);
}

#[test]
fn a_note_or_a_reading_does_not_stop_the_ai() {
    assert!(answers_after(|desk| {
        desk.notes(ANA, "Let the assistant try.");
        desk.reads(ANA, 9);
        desk.visitor_reads(1);
    }));
}

#[test]
fn the_ai_is_silent_after_a_request() {
    assert!(!answers_after(|desk| {
        desk.visitor_asks();
    }));
    assert!(!answers_after(|desk| {
        desk.visitor_says(WISH);
    }));
}

#[test]
fn the_ai_is_silent_after_a_claim() {
    assert!(!answers_after(|desk| {
        desk.visitor_asks();
        desk.claims(ANA);
    }));
}

#[test]
fn the_ai_is_silent_after_a_release() {
    assert!(!answers_after(|desk| {
        desk.visitor_asks();
        desk.claims(ANA);
        desk.releases(ANA);
    }));
}

#[test]
fn what_the_ai_began_before_a_handoff_is_void_after_it() {
    for outcome in [Outcome::RestoredToAi, Outcome::Closed] {
        assert!(!answers_after(|desk| {
            desk.visitor_asks();
            desk.resolves(ANA, outcome);
        }));
    }
    assert!(!answers_after(|desk| {
        desk.visitor_asks();
        desk.visitor_cancels();
    }));
}

#[test]
fn a_newer_question_voids_the_older_attempt() {
    assert!(!answers_after(|desk| {
        desk.visitor_says("And on Monday?");
    }));

    let mut desk = Desk::open();
    desk.visitor_says("Are you open on Sunday?");
    let older = desk.run();
    desk.visitor_says("And on Monday?");
    let newer = desk.run();
    assert_eq!(RunState::Void, desk.facts.trail.runs[&older.id].2);
    desk.ai_answers(newer).unwrap();
    assert_eq!(RunState::Answered, desk.facts.trail.runs[&newer.id].2);
}

#[test]
fn the_right_attempt_under_an_older_epoch_is_refused() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.visitor_cancels();
    desk.visitor_says("Are you open on Sunday?");
    let mut begun = desk.run();
    assert_eq!(desk.conversation().control_epoch, begun.epoch);
    begun.epoch -= 1;
    assert_eq!(Err(Refusal::HandoffOver), desk.ai_answers(begun));
}

#[test]
fn control_passing_on_raises_the_epoch_every_time() {
    let mut desk = Desk::open();
    desk.visitor_says("Are you open on Sunday?");
    let mut epochs = vec![desk.conversation().control_epoch];
    let steps: [fn(&mut Desk); 7] = [
        |desk| {
            desk.visitor_asks();
        },
        |desk| {
            desk.claims(ANA);
        },
        |desk| {
            desk.releases(ANA);
        },
        |desk| {
            desk.claims(ANA);
        },
        |desk| {
            desk.resolves(ANA, Outcome::RestoredToAi);
        },
        |desk| {
            desk.visitor_asks();
        },
        |desk| {
            desk.visitor_cancels();
        },
    ];
    for step in steps {
        step(&mut desk);
        epochs.push(desk.conversation().control_epoch);
    }
    assert!(
        epochs.is_sorted_by(|earlier, later| earlier < later),
        "{epochs:?}"
    );
}

#[test]
fn one_question_gets_one_answer() {
    let mut desk = Desk::open();
    desk.visitor_says("Are you open on Sunday?");
    let begun = desk.run();
    desk.ai_answers(begun).unwrap();

    assert_eq!(Err(Refusal::HandoffOver), desk.ai_answers(begun));
}

#[test]
fn an_answer_keeps_its_sources_and_choices() {
    let mut desk = Desk::open();
    desk.visitor_says("Are you open on Sunday?");
    let begun = desk.run();
    let sources = vec![Source {
        title: "Opening hours".to_owned(),
        url: Some("https://example.org/hours".to_owned()),
    }];
    let choices = vec!["Are you open on holidays?".to_owned()];
    let reply = Reply::Answer {
        markdown: "From ten to four.".to_owned(),
        sources: sources.clone(),
        choices: choices.clone(),
    };

    desk.ai_replies(begun, reply).unwrap();

    assert_eq!(
        Body::Message {
            markdown: "From ten to four.".to_owned(),
            sources,
            choices,
            attachments: Vec::new(),
            thumb: None,
        },
        desk.entries()[1].body
    );
}

#[test]
fn not_knowing_is_said_in_the_chatbots_own_words() {
    let mut desk = Desk::open();
    desk.visitor_says("What is the meaning of it all?");
    let begun = desk.run();
    desk.ai_replies(begun, Reply::Unknown).unwrap();

    assert_eq!(
        Body::message(defaults().messages.texts.unknown),
        desk.entries()[1].body
    );
}

#[test]
fn what_the_ai_answered_is_for_nobody_on_the_team_to_read() {
    let mut desk = Desk::open();
    desk.visitor_says("Are you open on Sunday?");
    assert_eq!(1, desk.conversation().unread);
    let begun = desk.run();
    desk.ai_answers(begun).unwrap();

    assert_eq!(0, desk.conversation().unread);
    assert_eq!(None, desk.conversation().unanswered_since);
}

/// Run and epoch alone would do; should they ever be wrong, a person is still not talked over.
#[test]
fn the_ai_is_silent_while_a_person_is_there_whatever_else_the_conversation_says() {
    let mut desk = Desk::open();
    desk.visitor_says("Are you open on Sunday?");
    let begun = desk.run();
    desk.visitor_asks();
    desk.claims(ANA);
    let id = desk.conversation;
    let conversation = desk.facts.conversations.get_mut(&id).unwrap();
    conversation.run = Some(begun);
    conversation.control_epoch = begun.epoch;

    assert_eq!(Err(Refusal::HandoffOver), desk.ai_answers(begun));
}
