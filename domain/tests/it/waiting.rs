//! What the AI does while a visitor waits for a person.

use domain::command::Reply;
use domain::{Controller, Refusal};
use protocol::settings::WhileWaiting;

use crate::desk::{ANA, Desk};

fn desk(while_waiting: WhileWaiting) -> Desk {
    let mut desk = Desk::with(|settings| settings.handoff.while_waiting = while_waiting);
    desk.visitor_asks();
    desk
}

fn holding() -> String {
    format!(
        "ai: {}",
        domain::settings::defaults().messages.texts.waiting
    )
}

#[test]
fn holding_says_once_that_the_message_will_be_read() {
    let mut desk = desk(WhileWaiting::Holding);
    let since = (
        desk.newest().waiting_since(),
        desk.conversation().unanswered_since,
    );
    desk.seconds_pass(30);
    let done = desk.visitor_says("I am in a hurry.");
    desk.visitor_says("Really.");
    assert_eq!(
        vec![
            "visitor: I am in a hurry.".to_owned(),
            holding(),
            "visitor: Really.".to_owned()
        ],
        desk.timeline()[1..]
    );
    assert_eq!(Some(desk.entries()[1].seq), done.seq);
    // Neither the AI's words nor the visitor's reset the clock, and the team has it all to read.
    assert_eq!(
        since,
        (
            desk.newest().waiting_since(),
            desk.conversation().unanswered_since
        )
    );
    assert_eq!(2, desk.conversation().unread);
    assert_eq!(None, desk.conversation().run);
}

#[test]
fn holding_says_it_again_when_it_waits_again() {
    let mut desk = desk(WhileWaiting::Holding);
    desk.visitor_says("Hello?");
    desk.claims(ANA);
    desk.releases(ANA);
    desk.visitor_says("Hello??");
    assert_eq!(holding(), desk.last_line());
}

#[test]
fn silent_says_nothing() {
    let mut desk = desk(WhileWaiting::Silent);
    desk.visitor_says("Hello?");
    assert_eq!("visitor: Hello?", desk.last_line());
    assert_eq!(None, desk.conversation().run);
}

#[test]
fn continuing_answers_and_the_visitor_still_waits() {
    let mut desk = desk(WhileWaiting::Continue);
    let since = desk.conversation().unanswered_since;
    desk.visitor_says("Are you open on Sunday?");
    let run = desk.run();
    desk.seconds_pass(2);
    desk.ai_answers(run).unwrap();
    assert_eq!("ai: It **is**.", desk.last_line());
    assert_eq!(Controller::Waiting, desk.controller());
    assert_eq!(1, desk.conversation().unread);
    assert_eq!(since, desk.conversation().unanswered_since);
}

#[test]
fn continuing_is_silent_from_the_claim_on() {
    let mut desk = desk(WhileWaiting::Continue);
    desk.visitor_says("Are you open on Sunday?");
    let run = desk.run();
    desk.claims(ANA);
    assert_eq!(Err(Refusal::HandoffOver), desk.ai_answers(run));
    desk.visitor_says("And on Monday?");
    assert_eq!(None, desk.conversation().run);
}

#[test]
fn an_answer_is_void_where_the_ai_is_to_be_silent_by_now() {
    let mut desk = desk(WhileWaiting::Continue);
    desk.visitor_says("Are you open on Sunday?");
    let run = desk.run();
    desk.set(|settings| settings.handoff.while_waiting = WhileWaiting::Silent);
    assert_eq!(Err(Refusal::HandoffOver), desk.ai_answers(run));
}

#[test]
fn not_knowing_while_somebody_is_on_the_way_asks_for_nobody_else() {
    let mut desk = desk(WhileWaiting::Continue);
    let handoff = desk.handoff();
    for _ in 0..5 {
        desk.ai_knows_nothing();
    }
    assert_eq!(handoff, desk.handoff());
    let run = {
        desk.visitor_says("Hm?");
        desk.run()
    };
    desk.ai_replies(run, Reply::Unknown).unwrap();
    assert_eq!(Controller::Waiting, desk.controller());
}

#[test]
fn where_people_are_switched_off_nobody_can_be_asked_for() {
    let mut desk = Desk::with(|settings| settings.handoff.enabled = false);
    assert_eq!(Err(Refusal::HandoffOff), desk.try_visitor_asks());
    desk.visitor_says(crate::desk::WISH);
    assert_eq!(None, desk.conversation().handoff);
    assert!(desk.conversation().run.is_some());
}
