//! The inbox's lists: their order, their pages, and who sees what.

use domain::Conversation;
use domain::agent::Assigned;
use protocol::card::{CardState, Cursor, Tab};
use protocol::entry::Outcome;
use protocol::targets::NEVER;
use protocol::{ChatbotId, ConversationId, HandoffId};
use server::store::OpenHandoff;

use crate::desk::{Desk, fresh_id};

/// Reads a tab page by page to its end.
async fn tab(desk: &Desk, assigned: &Assigned, tab: Tab, page: usize) -> Vec<Conversation> {
    let mut cards: Vec<Conversation> = Vec::new();
    loop {
        let after = cards.last().map(|card| Cursor {
            at: card.sorts_by(),
            conversation: card.id,
        });
        let next = desk.store.cards(desk.workspace, assigned, tab, after, page);
        let next = next.await.unwrap();
        let more = next.len() == page;
        cards.extend(next);
        if !more {
            return cards;
        }
    }
}

fn ids(cards: &[Conversation]) -> Vec<ConversationId> {
    cards.iter().map(|card| card.id).collect()
}

/// A second chatbot, made by hand: nothing makes one yet.
async fn second_chatbot(desk: &Desk) -> ChatbotId {
    let chatbot = ChatbotId(fresh_id());
    let (new, old) = (desk.place.id(chatbot.0), desk.place.id(desk.chatbot.0));
    desk.place
        .run(&format!(
            "INSERT INTO chatbots (id, workspace_id, name, settings, created_at)
             SELECT {new}, workspace_id, 'Sales', settings, created_at FROM chatbots
             WHERE id = {old}"
        ))
        .await;
    chatbot
}

