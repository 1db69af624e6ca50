//! What may be written, and how much of it.

use domain::Refusal;
use domain::entry::Body;
use protocol::limits;

use crate::desk::{ANA, Desk};

#[test]
fn nothing_is_written_without_words() {
    for text in ["", "   ", "\n\t\r\n", "\0", " \0 \0 "] {
        let mut desk = Desk::open();
        assert_eq!(
            Err(Refusal::TextEmpty),
            desk.try_visitor_says(text),
            "{text:?}"
        );
        assert!(desk.facts.conversations.is_empty());

        desk.visitor_asks();
        assert_eq!(
            Err(Refusal::TextEmpty),
            desk.try_says(ANA, text),
            "{text:?}"
        );
    }
}

#[test]
fn a_text_at_the_limit_is_kept_and_one_character_more_is_refused() {
    let mut desk = Desk::open();
    let longest = "ü".repeat(limits::TEXT);
    desk.visitor_says(&longest);
    assert_eq!(Body::message(longest.clone()), desk.entries()[0].body);

    assert_eq!(
        Err(Refusal::TextTooLong {
            characters: 4_001,
            limit: 4_000,
        }),
        desk.try_visitor_says(&format!("{longest}ü"))
    );
}

#[test]
fn surrounding_space_and_what_a_database_refuses_are_left_out() {
    let mut desk = Desk::open();
    desk.visitor_says("  Hel\0lo?\n\n ");
    assert_eq!(Body::message("Hello?".to_owned()), desk.entries()[0].body);
}

#[test]
fn a_long_message_is_cut_in_lists() {
    let mut desk = Desk::open();
    desk.visitor_says(&"word ".repeat(200));
    let last = desk.conversation().last.clone().unwrap();
    assert_eq!(limits::LAST_LINE, last.text.chars().count());
    assert!(last.text.ends_with('…'));
}
