//! Files on their way with a message.

use protocol::AttachmentId;

use super::super::Up;
use super::*;

fn id(n: u8) -> AttachmentId {
    AttachmentId::new(Timestamp(1), &[n; 10])
}

#[test]
fn what_is_too_large_or_too_much_never_goes_up() {
    let mut state = live(Vec::new());
    assert!(state.choose(0, "most".to_owned(), 20 << 20));
    assert!(!state.choose(1, "over".to_owned(), (20 << 20) + 1));
    assert!(matches!(state.files[1].up, Up::Refused(_)));
    for place in 2..10 {
        assert!(state.choose(place, "more".to_owned(), 1));
    }
    assert!(!state.choose(10, "eleventh".to_owned(), 1));
    let mut off = widget(None);
    off.file_limit = None;
    state.apply(VisitorEvent::WidgetChanged(off));
    assert!(!state.choose(11, "none".to_owned(), 1));
}

#[test]
fn a_message_waits_for_its_files_and_takes_them_along_once() {
    let mut state = live(Vec::new());
    state.choose(0, "a".to_owned(), 9);
    state.choose(1, "b".to_owned(), 9);
    state.reach(0, Up::Kept(id(1)));
    state.sends_then = true;
    assert!(!state.files_are_up());
    // Broken off is not refused: it goes up again with the next connection.
    state.reach(1, Up::Broken);
    assert!(state.sends_then);
    assert_eq!(vec![1], state.broken());
    assert_eq!(Vec::<u32>::new(), state.broken());
    state.reach(1, Up::Kept(id(2)));
    assert!(state.files_are_up());
    assert_eq!(vec![id(1), id(2)], state.take_files());
    assert!(!state.sends_then && state.files.is_empty());
}

#[test]
fn what_was_refused_holds_the_message_back_until_it_is_left_out() {
    let mut state = live(Vec::new());
    state.choose(0, "a".to_owned(), 9);
    state.sends_then = true;
    state.reach(0, Up::Refused("No.".to_owned()));
    assert!(!state.sends_then && !state.files_are_up());
    state.leave_out(0);
    assert!(state.files_are_up());
    // What was left out and arrives after all is no more.
    state.reach(0, Up::Kept(id(1)));
    assert!(state.files.is_empty());
}
