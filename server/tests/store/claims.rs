//! Who gets a handoff when many want it, and who has no room for one more.

use domain::{Controller, Refusal};
use protocol::entry::Outcome;
use server::store::Failed;

use crate::desk::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_agents_who_claim_at_once_one_wins_and_the_others_read_who() {
    let desk = Desk::start().await;
    let mut agents = Vec::new();
    for number in 0..50 {
        agents.push(desk.agent(&format!("Agent {number}")).await);
    }
    let (guest, handoff) = desk.waiting_guest().await;

    let claims = agents
        .iter()
        .map(|agent| guest.is_claimed_by(*agent, handoff));
    let answers = desk.all_at_once(claims.collect()).await;

    let winners: Vec<usize> = (0..50).filter(|at| answers[*at].is_ok()).collect();
    let [winner] = winners[..] else {
        panic!("{} agents won", winners.len());
    };
    for answer in answers.iter().filter(|answer| answer.is_err()) {
        let Err(Failed::Refused(Refusal::TakenBy { agent, name, .. })) = answer else {
            panic!("{answer:?}");
        };
        assert_eq!(
            (agents[winner], format!("Agent {winner}")),
            (*agent, name.clone())
        );
    }
    let conversation = desk
        .store
        .conversation(desk.workspace, guest.id())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(Controller::Human(agents[winner]), conversation.controller());
    assert_eq!(1, desk.count("SELECT count(*) FROM claims").await);
    assert_eq!(
        1,
        desk.store
            .agent(agents[winner])
            .await
            .unwrap()
            .unwrap()
            .load
    );
    assert_eq!(51, desk.count("SELECT count(*) FROM agents").await);
    assert_eq!(
        1,
        desk.count("SELECT count(*) FROM agents WHERE load > 0")
            .await
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_who_claims_many_at_once_gets_no_more_than_the_chat_limit() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana").await;
    let mut claims = Vec::new();
    for _ in 0..12 {
        let (guest, handoff) = desk.waiting_guest().await;
        claims.push(guest.is_claimed_by(ana, handoff));
    }

    let answers = desk.all_at_once(claims).await;

    assert_eq!(3, answers.iter().filter(|answer| answer.is_ok()).count());
    let full = Failed::Refused(Refusal::ChatLimitReached { held: 3, limit: 3 });
    assert_eq!(
        9,
        answers
            .iter()
            .filter(|answer| **answer == Err(full.clone()))
            .count()
    );
    assert_eq!(3, desk.store.agent(ana).await.unwrap().unwrap().load);
    assert_eq!(
        3,
        desk.count("SELECT count(*) FROM claims WHERE ended_at IS NULL")
            .await
    );
}

#[tokio::test]
async fn an_agent_who_resolves_has_room_again_and_keeps_it_over_a_restart() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana").await;
    let (guest, handoff) = desk.waiting_guest().await;
    desk.store
        .submit(guest.is_claimed_by(ana, handoff))
        .await
        .unwrap();
    assert_eq!(1, desk.store.agent(ana).await.unwrap().unwrap().load);

    let desk = desk.restart().await;
    assert_eq!(1, desk.store.agent(ana).await.unwrap().unwrap().load);
    let resolved = guest.is_resolved_by(ana, handoff, Outcome::RestoredToAi);
    desk.store.submit(resolved).await.unwrap();

    assert_eq!(0, desk.store.agent(ana).await.unwrap().unwrap().load);
    assert_eq!(
        0,
        desk.count("SELECT count(*) FROM claims WHERE ended_at IS NULL")
            .await
    );
}

#[tokio::test]
async fn a_handoff_that_changes_hands_within_one_batch_is_kept_as_it_ended() {
    let desk = Desk::start().await;
    let (ana, ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let guest = desk.guest().await;
    let handoffs = [(); 3].map(|()| protocol::HandoffId(crate::desk::fresh_id()));
    let cancel = domain::Command::CancelHandoff {
        conversation: guest.id(),
        write: crate::desk::write(),
    };
    // Handed over before any is answered, so that most of them share a batch.
    let mut answers = Vec::new();
    for command in [
        guest.says("Hello?"),
        guest.asks_for_human(handoffs[0]),
        guest.is_claimed_by(ana, handoffs[0]),
        guest.is_released_by(ana, handoffs[0]),
        guest.is_claimed_by(ben, handoffs[0]),
        guest.is_resolved_by(ben, handoffs[0], Outcome::Closed),
        guest.asks_for_human(handoffs[1]),
        cancel,
        guest.says("And now?"),
        guest.asks_for_human(handoffs[2]),
        guest.is_told_by(ana, "Here I am."),
    ] {
        answers.push(desk.store.enqueue(command).await);
    }
    for answer in answers {
        answer.await.unwrap();
    }

    let found = desk
        .store
        .conversation(desk.workspace, guest.id())
        .await
        .unwrap()
        .unwrap();
    assert_eq!(desk.told().last().unwrap().conversation, found);
    assert_eq!(Controller::Human(ana), found.controller());
    assert_eq!(3, desk.count("SELECT count(*) FROM handoffs").await);
    assert_eq!(3, desk.count("SELECT count(*) FROM claims").await);
    assert_eq!(
        1,
        desk.count("SELECT count(*) FROM claims WHERE ended_at IS NULL")
            .await
    );
    assert_eq!(2, desk.count("SELECT count(*) FROM runs").await);
    assert_eq!(
        0,
        desk.count("SELECT count(*) FROM runs WHERE state = 'open'")
            .await
    );
    assert_eq!(1, desk.store.agent(ana).await.unwrap().unwrap().load);
    assert_eq!(0, desk.store.agent(ben).await.unwrap().unwrap().load);
}
