//! What visitors think: stars for a person, once it is over, and thumbs for answers of the AI.

use core::time::Duration;

use domain::{Body, Command, Done, Refusal};
use protocol::entry::{Event, Outcome};
use protocol::rating::Thumb;
use protocol::{HandoffId, PublicSeq, limits};

use crate::desk::{ANA, Desk};

impl Desk {
    fn rates(&mut self, handoff: HandoffId, stars: u8, comment: &str) -> Result<Done, Refusal> {
        let command = Command::Rate {
            conversation: self.conversation,
            handoff,
            stars,
            comment: comment.to_owned(),
        };
        self.decide(&command)
    }

    fn thumbs(&mut self, answer: u64, thumb: Option<Thumb>) -> Result<Done, Refusal> {
        // As the store loads it: the entry with this number on the visitor's side.
        let answer = PublicSeq(answer);
        let entries = self.entries().into_iter();
        let found = entries.rev().find(|entry| entry.public_seq == Some(answer));
        let loaded = (self.conversation, answer);
        if let (Some(found), false) = (found, self.facts.answers.contains_key(&loaded)) {
            self.facts.answers.insert(loaded, found.clone());
        }
        let command = Command::ThumbAnswer {
            conversation: self.conversation,
            answer,
            thumb,
        };
        self.decide(&command)
    }

    /// A person wrote and ended it.
    fn was_helped(&mut self, outcome: Outcome) -> HandoffId {
        let handoff = self.visitor_asks();
        self.claims(ANA);
        self.says(ANA, "It is on its way.");
        self.resolves(ANA, outcome);
        handoff
    }
}

fn stars(desk: &Desk) -> Option<(u8, String)> {
    let rating = desk.newest().rating.clone();
    rating.map(|rating| (rating.stars, rating.comment))
}

#[test]
fn a_rating_is_kept_with_its_handoff_told_to_the_team_alone_and_may_be_changed() {
    let mut desk = Desk::open();
    let handoff = desk.was_helped(Outcome::RestoredToAi);
    let told = desk.conversation().last_public_seq;

    assert!(desk.rates(handoff, 4, "  Quick.  ").unwrap().seq.is_some());
    assert_eq!(Some((4, "Quick.".to_owned())), stars(&desk));
    assert_eq!("visitor: rated 4", desk.last_line());
    // Said again it is no news; said anew it is.
    assert_eq!(Ok(Done::default()), desk.rates(handoff, 4, "Quick."));
    desk.rates(handoff, 5, "").unwrap();
    assert_eq!(Some((5, String::new())), stars(&desk));
    assert_eq!(told, desk.conversation().last_public_seq);

    let event = desk.entries().pop().unwrap().body.clone();
    let rated = Event::Rated {
        handoff,
        stars: 5,
        comment: String::new(),
    };
    assert_eq!(Body::Event(rated), event);
}

#[test]
fn only_what_a_person_did_and_ended_can_be_rated() {
    let mut desk = Desk::open();
    // Nobody wrote a word.
    let silent = desk.visitor_asks();
    assert_eq!(Err(Refusal::NotFound), desk.rates(silent, 3, ""));
    desk.claims(ANA);
    assert_eq!(Err(Refusal::NotFound), desk.rates(silent, 3, ""));
    desk.resolves(ANA, Outcome::RestoredToAi);
    assert_eq!(Err(Refusal::NotFound), desk.rates(silent, 3, ""));

    let helped = desk.was_helped(Outcome::Closed);
    assert_eq!(Err(Refusal::NotFound), desk.rates(silent, 3, ""));
    for stars in [0, 6] {
        assert_eq!(Err(Refusal::Malformed), desk.rates(helped, stars, ""));
    }
    let long = "a".repeat(limits::RATING_COMMENT + 1);
    let refused = desk.rates(helped, 3, &long);
    assert!(matches!(refused, Err(Refusal::TextTooLong { .. })));
    desk.rates(helped, 3, "").unwrap();
    // A newer one takes its place.
    desk.visitor_asks();
    assert_eq!(Err(Refusal::NotFound), desk.rates(helped, 3, "Still."));
}

#[test]
fn after_a_week_or_where_it_is_switched_off_nothing_is_rated() {
    let mut desk = Desk::open();
    let handoff = desk.was_helped(Outcome::RestoredToAi);
    let week = Duration::from_secs(u64::from(limits::RATING_DAYS) * 86_400);
    desk.now = desk.now.after(week);
    desk.rates(handoff, 2, "").unwrap();
    desk.now = desk.now.after(Duration::from_millis(1));
    assert_eq!(Err(Refusal::NotFound), desk.rates(handoff, 3, ""));

    let mut desk = Desk::open();
    desk.set(|settings| settings.rating.after_handoff = false);
    let handoff = desk.was_helped(Outcome::RestoredToAi);
    assert_eq!(Err(Refusal::NotFound), desk.rates(handoff, 3, ""));
}

#[test]
fn a_thumb_stands_on_its_answer_and_can_be_turned_and_taken_back() {
    let mut desk = Desk::open();
    desk.visitor_says("Are you open on Sunday?");
    let run = desk.run();
    desk.ai_answers(run).unwrap();
    let told = desk.conversation().last_public_seq;

    for thumb in [Some(Thumb::Up), Some(Thumb::Down), None] {
        assert!(desk.thumbs(2, thumb).unwrap().seq.is_some());
        assert_eq!(Ok(Done::default()), desk.thumbs(2, thumb));
        let notes: Vec<_> = desk.facts.trail.notes.values().collect();
        let [kept] = notes[..] else {
            panic!("one answer changed");
        };
        let Body::Message { thumb: now, .. } = &kept.body else {
            panic!("an answer is a message");
        };
        assert_eq!(thumb, *now);
    }
    assert_eq!(told, desk.conversation().last_public_seq);
    // One's own words are no answer, and what is not there is none either.
    for other in [1, 9] {
        let refused = desk.thumbs(other, Some(Thumb::Up));
        assert_eq!(Err(Refusal::NotFound), refused);
    }
    desk.set(|settings| settings.rating.thumbs = false);
    assert_eq!(Err(Refusal::NotFound), desk.thumbs(2, Some(Thumb::Up)));
}
