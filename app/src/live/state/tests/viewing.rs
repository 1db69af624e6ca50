//! What is on my screen, and on whose else.

use super::*;

#[test]
fn colleagues_are_told_what_i_look_at_and_i_hear_of_them() {
    let asked = |state: &mut LiveState| {
        let asks = state.take_asks().into_iter();
        let views = asks.filter_map(|ask| match ask {
            AgentCommand::View { conversation } => Some(conversation),
            _ => None,
        });
        views.collect::<Vec<_>>()
    };
    let mut state = inbox(vec![pending(1, 1, 10)]);
    // Whichever of the two comes first, it is said of what is open by then.
    state.view(Some(conversation(1)));
    state.open(conversation(1));
    let open = AgentCommand::OpenThread {
        conversation: conversation(1),
        after: Seq(0),
    };
    let asks = state.take_asks();
    let opened = asks.iter().position(|ask| *ask == open).unwrap();
    assert!(matches!(asks[opened + 1], AgentCommand::View { .. }));
    state.view(Some(conversation(1)));
    assert!(asked(&mut state).is_empty(), "said once");

    state.apply(thread(pending(1, 1, 10), 1..=5, false), NOW);
    let agents = vec![agent(1), agent(2)];
    let told = AgentEvent::ViewersChanged {
        conversation: conversation(1),
        agents: agents.clone(),
    };
    state.apply(told, NOW);
    assert_eq!(agents, state.thread(conversation(1)).unwrap().viewers);

    // A cut forgets them; the next welcome says again what is looked at.
    state.connection_changed(Connection::Lost { since: NOW });
    assert!(state.thread(conversation(1)).unwrap().viewers.is_empty());
    state.view(None);
    state.view(Some(conversation(1)));
    assert!(asked(&mut state).is_empty());
    state.connection_changed(Connection::Live);
    state.apply(welcome(Vec::new()), NOW);
    assert_eq!(vec![Some(conversation(1))], asked(&mut state));
}
