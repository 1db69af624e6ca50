//! The steps of a handoff: what each state allows, whoever asks.

use domain::{Handoff, HandoffState, Refusal};
use protocol::Timestamp;
use protocol::entry::{Outcome, Trigger};

use crate::desk::{ANA, BEN, agent, handoff};

const NOW: Timestamp = Timestamp(2_000);

/// One handoff in each state.
fn states() -> [(&'static str, Handoff); 4] {
    let pending = Handoff::request(handoff(1), Trigger::Button, Timestamp(1_000));
    let active = pending
        .clone()
        .claimed(agent(ANA), NOW)
        .expect("this step is allowed");
    let resolved = active
        .clone()
        .resolved(Outcome::Closed, NOW)
        .expect("this step is allowed");
    let cancelled = pending
        .clone()
        .cancelled(NOW)
        .expect("this step is allowed");
    [
        ("pending", pending),
        ("active", active),
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
                assert_eq!(Timestamp(1_000), stepped.waiting_since());
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
fn only_a_pending_handoff_can_be_claimed() {
    let after = check(&["pending"], Refusal::HandoffOver, |handoff| {
        handoff.claimed(agent(BEN), NOW)
    });
    let claim = after[0].claim().unwrap();
    assert_eq!((1, agent(BEN), NOW), (claim.number, claim.agent, claim.at));
}

#[test]
fn only_an_active_handoff_can_be_released() {
    let after = check(&["active"], Refusal::NotHeld, Handoff::released);
    assert_eq!(HandoffState::Pending, after[0].state);
    let again = after[0].clone().claimed(agent(BEN), NOW).unwrap();
    assert_eq!(2, again.claim().unwrap().number);
}

#[test]
fn only_an_active_handoff_can_be_resolved() {
    let after = check(&["active"], Refusal::NotHeld, |handoff| {
        handoff.resolved(Outcome::RestoredToAi, NOW)
    });
    assert!(!after[0].is_open());
}

#[test]
fn only_a_pending_handoff_can_be_cancelled() {
    let after = check(&["pending"], Refusal::NotWaiting, |handoff| {
        handoff.cancelled(NOW)
    });
    assert!(!after[0].is_open());
}
