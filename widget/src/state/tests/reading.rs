//! Unread counts, read marks, typing, names and places in line.

use super::*;

#[test]
fn only_words_of_the_other_side_count_as_unread() {
    let state = live(vec![
        own(1, 1),
        entry(2, PublicAuthor::Ai),
        entry(3, PublicAuthor::Person(mara())),
        PublicEntry {
            body: PublicBody::Event(PublicEvent::Joined {
                person: mara(),
                message: String::new(),
            }),
            ..entry(4, PublicAuthor::System)
        },
    ]);
    assert_eq!(2, state.unread());
}

#[test]
fn reading_is_told_once_and_only_while_the_panel_is_before_the_visitors_eyes() {
    let mut state = live(vec![entry(1, PublicAuthor::Ai)]);
    assert_eq!(None, state.newly_read());
    state.seen = true;
    assert_eq!(Some(PublicSeq(1)), state.newly_read());
    assert_eq!(None, state.newly_read());
    assert_eq!(0, state.unread());
    state.seen = false;
    state.apply(added(entry(2, PublicAuthor::Ai)));
    assert_eq!(None, state.newly_read());
    assert_eq!(1, state.unread());
}

#[test]
fn what_was_read_while_the_connection_broke_is_told_after_the_next_welcome() {
    let mut state = live(vec![entry(1, PublicAuthor::Ai)]);
    state.connection(Status::Lost { since: 1 });
    state.seen = true;
    assert_eq!(None, state.newly_read());
    state.connection(Status::Live);
    state.apply(VisitorEvent::Welcome(welcome(Vec::new())));
    assert_eq!(Some(PublicSeq(1)), state.newly_read());
}

#[test]
fn typing_ends_with_the_message_or_the_connection() {
    let typing = VisitorEvent::TypingChanged {
        typist: Typist::Person,
        typing: true,
    };
    let mut state = live(Vec::new());
    state.apply(typing.clone());
    assert_eq!(RowId::Typing, state.rows()[0].id);
    state.apply(added(entry(1, PublicAuthor::Person(mara()))));
    assert_eq!(1, state.rows().len());
    state.apply(typing);
    state.connection(Status::Lost { since: 1 });
    assert_eq!(1, state.rows().len());
}

#[test]
fn names_are_said_when_the_writer_changes_or_after_a_pause() {
    let mut late = entry(4, PublicAuthor::Person(mara()));
    late.at = Timestamp(10 * 60 * 1_000);
    let state = live(vec![
        entry(1, PublicAuthor::Ai),
        entry(2, PublicAuthor::Person(mara())),
        entry(3, PublicAuthor::Person(mara())),
        late,
    ]);
    let named: Vec<bool> = state
        .rows()
        .iter()
        .map(|row| matches!(row.what, What::Theirs { named: true, .. }))
        .collect();
    assert_eq!(vec![true, true, false, true], named);
}

#[test]
fn did_you_mean_stands_until_something_is_said() {
    let mut asked = entry(1, PublicAuthor::Ai);
    asked.body = PublicBody::Message(Message {
        choices: vec!["The left one".to_owned()],
        attachments: Vec::new(),
        thumb: None,
        ..message("Did you mean")
    });
    let open = |state: &State| matches!(state.rows()[0].what, What::Theirs { open: true, .. });
    let mut state = live(vec![asked]);
    assert!(open(&state));
    state.wish(key(1), Wish::Say("The left one".to_owned()));
    assert!(!open(&state));
}

#[test]
fn a_waiting_visitor_sees_the_place_until_they_go_on_with_the_assistant() {
    let mut state = live(Vec::new());
    state.apply(waiting(2, false));
    assert_eq!(
        What::Waiting {
            place: 2,
            cancelling: false
        },
        state.rows()[0].what
    );
    let before = state.rows()[0].version;
    state.wish(key(1), Wish::CancelHandoff);
    assert_ne!(before, state.rows()[0].version);
    state.apply(VisitorEvent::LineChanged(StateLine::Assistant));
    assert_eq!(0, state.rows().len());
}
