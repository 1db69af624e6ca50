//! What a visitor sees of connections that come and go.

use super::*;

#[test]
fn the_first_welcome_brings_token_and_conversation_to_keep() {
    let mut state = fresh();
    let todo = state.apply(VisitorEvent::Welcome(Welcome {
        token: Some("secret".to_owned()),
        conversation: conversation(2),
        ..welcome(Vec::new())
    }));
    assert_eq!(vec![Todo::KeepVisit], todo);
    assert_eq!(Some("secret"), state.token.as_deref());
    assert_eq!(conversation(2), state.conversation);
}

#[test]
fn a_later_welcome_adds_only_what_is_new() {
    let mut state = live(vec![entry(4, PublicAuthor::Ai), entry(5, PublicAuthor::Ai)]);
    let todo = state.apply(VisitorEvent::Welcome(welcome(vec![
        entry(5, PublicAuthor::Ai),
        entry(6, PublicAuthor::Ai),
    ])));
    assert_eq!(Vec::<Todo>::new(), todo);
    assert_eq!(vec![4, 5, 6], seqs(&state));
}

#[test]
fn another_conversation_replaces_the_one_on_screen() {
    let mut state = live(vec![entry(1, PublicAuthor::Ai), entry(2, PublicAuthor::Ai)]);
    state.apply(VisitorEvent::Welcome(Welcome {
        conversation: conversation(2),
        ..welcome(vec![entry(1, PublicAuthor::Ai)])
    }));
    assert_eq!(vec![1], seqs(&state));
}

#[test]
fn entries_wait_for_the_one_before_them() {
    let mut state = live(vec![entry(1, PublicAuthor::Ai)]);
    state.apply(added(entry(4, PublicAuthor::Ai)));
    state.apply(added(entry(3, PublicAuthor::Ai)));
    assert_eq!(vec![1], seqs(&state));
    state.apply(added(entry(2, PublicAuthor::Ai)));
    assert_eq!(vec![1, 2, 3, 4], seqs(&state));
}

#[test]
fn an_entry_that_comes_twice_is_shown_once() {
    let mut state = live(vec![entry(1, PublicAuthor::Ai)]);
    state.apply(added(entry(1, PublicAuthor::Ai)));
    state.apply(added(entry(3, PublicAuthor::Ai)));
    state.apply(added(entry(3, PublicAuthor::Ai)));
    state.apply(added(entry(2, PublicAuthor::Ai)));
    assert_eq!(vec![1, 2, 3], seqs(&state));
}

#[test]
fn a_gap_that_is_never_filled_is_asked_for_again() {
    let mut state = live(Vec::new());
    for seq in 2..102 {
        assert_eq!(
            Vec::<Todo>::new(),
            state.apply(added(entry(seq, PublicAuthor::Ai)))
        );
    }
    assert_eq!(
        vec![Todo::StartAnew],
        state.apply(added(entry(102, PublicAuthor::Ai)))
    );
}

#[test]
fn older_entries_go_before_and_none_is_shown_twice() {
    let mut state = live(vec![entry(5, PublicAuthor::Ai)]);
    state.apply(VisitorEvent::Earlier {
        entries: vec![
            entry(3, PublicAuthor::Ai),
            entry(4, PublicAuthor::Ai),
            entry(5, PublicAuthor::Ai),
        ],
        more: true,
    });
    assert_eq!(vec![3, 4, 5], seqs(&state));
    assert!(state.more);
}
