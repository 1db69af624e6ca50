//! What agents do to visitors.

use protocol::agent::AgentCommand;
use protocol::audit::AuditKind;
use protocol::contact::ContactChange;

use super::{audit, changes, newest};
use crate::actors::TestDesk;

#[tokio::test]
async fn what_agents_do_to_visitors_names_no_visitor() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    ana.sees_pending(conversation).await;
    ana.opens(conversation).await;
    let change = ContactChange::Name("Mira Berg".to_owned());
    let edited = ana.asks(|key| AgentCommand::EditContact {
        conversation,
        key,
        version: 0,
        change,
    });
    edited.await.unwrap();
    for blocked in [true, false] {
        let block = ana.asks(|key| AgentCommand::Block {
            conversation,
            key,
            blocked,
        });
        block.await.unwrap();
    }
    let row = newest(&desk, AuditKind::ContactEdited).await;
    assert_eq!(("Ana", "127.0.0.1"), (&*row.name, &*row.address));
    assert_eq!(vec!["name:  > "], changes(&row));
    for kind in [AuditKind::Blocked, AuditKind::Unblocked] {
        let row = newest(&desk, kind).await;
        assert_eq!((Some(conversation.0), "Ana"), (row.subject_id, &*row.name));
    }
    let all = serde_json::to_string(&audit(&desk, "").await).unwrap();
    assert!(!all.contains("Mira"), "{all}");
}
