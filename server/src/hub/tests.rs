//! What is told, and to whom: the newest counts, and nothing to those who may not see it.

use std::collections::HashSet;
use std::sync::Arc;

use domain::Controller;
use domain::agent::Assigned;
use protocol::card::Counts;
use protocol::{AgentId, ChatbotId, ConversationId, Seq, Timestamp, WorkspaceId};
use uuid::Uuid;

use super::frame::Encoding;
use super::publish::{QueueView, Queued};
use super::queue::{Next, Queue};
use super::registry::{AgentConnection, Loaded};
use super::{Connected, Hub};
use crate::auth::SignInId;
use crate::wire::face::Faces;

fn waiting(number: u128) -> Queued {
    Queued {
        conversation: ConversationId(Uuid::from_u128(number)),
        chatbot: ChatbotId(Uuid::from_u128(1)),
        waiting_since: Timestamp(1),
        holder: None,
        snoozed: false,
        form: false,
    }
}

/// So many wait.
fn queue_of(count: u128) -> QueueView {
    QueueView {
        open: (1..=count).map(waiting).collect(),
        ..QueueView::default()
    }
}

fn counts(pending: u32) -> Counts {
    Counts {
        pending,
        ..Counts::default()
    }
}

/// How many frames wait for the connection.
async fn told(queue: &Queue) -> usize {
    tokio::select! {
        biased;
        next = queue.next() => match next {
            Next::Send(frames) => frames.len(),
            Next::Close(code) => panic!("closed with {code}"),
        },
        () = std::future::ready(()) => 0,
    }
}

/// An agent's connection that has heard what it is told at first.
async fn agent(hub: &Hub, workspace: WorkspaceId, assigned: Assigned) -> (Connected, Arc<Queue>) {
    let queue = Arc::new(Queue::new(Encoding::Json));
    let connected = hub.connect_agent(AgentConnection {
        agent: AgentId(Uuid::from_u128(1)),
        workspace,
        sign_in: SignInId(Uuid::from_u128(1)),
        assigned,
        queue: queue.clone(),
        watched: HashSet::new(),
        viewed: None,
        follows_assistant: false,
        counts: None,
    });
    told(&queue).await;
    (connected, queue)
}

#[tokio::test]
async fn who_asked_for_a_conversation_hears_nothing_of_it_before_they_are_known_to_see_it() {
    let hub = Hub::new(Faces::default(), Arc::new(|_, _, _| {}));
    let of = (
        WorkspaceId(Uuid::from_u128(1)),
        ChatbotId(Uuid::from_u128(1)),
    );
    let one = ConversationId(Uuid::from_u128(1));
    let types = || {
        hub.visitor_types(one, true);
        hub.visitor_previews(one, "My card number is".to_owned());
        hub.ai_types(one, true);
    };
    let elsewhere = Assigned::Only([ChatbotId(Uuid::from_u128(2))].into());
    let stranger = WorkspaceId(Uuid::from_u128(2));
    let (sees, seeing) = agent(&hub, of.0, Assigned::All).await;
    let (asks, asking) = agent(&hub, of.0, elsewhere).await;
    let (strange, estranged) = agent(&hub, stranger, Assigned::All).await;
    for connected in [&sees, &asks, &strange] {
        assert!(connected.watch(one));
    }
    for queue in [&seeing, &asking, &estranged] {
        told(queue).await;
    }

    types();
    assert_eq!(0, told(&seeing).await, "nobody knows yet whose it is");
    sees.learn(
        one,
        Loaded {
            of,
            controller: Controller::Ai,
            participants: Vec::new(),
            last: Seq(1),
            wait: None,
        },
    );
    types();
    assert_eq!(3, told(&seeing).await);
    assert_eq!((0, 0), (told(&asking).await, told(&estranged).await));
}

#[tokio::test]
async fn who_looks_at_a_conversation_is_told_to_those_who_follow_it() {
    let hub = Hub::new(Faces::default(), Arc::new(|_, _, _| {}));
    let of = (
        WorkspaceId(Uuid::from_u128(1)),
        ChatbotId(Uuid::from_u128(1)),
    );
    let one = ConversationId(Uuid::from_u128(1));
    let elsewhere = Assigned::Only([ChatbotId(Uuid::from_u128(2))].into());
    let (ana, at_ana) = agent(&hub, of.0, Assigned::All).await;
    let (asks, at_asking) = agent(&hub, of.0, elsewhere).await;
    for connected in [&ana, &asks] {
        assert!(connected.watch(one));
    }
    ana.learn(
        one,
        Loaded {
            of,
            controller: Controller::Ai,
            participants: Vec::new(),
            last: Seq(1),
            wait: None,
        },
    );
    told(&at_ana).await;
    told(&at_asking).await;

    // Who may not see it neither hears of anybody nor is named.
    asks.view(Some(one));
    ana.view(Some(one));
    assert_eq!((2, 0), (told(&at_ana).await, told(&at_asking).await));
    assert_eq!(1, hub.registry().viewers_of(one).len());

    // What is not followed is not looked at either.
    ana.view(Some(ConversationId(Uuid::from_u128(2))));
    assert!(hub.registry().viewers_of(one).is_empty());
    ana.view(Some(one));
    ana.unwatch(one);
    assert!(hub.registry().viewers_of(one).is_empty());
}

#[tokio::test]
async fn counts_that_were_read_too_early_do_not_hide_the_next_change() {
    let hub = Hub::new(Faces::default(), Arc::new(|_, _, _| {}));
    let workspace = WorkspaceId(Uuid::from_u128(1));
    let (connected, queue) = agent(&hub, workspace, Assigned::All).await;

    // One waited when the counts for the welcome were read; two do by the time it is made.
    hub.publish_queue(workspace, &queue_of(2));
    connected.told(counts(1));
    assert_eq!(1, told(&queue).await, "the newer counts follow the welcome");

    hub.publish_queue(workspace, &queue_of(2));
    assert_eq!(0, told(&queue).await, "no news");
    hub.publish_queue(workspace, &queue_of(1));
    assert_eq!(1, told(&queue).await, "one waits again, and that is news");
}
