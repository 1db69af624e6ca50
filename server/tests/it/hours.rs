//! Business hours end and begin while visitors are there: each is told what holds when they ask.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use protocol::card::{Card, CardState};
use protocol::entry::{MissedReason, Outcome, PublicEvent};
use protocol::settings::{Day, Interval, Outside, WeekTimes};
use protocol::visitor::StateLine;

use crate::actors::TestDesk;

const HOUR: u64 = 60 * 60;
const DAYS: [Day; 7] = [
    Day::Monday,
    Day::Tuesday,
    Day::Wednesday,
    Day::Thursday,
    Day::Friday,
    Day::Saturday,
    Day::Sunday,
];

/// Two hours, in the middle of which it is then, so many hours from now.
#[expect(
    clippy::disallowed_methods,
    reason = "the server's clock begins with that of the machine"
)]
fn around(hours: u64) -> Interval {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let begins = now.as_secs() + hours * HOUR - HOUR;
    // The first day of all was a Thursday.
    let day = usize::try_from(begins / (24 * HOUR) + 3).unwrap() % 7;
    let minute = |seconds: u64| u16::try_from(seconds / 60 % (24 * 60)).unwrap();
    let to = match minute(begins + 2 * HOUR) {
        0 => 24 * 60,
        to => to,
    };
    Interval {
        day: DAYS[day],
        from: minute(begins),
        to,
    }
}

#[tokio::test]
async fn who_asks_is_told_whether_anybody_comes_as_the_hours_end_and_begin_again() {
    let desk = TestDesk::start().await;
    desk.sets(|effective, layer| {
        effective.hours.enabled = true;
        effective.hours.outside = Outside::Form;
        effective.hours.times = WeekTimes {
            zone: "UTC".to_owned(),
            open: vec![around(0), around(4)],
        };
        layer.hours = Some(effective.hours.clone());
    })
    .await;
    let texts = desk.settings().await.effective.messages.texts;
    let comes = |event: &PublicEvent| matches!(event, PublicEvent::Waiting { message } if *message == texts.handover);
    let shut = |event: &PublicEvent| {
        matches!(event, PublicEvent::Missed { message, form: true }
            if *message == texts.out_of_hours)
    };
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    let conversation = visitor.conversation;

    visitor.asks_for_human().await.unwrap();
    visitor.is_told("that somebody comes", comes).await;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    ana.resolves(conversation, handoff, Outcome::RestoredToAi)
        .await
        .unwrap();

    // Ana stays, and it is closed all the same.
    desk.time_passes(Duration::from_secs(2 * HOUR));
    visitor.client.forget();
    visitor.asks_for_human().await.unwrap();
    visitor.is_told("that it is closed", shut).await;
    visitor.sees_line(&StateLine::LeaveDetails).await;
    let missed = |card: &Card| {
        matches!(
            card.state,
            CardState::Missed {
                reason: MissedReason::OutOfHours,
                ..
            }
        )
    };
    ana.sees_card(conversation, missed).await;

    desk.time_passes(Duration::from_secs(2 * HOUR));
    visitor.client.forget();
    ana.client.forget();
    visitor.asks_for_human().await.unwrap();
    visitor.is_told("that somebody comes again", comes).await;
    let again = ana.sees_pending(conversation).await;
    assert_ne!(handoff, again);
    ana.claims(conversation, again).await.unwrap();
    let joined = |event: &PublicEvent| matches!(event, PublicEvent::Joined { person, .. } if person.name == "Ana");
    visitor.is_told("who joined", joined).await;
}
