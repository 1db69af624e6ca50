//! What was just done is taken back, and what has gone on meanwhile is not.

use protocol::card::Snooze;
use protocol::entry::Outcome;

use super::*;

fn done(n: u8) -> AgentEvent {
    AgentEvent::Done {
        key: key(n),
        seq: None,
    }
}

fn with(n: u8, version: u64, state: CardState) -> AgentEvent {
    AgentEvent::CardChanged(card(n, version, state))
}

fn resolved(n: u8, by: u8) -> CardState {
    CardState::Resolved {
        handoff: handoff(n),
        agent: agent(by),
        outcome: Outcome::Closed,
        at: NOW,
    }
}

#[test]
fn each_act_is_taken_back_by_its_opposite() {
    let conversation = conversation(1);
    let handoff = handoff(1);
    let key_of_undo = key(9);
    let mut aside = active(1, 2, 1, None);
    if let CardState::Active { snooze, .. } = &mut aside.state {
        *snooze = Some(Snooze { until: None });
    }
    type Do = fn(&mut LiveState);
    let cases: [(Do, AgentEvent, AgentCommand); 3] = [
        (
            |state| state.resolve(super::conversation(1), Outcome::Closed, key(1)),
            with(1, 2, resolved(1, 1)),
            AgentCommand::StepIn {
                conversation,
                key: key_of_undo,
            },
        ),
        (
            |state| state.release(super::conversation(1), key(1)),
            AgentEvent::CardChanged(pending(1, 2, 10)),
            AgentCommand::Claim {
                conversation,
                handoff,
                key: key_of_undo,
            },
        ),
        (
            |state| state.snooze(super::conversation(1), None, key(1)),
            AgentEvent::CardChanged(aside),
            AgentCommand::Wake {
                conversation,
                handoff,
                key: key_of_undo,
            },
        ),
    ];
    for (act, told, opposite) in cases {
        let mut state = inbox(vec![active(1, 1, 1, None)]);
        act(&mut state);
        assert_eq!(1, state.take_asks().len(), "{opposite:?}");
        assert_eq!(None, state.undoable(), "it is not done yet");
        state.apply(told, NOW);
        state.apply(done(1), NOW);
        let toast = state.undoable().expect("a notice");
        state.undo(toast, key_of_undo);
        assert_eq!(vec![opposite], state.take_asks());
        assert_eq!(None, state.undoable());
    }
}

#[test]
fn what_has_gone_on_is_not_taken_back_and_that_is_said() {
    let mut state = inbox(vec![active(1, 1, 1, None)]);
    state.release(conversation(1), key(1));
    state.take_asks();
    state.apply(done(1), NOW);
    state.apply(AgentEvent::CardChanged(active(1, 2, 2, None)), NOW);
    let toast = state.undoable().expect("a notice");
    state.undo(toast, key(2));
    assert!(state.take_asks().is_empty(), "a colleague has it");
    let titles: Vec<_> = state.toasts.shown().iter().collect();
    assert_eq!(1, titles.len());
    assert_eq!(t::undo_too_late(), titles[0].title);
    assert_eq!(None, titles[0].undo);
}

#[test]
fn what_was_refused_cannot_be_undone() {
    let mut state = inbox(vec![active(1, 1, 1, None)]);
    state.release(conversation(1), key(1));
    let refusal = Refusal::NotHeld;
    state.apply(
        AgentEvent::Refused {
            key: Some(key(1)),
            sentence: refusal.to_string(),
            refusal,
        },
        NOW,
    );
    assert_eq!(None, state.undoable());
}
