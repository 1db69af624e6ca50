//! The steps of a handoff: what each state allows, whoever asks.

use domain::handoff::Waiting;
use domain::{Handoff, HandoffState, Refusal};
use protocol::Timestamp;
use protocol::card::Offer;
use protocol::entry::{MissedReason, Outcome, Trigger};

use crate::desk::{ANA, BEN, agent, group, handoff};

const BEGUN: Timestamp = Timestamp(1_000);
const NOW: Timestamp = Timestamp(2_000);

fn begun(state: HandoffState) -> Handoff {
    Handoff::begin(handoff(1), Trigger::Button, String::new(), state, BEGUN)
}

/// One handoff in each state.
fn states() -> [(&'static str, Handoff); 6] {
    let proposed = begun(HandoffState::Proposed { until: NOW });
    let pending = begun(HandoffState::Pending(Waiting::from(BEGUN, None)));
    let allowed = |step: Result<Handoff, Refusal>| step.expect("this step is allowed");
    let active = allowed(pending.clone().claimed(agent(ANA), NOW));
    let missed = allowed(pending.clone().missed(MissedReason::Timeout, NOW));
    let resolved = allowed(active.clone().resolved(Outcome::Closed, NOW));
    let cancelled = allowed(pending.clone().cancelled(MissedReason::VisitorLeft, NOW));
    [
        ("proposed", proposed),
        ("pending", pending),
        ("active", active),
        ("missed", missed),
        ("resolved", resolved),
        ("cancelled", cancelled),
    ]
}

/// The states that allow a step; all others refuse it.
fn check(
    allow: &[&str],
    refusal: Refusal,
    step: impl Fn(Handoff) -> Result<Handoff, Refusal>,
) -> Vec<Handoff> {
    let mut after = Vec::new();
    for (state, handoff) in states() {
        match step(handoff) {
            Ok(stepped) => {
                assert!(allow.contains(&state), "{state} allowed it");
                assert_eq!(BEGUN, stepped.waiting_since());
                after.push(stepped);
            }
            Err(refused) => {
                assert!(!allow.contains(&state), "{state} refused it");
                assert_eq!(refusal, refused, "{state}");
            }
        }
    }
    after
}

#[test]
fn what_is_proposed_pending_or_active_is_open() {
    let open = states().map(|(state, handoff)| handoff.is_open().then_some(state));
    assert_eq!(
        [
            Some("proposed"),
            Some("pending"),
            Some("active"),
            None,
            None,
            None
        ],
        open
    );
}

#[test]
fn only_a_proposed_pending_or_missed_handoff_can_be_claimed() {
    let after = check(
        &["proposed", "pending", "missed"],
        Refusal::HandoffOver,
        |handoff| handoff.claimed(agent(BEN), NOW),
    );
    for stepped in after {
        let claim = stepped.claim().unwrap();
        assert_eq!((1, agent(BEN), NOW), (claim.number, claim.agent, claim.at));
    }
}

#[test]
fn only_an_active_handoff_can_be_released() {
    let after = check(&["active"], Refusal::NotHeld, |handoff| {
        handoff.released(Some(group(1)), NOW)
    });
    assert_eq!(
        HandoffState::Pending(Waiting::from(NOW, Some(group(1)))),
        after[0].state
    );
    assert_eq!(vec![agent(ANA)], after[0].declined_by);
    let again = after[0].clone().claimed(agent(BEN), NOW).unwrap();
    assert_eq!(2, again.claim().unwrap().number);
}

#[test]
fn who_gives_a_chat_back_twice_is_remembered_once() {
    let [_, _, (_, active), ..] = states();
    let again = active.released(None, NOW).unwrap();
    let again = again.claimed(agent(ANA), NOW).unwrap();
    let again = again.released(None, NOW).unwrap();
    assert_eq!(vec![agent(ANA)], again.declined_by);
}

#[test]
fn only_an_active_handoff_can_be_resolved() {
    let after = check(&["active"], Refusal::NotHeld, |handoff| {
        handoff.resolved(Outcome::RestoredToAi, NOW)
    });
    assert!(!after[0].is_open());
}

#[test]
fn only_a_proposed_or_pending_handoff_can_be_cancelled() {
    let after = check(&["proposed", "pending"], Refusal::NotWaiting, |handoff| {
        handoff.cancelled(MissedReason::VisitorLeft, NOW)
    });
    assert!(after.iter().all(|stepped| !stepped.is_open()));
}

#[test]
fn only_a_pending_handoff_can_be_missed() {
    let after = check(&["pending"], Refusal::NotPending, |handoff| {
        handoff.missed(MissedReason::VisitorLeft, NOW)
    });
    assert_eq!(
        HandoffState::Missed {
            reason: MissedReason::VisitorLeft,
            at: NOW
        },
        after[0].state
    );
}

#[test]
fn only_a_pending_handoff_can_be_passed_on_and_nobody_is_remembered_twice() {
    let after = check(&["pending"], Refusal::NotPending, |handoff| {
        handoff.declined(agent(BEN))?.declined(agent(BEN))
    });
    assert_eq!(vec![agent(BEN)], after[0].declined_by);
}

#[test]
fn passing_on_ends_the_offer_to_oneself_and_to_nobody_else() {
    let offer = Offer {
        agent: agent(ANA),
        until: NOW,
    };
    let mut waiting = Waiting::from(BEGUN, None);
    waiting.offer = Some(offer);
    let offered = begun(HandoffState::Pending(waiting));

    let by_another = offered.clone().declined(agent(BEN)).unwrap();
    assert_eq!(Some(offer), by_another.waiting().unwrap().offer);
    let by_the_asked = offered.declined(agent(ANA)).unwrap();
    assert_eq!(None, by_the_asked.waiting().unwrap().offer);
}
