//! What is told on top of what was read: the newer of the two is the last one heard.

use std::collections::HashSet;
use std::sync::Arc;

use domain::agent::Assigned;
use protocol::card::Counts;
use protocol::{AgentId, ChatbotId, ConversationId, Timestamp, WorkspaceId};
use uuid::Uuid;

use super::Hub;
use super::frame::Encoding;
use super::publish::{QueueView, Queued};
use super::queue::{Next, Queue};
use super::registry::AgentConnection;
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

#[tokio::test]
async fn counts_that_were_read_too_early_do_not_hide_the_next_change() {
    let hub = Hub::new(Faces::default(), Arc::new(|_, _, _| {}));
    let workspace = WorkspaceId(Uuid::from_u128(1));
    let queue = Arc::new(Queue::new(Encoding::Json));
    let connected = hub.connect_agent(AgentConnection {
        agent: AgentId(Uuid::from_u128(1)),
        workspace,
        sign_in: SignInId(Uuid::from_u128(1)),
        assigned: Assigned::All,
        queue: queue.clone(),
        watched: HashSet::new(),
        follows_assistant: false,
        counts: None,
    });
    told(&queue).await;

    // One waited when the counts for the welcome were read; two do by the time it is made.
    hub.publish_queue(workspace, &queue_of(2));
    connected.told(counts(1));
    assert_eq!(1, told(&queue).await, "the newer counts follow the welcome");

    hub.publish_queue(workspace, &queue_of(2));
    assert_eq!(0, told(&queue).await, "no news");
    hub.publish_queue(workspace, &queue_of(1));
    assert_eq!(1, told(&queue).await, "one waits again, and that is news");
}
