//! A message on its way, until it is read, refused or sent again.

use super::*;

#[test]
fn a_message_stays_in_its_row_from_the_first_moment_to_read() {
    let mut state = live(Vec::new());
    state.wish(key(1), Wish::Say("hi".to_owned()));
    assert_eq!(vec![Mark::Sending], marks(&state));
    assert_eq!(RowId::Own(key(1)), state.rows()[0].id);

    let todo = state.apply(added(own(1, 1)));
    assert_eq!(vec![Todo::Settled(key(1))], todo);
    assert_eq!(vec![Mark::Sent], marks(&state));
    assert_eq!(RowId::Own(key(1)), state.rows()[0].id);
    assert_eq!(1, state.rows().len());

    state.apply(VisitorEvent::ReadByTeam { seq: PublicSeq(1) });
    assert_eq!(vec![Mark::Read], marks(&state));
}

#[test]
fn a_message_that_is_done_stays_until_its_entry_is_here() {
    let mut state = live(Vec::new());
    state.wish(key(1), Wish::Say("hi".to_owned()));
    let todo = state.apply(VisitorEvent::Done {
        key: key(1),
        seq: Some(PublicSeq(1)),
    });
    assert_eq!(vec![Todo::Settled(key(1))], todo);
    assert_eq!(vec![Mark::Sent], marks(&state));
    state.apply(added(own(1, 1)));
    assert_eq!(1, state.rows().len());
}

#[test]
fn a_message_whose_entry_was_here_first_is_not_shown_twice() {
    let mut state = live(vec![own(1, 1)]);
    state.wish(key(1), Wish::Say("message 1".to_owned()));
    state.apply(VisitorEvent::Done {
        key: key(1),
        seq: Some(PublicSeq(1)),
    });
    assert_eq!(1, state.rows().len());
}

#[test]
fn a_kept_message_that_had_gone_out_before_the_reload_is_settled_by_the_welcome() {
    let mut before = fresh();
    let draft = before.wish(key(1), Wish::Say("hi".to_owned())).clone();
    let mut state = State::new(None, conversation(1), vec![draft]);
    state.connection(Status::Live);
    let todo = state.apply(VisitorEvent::Welcome(welcome(vec![own(1, 1)])));
    assert_eq!(vec![Todo::Settled(key(1))], todo);
    assert_eq!(1, state.rows().len());
}

#[test]
fn without_a_connection_a_message_says_that_it_waits() {
    let mut state = live(Vec::new());
    state.connection(Status::Lost { since: 1 });
    state.wish(key(1), Wish::Say("hi".to_owned()));
    assert_eq!(vec![Mark::Queued], marks(&state));
    state.connection(Status::Live);
    assert_eq!(vec![Mark::Sending], marks(&state));
}

#[test]
fn a_refused_message_keeps_its_text_and_can_be_sent_again_or_discarded() {
    let mut state = live(Vec::new());
    state.wish(key(1), Wish::Say("hi".to_owned()));
    let refusal = Refusal::Unavailable;
    let sentence = refusal.to_string();
    state.apply(VisitorEvent::Refused {
        key: Some(key(1)),
        refusal,
        sentence: sentence.clone(),
    });
    assert_eq!(vec![Mark::Failed(&sentence)], marks(&state));

    let command = state.again(key(1)).map(|draft| draft.command());
    assert_eq!(
        Some(VisitorCommand::Say {
            key: key(1),
            text: "hi".to_owned(),
            attachments: Vec::new(),
        }),
        command
    );
    assert_eq!(vec![Mark::Sending], marks(&state));
    state.discard(key(1));
    assert_eq!(0, state.rows().len());
}

#[test]
fn a_message_that_was_too_fast_goes_on_sending() {
    let mut state = live(Vec::new());
    state.wish(key(1), Wish::Say("hi".to_owned()));
    state.apply(VisitorEvent::Refused {
        key: Some(key(1)),
        refusal: Refusal::TooFast {
            retry_after_ms: 500,
        },
        sentence: String::new(),
    });
    assert_eq!(vec![Mark::Sending], marks(&state));
}

#[test]
fn a_refused_request_for_a_person_is_said_above_the_messages() {
    let mut state = live(Vec::new());
    state.wish(key(1), Wish::AskForHuman);
    assert_eq!(1, state.rows().len());
    let todo = state.apply(VisitorEvent::Refused {
        key: Some(key(1)),
        refusal: Refusal::Unavailable,
        sentence: "Try again.".to_owned(),
    });
    assert_eq!(vec![Todo::Settled(key(1))], todo);
    // In the visitor's language, whatever the hub's is.
    assert_eq!(Some(Refusal::Unavailable.to_string()), state.notice.clone());
    assert_eq!(0, state.rows().len());
}

#[test]
fn the_row_of_a_request_becomes_the_row_of_its_event() {
    let mut state = live(Vec::new());
    state.wish(key(1), Wish::AskForHuman);
    let asking = (state.rows()[0].id, state.rows()[0].version);
    state.apply(added(PublicEntry {
        body: PublicBody::Event(PublicEvent::Waiting {
            message: "Soon.".to_owned(),
        }),
        ..own(1, 1)
    }));
    let rows = state.rows();
    assert_eq!(asking.0, rows[0].id);
    assert_ne!(asking.1, rows[0].version, "it has to be drawn anew");
}

#[test]
fn an_unknown_token_starts_a_new_visit_and_keeps_what_was_typed() {
    let mut state = live(vec![entry(1, PublicAuthor::Ai)]);
    state.token = Some("old".to_owned());
    state.wish(key(1), Wish::Say("hi".to_owned()));
    let todo = state.apply(VisitorEvent::Refused {
        key: None,
        refusal: Refusal::TokenUnknown,
        sentence: String::new(),
    });
    assert_eq!(vec![Todo::KeepVisit, Todo::StartAnew], todo);
    assert_eq!(None, state.token);
    assert_eq!(PublicSeq(0), state.last());
    assert_eq!(vec![Mark::Sending], marks(&state));
}

#[test]
fn an_unknown_chatbot_is_the_end_and_said_in_the_visitors_words() {
    let mut state = fresh();
    let todo = state.apply(VisitorEvent::Refused {
        key: None,
        refusal: Refusal::ChatbotUnknown,
        sentence: "Not here.".to_owned(),
    });
    assert_eq!(Vec::<Todo>::new(), todo, "nothing is tried again");
    assert!(state.unknown);
    assert_eq!(
        Some(Refusal::ChatbotUnknown.to_string()),
        state.notice.clone()
    );

    let mut state = live(Vec::new());
    state.apply(VisitorEvent::Refused {
        key: None,
        refusal: Refusal::Unavailable,
        sentence: "Try again.".to_owned(),
    });
    assert!(!state.unknown, "any other refusal leaves the chat as it is");
}