#[tokio::test]
async fn each_tab_holds_its_conversations_in_its_order_page_by_page() {
    let desk = Desk::start().await;
    let ana = desk.agent_who("Ana", 100, Assigned::All).await;
    let (mut pending, mut active, mut resolved) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..21 {
        let (guest, handoff) = desk.waiting_guest().await;
        if number % 3 > 0 {
            desk.store
                .submit(guest.is_claimed_by(ana, handoff))
                .await
                .unwrap();
        }
        if number % 3 > 1 {
            let resolve = guest.is_resolved_by(ana, handoff, Outcome::Closed);
            desk.store.submit(resolve).await.unwrap();
        }
        [&mut pending, &mut active, &mut resolved][number % 3].push(guest.id());
    }
    // Newest first.
    resolved.reverse();

    for page in [2, 3, 50] {
        assert_eq!(
            pending,
            ids(&tab(&desk, &Assigned::All, Tab::Pending, page).await)
        );
        assert_eq!(
            active,
            ids(&tab(&desk, &Assigned::All, Tab::Active, page).await)
        );
        assert_eq!(
            resolved,
            ids(&tab(&desk, &Assigned::All, Tab::Resolved, page).await)
        );
    }
    let open = desk.store.open_handoffs(desk.workspace).await.unwrap();
    assert_eq!(14, open.len());
    assert!(open.is_sorted_by_key(|open| open.waiting_since));
    let held = open.iter().filter(|open| open.agent == Some(ana));
    assert_eq!(
        active,
        held.map(|open| open.conversation).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn handoffs_of_the_same_moment_are_on_one_page_each() {
    let desk = Desk::start().await;
    let mut expected = Vec::new();
    for _ in 0..9 {
        expected.push(desk.waiting_guest().await.0.id());
    }
    desk.place
        .run("UPDATE handoffs SET requested_at = 5, listed_at = 5")
        .await;

    assert_eq!(
        expected,
        ids(&tab(&desk, &Assigned::All, Tab::Pending, 2).await)
    );
}

#[tokio::test]
async fn an_agent_sees_the_chatbots_they_are_assigned_to_and_an_empty_list_means_none() {
    let desk = Desk::start().await;
    let (help, sales) = (desk.chatbot, second_chatbot(&desk).await);
    let mut of_both = Vec::new();
    for number in 0..12 {
        let guest = desk.guest_of([help, sales][number % 2]).await;
        let ask = guest.asks_for_human(HandoffId(fresh_id()));
        desk.store.submit(ask).await.unwrap();
        of_both.push(guest.id());
    }
    let of_sales: Vec<_> = of_both.iter().copied().skip(1).step_by(2).collect();

    let both = Assigned::Only(vec![sales, help]);
    assert_eq!(of_both, ids(&tab(&desk, &both, Tab::Pending, 5).await));
    let one = Assigned::Only(vec![sales]);
    assert_eq!(of_sales, ids(&tab(&desk, &one, Tab::Pending, 5).await));
    let none = Assigned::Only(Vec::new());
    assert!(tab(&desk, &none, Tab::Pending, 5).await.is_empty());

    // The same lists, as they are kept with the agent.
    let ana = desk.agent_who("Ana", 3, both.clone()).await;
    let Assigned::Only(kept) = desk.store.agent(ana).await.unwrap().unwrap().assigned else {
        panic!("all chatbots");
    };
    assert!(kept.len() == 2 && kept.contains(&help) && kept.contains(&sales));
    let ben = desk.agent_who("Ben", 3, none.clone()).await;
    assert_eq!(none, desk.store.agent(ben).await.unwrap().unwrap().assigned);
}

#[tokio::test]
async fn a_conversation_is_in_the_tab_of_its_newest_handoff_only() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana").await;
    let (guest, first) = desk.waiting_guest().await;
    let resolve = guest.is_resolved_by(ana, first, Outcome::RestoredToAi);
    desk.store.submit(resolve).await.unwrap();
    assert_eq!(1, tab(&desk, &Assigned::All, Tab::Resolved, 5).await.len());

    let second = HandoffId(fresh_id());
    desk.store
        .submit(guest.asks_for_human(second))
        .await
        .unwrap();
    assert!(
        tab(&desk, &Assigned::All, Tab::Resolved, 5)
            .await
            .is_empty()
    );
    let waiting = tab(&desk, &Assigned::All, Tab::Pending, 5).await.remove(0);
    let CardState::Pending {
        handoff,
        waiting_since,
        ..
    } = waiting.card_state()
    else {
        panic!("{:?}", waiting.card_state());
    };
    assert_eq!(second, handoff);
    let open = OpenHandoff {
        conversation: guest.id(),
        chatbot: desk.chatbot,
        waiting_since,
        agent: None,
        snoozed: false,
        form: false,
    };
    assert_eq!(
        vec![open],
        desk.store.open_handoffs(desk.workspace).await.unwrap()
    );

    let cancel = domain::Command::CancelHandoff {
        conversation: guest.id(),
        write: crate::desk::write(),
    };
    desk.store.submit(cancel).await.unwrap();
    for list in [Tab::Pending, Tab::Active, Tab::Resolved] {
        assert!(
            tab(&desk, &Assigned::All, list, 5).await.is_empty(),
            "{list:?}"
        );
    }
}

#[tokio::test]
async fn another_workspace_sees_nothing_of_it() {
    let desk = Desk::start().await;
    let (guest, _) = desk.waiting_guest().await;
    let other = protocol::WorkspaceId(fresh_id());
    let store = &desk.store;

    assert!(
        store
            .conversation(other, guest.id())
            .await
            .unwrap()
            .is_none()
    );
    assert!(store.open_handoffs(other).await.unwrap().is_empty());
    assert!(
        store
            .newest_entries(other, guest.id(), 5)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        store
            .newest_public_entries(other, guest.id(), 5)
            .await
            .unwrap()
            .is_empty()
    );
    assert!(
        store
            .visit(other, guest.opening.visitor)
            .await
            .unwrap()
            .is_none()
    );
    for assigned in [Assigned::All, Assigned::Only(vec![desk.chatbot])] {
        let cards = store.cards(other, &assigned, Tab::Pending, None, 5);
        assert!(cards.await.unwrap().is_empty());
    }
}

/// Reads a tab by what is due soonest, page by page to its end.
async fn by_due(desk: &Desk, tab: Tab, page: usize) -> Vec<ConversationId> {
    let mut cards: Vec<Conversation> = Vec::new();
    loop {
        let after = cards.last().map(|card| Cursor {
            at: card.clock.map_or(NEVER, |clock| clock.due_at),
            conversation: card.id,
        });
        let all = &Assigned::All;
        let next = desk
            .store
            .cards_by_due(desk.workspace, all, tab, after, page);
        let next = next.await.unwrap();
        let more = next.len() == page;
        cards.extend(next);
        if !more {
            return ids(&cards);
        }
    }
}

#[tokio::test]
async fn what_is_due_at_the_same_moment_and_what_owes_nothing_is_on_one_page_each() {
    let desk = Desk::start().await;
    let ana = desk.agent_who("Ana", 100, Assigned::All).await;
    let (mut waits, mut held) = (Vec::new(), Vec::new());
    for number in 0..12 {
        let (guest, handoff) = desk.waiting_guest().await;
        if number % 2 > 0 {
            let claim = guest.is_claimed_by(ana, handoff);
            desk.store.submit(claim).await.unwrap();
        }
        [&mut waits, &mut held][number % 2].push(guest.id());
    }
    // Nobody set a target: all of them come last, in the order of their ids.
    assert_eq!(waits, by_due(&desk, Tab::Pending, 2).await);
    for (at, id) in waits.iter().enumerate().take(4) {
        // The later two at the same moment, before the earlier two.
        let due = [9, 9, 5, 5][at];
        let id = desk.place.id(id.0);
        desk.place
            .run(&format!(
                "UPDATE conversations SET owed_at = {due}, clock_since = 1, clock_warn_at = 2
                 WHERE id = {id}"
            ))
            .await;
    }
    let expected: Vec<_> = [2, 3, 0, 1, 4, 5].map(|at| waits[at]).into();
    for page in [1, 2, 3, 50] {
        assert_eq!(expected, by_due(&desk, Tab::Pending, page).await);
        assert_eq!(held, by_due(&desk, Tab::Active, page).await);
        assert!(by_due(&desk, Tab::Resolved, page).await.is_empty());
    }
}
