//! Stories of one thing done to several conversations.

use protocol::label::LabelChange;

use super::*;

fn keys() -> Vec<Key> {
    (100..).take(AT_ONCE).map(key).collect()
}

fn answered(n: u8, refusal: Option<Refusal>) -> AgentEvent {
    match refusal {
        None => AgentEvent::Done {
            key: key(n),
            seq: None,
        },
        Some(refusal) => AgentEvent::Refused {
            key: Some(key(n)),
            refusal,
            sentence: String::new(),
        },
    }
}

#[test]
fn each_is_judged_by_itself_and_the_report_names_what_was_refused() {
    let mut state = inbox(vec![pending(1, 1, 10), active(2, 1, 2, None)]);
    state.apply(
        AgentEvent::CardChanged(card(3, 1, CardState::Assistant)),
        NOW,
    );
    let chosen = [1, 2, 3].map(conversation);
    state.do_to_all(&chosen, Bulk::Resolve(Outcome::Closed), &keys());
    assert_eq!(
        2,
        state.take_asks().len(),
        "the assistant's has nothing to resolve"
    );
    assert!(!state.report.is_over());
    state.do_to_all(&chosen, Bulk::Read, &keys());
    assert!(state.take_asks().is_empty(), "one thing after the other");

    state.apply(answered(100, None), NOW);
    let held = Refusal::HeldBy {
        agent: agent(2),
        name: "Jonas".to_owned(),
    };
    let later = Refusal::TooFast { retry_after_ms: 9 };
    state.apply(answered(101, Some(later)), NOW);
    assert!(!state.report.is_over(), "it is said again");
    state.apply(answered(101, Some(held)), NOW);
    let report = &state.report;
    assert_eq!(
        (true, 3, 1, 2),
        (
            report.is_over(),
            report.all,
            report.done,
            report.refused.len()
        )
    );
    assert!(report.refused[1].1.contains("Jonas"));
    assert!(state.toasts.shown().is_empty());
}

#[test]
fn read_needs_no_answer_and_only_the_holder_reads() {
    let mut state = inbox(vec![active(1, 1, 1, Some(5)), active(2, 1, 2, Some(5))]);
    state.do_to_all(&[1, 2].map(conversation), Bulk::Read, &keys());
    let asked = state.take_asks();
    assert!(
        matches!(asked[..], [AgentCommand::Read { .. }]),
        "{asked:?}"
    );
    assert!(state.report.is_over());
    assert_eq!((1, 1), (state.report.done, state.report.refused.len()));
}

#[test]
fn so_many_at_once_and_none_without_a_connection() {
    let cards = (1..=60).map(|n| pending(n, 1, 10)).collect();
    let mut state = inbox(cards);
    let chosen: Vec<_> = (1..=60).map(conversation).collect();
    let change = LabelChange::Category(None);
    state.do_to_all(&chosen, Bulk::Label(change), &keys());
    assert_eq!(AT_ONCE, state.take_asks().len());

    let mut state = inbox(vec![pending(1, 1, 10)]);
    state.connection_changed(Connection::Lost { since: NOW });
    state.do_to_all(&chosen, Bulk::Label(change), &keys());
    assert!(state.take_asks().is_empty());
}
