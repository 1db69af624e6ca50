//! What conversations are sorted by: one category, and some tags.

use domain::{Command, Done, Refusal};
use protocol::label::LabelChange::{AddTag, Category, RemoveTag};
use protocol::limits;

use crate::desk::{ANA, BEN, Desk, FOREIGN, agent, category, tag};

#[test]
fn a_change_is_one_line_for_the_team_and_what_is_so_already_is_none() {
    let mut desk = Desk::open();
    desk.visitor_says("How do I get a refund?");
    let told = desk.conversation().last_public_seq;

    for change in [
        Category(Some(category(1))),
        AddTag(tag(2)),
        AddTag(tag(1)),
        RemoveTag(tag(2)),
    ] {
        assert!(desk.try_labels(BEN, change).unwrap().seq.is_some());
        assert_eq!("Ben: labelled", desk.last_line());
    }
    for again in [
        Category(Some(category(1))),
        AddTag(tag(1)),
        RemoveTag(tag(2)),
    ] {
        assert_eq!(Ok(Done::default()), desk.try_labels(ANA, again));
    }
    assert_eq!(Some(category(1)), desk.conversation().category);
    assert_eq!(vec![tag(1)], desk.conversation().tags);
    assert_eq!(told, desk.conversation().last_public_seq);

    desk.try_labels(ANA, Category(None)).unwrap();
    assert_eq!(None, desk.conversation().category);
}

#[test]
fn there_is_room_for_so_many_tags() {
    let mut desk = Desk::open();
    desk.visitor_says("How do I get a refund?");
    let limit = u32::try_from(limits::TAGS).unwrap();
    for number in 0..limit {
        desk.try_labels(ANA, AddTag(tag(number))).unwrap();
    }
    let one_more = desk.try_labels(ANA, AddTag(tag(limit)));
    assert_eq!(Err(Refusal::TooManyTags { limit }), one_more);
    // What is there already needs no room.
    assert_eq!(Ok(Done::default()), desk.try_labels(ANA, AddTag(tag(0))));
}

#[test]
fn nobody_labels_what_they_do_not_see() {
    let mut desk = Desk::open();
    desk.visitor_says("How do I get a refund?");
    let refused = desk.try_labels(FOREIGN, AddTag(tag(1)));
    assert_eq!(Err(Refusal::NotFound), refused);
}

#[test]
fn a_label_that_nobody_has_is_not_put_on_and_one_put_on_before_stays_said() {
    let mut desk = Desk::open();
    desk.visitor_says("How do I get a refund?");
    let (conversation, write) = (desk.conversation, desk.write());
    let label = |known| Command::Label {
        conversation,
        agent: agent(ANA),
        write,
        change: AddTag(tag(7)),
        known,
    };
    assert_eq!(Err(Refusal::NotFound), desk.decide(&label(false)));
    let first = desk.decide(&label(true)).unwrap();
    // The answer was lost, and the tag retired before the command came again.
    assert_eq!(Ok(first), desk.decide(&label(false)));
}
