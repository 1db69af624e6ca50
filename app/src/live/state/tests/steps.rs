//! What a saved reply does after it is sent: in order, each step once, and what was refused is told.

use protocol::TagId;
use protocol::reply::Step;

use super::*;

fn tag() -> TagId {
    TagId::new(NOW, &[1; 10])
}

fn steps() -> [Step; 3] {
    [
        Step::AddTag(tag()),
        Step::Note("Told {{visitor.name|them}}".to_owned()),
        Step::Resolve(Outcome::Closed),
    ]
}

/// An inbox where I hold a conversation, and a text with steps is under way.
fn running(text: &str) -> LiveState {
    let mut state = inbox(vec![active(1, 1, 1, Some(5))]);
    state.take_asks();
    let keys = [1, 2, 3, 4].map(key);
    let to = (conversation(1), Mode::Reply);
    state.run(to, (text, Vec::new()), &steps(), &keys, NOW);
    state
}

/// What was asked since, by its key.
fn asked(state: &mut LiveState) -> Vec<(&'static str, Key)> {
    let asks = state.take_asks().into_iter();
    asks.filter_map(|ask| match ask {
        AgentCommand::Say { key, .. } => Some(("say", key)),
        AgentCommand::Label { key, .. } => Some(("label", key)),
        AgentCommand::AddNote { key, text, .. } => {
            assert_eq!("Told them", text);
            Some(("note", key))
        }
        AgentCommand::Resolve { key, .. } => Some(("resolve", key)),
        _ => None,
    })
    .collect()
}

fn done(state: &mut LiveState, n: u8) {
    let seq = Some(Seq(n.into()));
    state.apply(AgentEvent::Done { key: key(n), seq }, NOW);
}

fn refused(state: &mut LiveState, n: u8) {
    let refusal = Refusal::NotHeld;
    let sentence = String::new();
    let key = Some(key(n));
    let event = AgentEvent::Refused {
        key,
        refusal,
        sentence,
    };
    state.apply(event, NOW);
}

#[test]
fn each_step_follows_the_answer_to_the_one_before() {
    let mut state = running("Hello");
    assert_eq!(vec![("say", key(1))], asked(&mut state));
    assert!(state.does_steps());
    for (n, next) in [(1, "label"), (2, "note"), (3, "resolve")] {
        done(&mut state, n);
        assert_eq!(vec![(next, key(n + 1))], asked(&mut state));
        // The same answer again, as after a connection that broke, changes nothing.
        done(&mut state, n);
        assert_eq!(0, asked(&mut state).len());
    }
    done(&mut state, 4);
    assert!(!state.does_steps() && state.toasts.shown().is_empty());
}

#[test]
fn without_a_text_the_first_step_comes_first() {
    let mut state = running("  ");
    assert_eq!(vec![("label", key(2))], asked(&mut state));
}

#[test]
fn after_a_refusal_the_rest_is_done_but_nothing_that_leaves_and_both_are_told() {
    let mut state = running("Hello");
    done(&mut state, 1);
    refused(&mut state, 2);
    asked(&mut state);
    done(&mut state, 3);
    assert_eq!(0, asked(&mut state).len(), "it is not resolved");
    assert!(!state.does_steps());
    let told: Vec<_> = state
        .toasts
        .shown()
        .iter()
        .map(|toast| toast.title.clone())
        .collect();
    assert_eq!(2, told.len(), "{told:?}");

    // A text that was refused is told where it stands.
    let mut state = running("Hello");
    refused(&mut state, 1);
    let (conversation, refused) = (conversation(1), Progress::Failed);
    let failed = state
        .outbox
        .of(conversation)
        .next()
        .map(|outgoing| outgoing.progress.clone());
    assert!(
        matches!(failed, Some(progress) if std::mem::discriminant(&progress) == std::mem::discriminant(&refused(String::new())))
    );
    assert_eq!(vec![("say", key(1)), ("label", key(2))], asked(&mut state));
}

#[test]
fn a_conversation_that_nobody_holds_is_not_resolved_by_a_macro() {
    let mut state = inbox(vec![card(1, 1, CardState::Assistant)]);
    state.take_asks();
    let keys = [1, 2].map(key);
    let to = (conversation(1), Mode::Note);
    let ends = [Step::Resolve(Outcome::Closed)];
    state.run(to, ("", Vec::new()), &ends, &keys, NOW);
    assert_eq!(0, asked(&mut state).len());
    assert_eq!(1, state.toasts.shown().len());
}
