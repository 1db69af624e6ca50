//! The numbers of entries: without gaps, for the team and for the visitor.

use protocol::entry::Outcome;
use protocol::{PublicSeq, Seq};

use crate::desk::{ANA, BEN, Desk};

fn numbers(desk: &Desk) -> Vec<(u64, Option<u64>)> {
    desk.entries()
        .into_iter()
        .map(|entry| (entry.seq.0, entry.public_seq.map(|seq| seq.0)))
        .collect()
}

#[test]
fn a_note_leaves_no_gap_in_what_the_visitor_sees() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    let noted = desk.notes(BEN, "Seems to be in a hurry.");
    desk.says(ANA, "Hello.");
    desk.notes(ANA, "A regular.");
    desk.resolves(ANA, Outcome::Closed);

    assert_eq!(
        vec![
            (1, Some(1)),
            (2, None),
            (3, Some(2)),
            (4, Some(3)),
            (5, None),
            (6, Some(4)),
        ],
        numbers(&desk)
    );
    assert_eq!((Some(Seq(2)), None), (noted.seq, noted.public_seq));
    assert_eq!(
        (Seq(6), PublicSeq(4)),
        (
            desk.conversation().last_seq,
            desk.conversation().last_public_seq
        )
    );
}

#[test]
fn a_refusal_uses_up_no_number() {
    let mut desk = Desk::open();
    desk.visitor_asks();
    desk.claims(ANA);
    desk.try_says(BEN, "Hello.").unwrap_err();
    desk.try_says(ANA, "").unwrap_err();
    desk.says(ANA, "Hello.");

    assert_eq!(
        vec![(1, Some(1)), (2, Some(2)), (3, Some(3))],
        numbers(&desk)
    );
}

#[test]
fn every_change_raises_the_version_by_one() {
    let mut desk = Desk::open();
    desk.visitor_says("Hello?");
    desk.visitor_asks();
    desk.says(ANA, "Hello.");
    desk.visitor_reads(4);
    desk.notes(ANA, "A regular.");
    desk.visitor_says("One question.");
    desk.reads(ANA, 6);
    desk.resolves(ANA, Outcome::RestoredToAi);

    let versions: Vec<u64> = desk
        .facts
        .trail
        .changes
        .iter()
        .map(|change| change.conversation.version)
        .collect();
    assert_eq!((1..=8).collect::<Vec<_>>(), versions);
}

#[test]
fn a_change_tells_what_lists_showed_before_and_what_they_show_now() {
    let mut desk = Desk::open();
    desk.visitor_says("Hello?");
    desk.visitor_asks();
    desk.says(ANA, "Hello.");
    desk.resolves(ANA, Outcome::Closed);

    let changes = &desk.facts.trail.changes;
    for pair in changes.windows(2) {
        assert_eq!(pair[0].conversation.card_state(), pair[1].was);
        assert_eq!(pair[0].conversation.controller(), pair[1].controller_was);
    }
    use protocol::card::Tab::{Active, Assistant, Pending};
    let tabs = changes.iter().map(|change| change.was.tab());
    assert_eq!(
        vec![Assistant, Assistant, Pending, Active],
        tabs.collect::<Vec<_>>()
    );
}
