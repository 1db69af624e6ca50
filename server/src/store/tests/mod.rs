//! What cannot be seen from outside: the ways to the rows, a full disk, and the guard on versions.

mod searching;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use domain::{Command, Facts, Fresh, Opening, Write};
use protocol::card::{Cursor, Tab};
use protocol::settings::SettingsLayer;
use protocol::{
    AgentId, ChatbotId, ConversationId, HandoffId, Key, LeadId, RunId, SessionId, Timestamp,
    VisitorId, WorkspaceId,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QueryTrait,
    Statement, StatementBuilder, Value,
};
use tempfile::TempDir;
use uuid::Uuid;

use super::tables::handoffs;
use super::tables::words::HandoffKind;
use super::*;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A store on a file with one workspace in it, and a visitor who may write.
async fn store(folder: &TempDir) -> (Store, Opening) {
    let url = DatabaseUrl::Sqlite(folder.path().join("baton.db"));
    let now = Arc::new(|| Timestamp(1));
    let store = Store::open(&url, now, Arc::new(drop)).await.unwrap();
    let (workspace, chatbot) = (WorkspaceId(id(1)), ChatbotId(id(2)));
    let owner = NewOwner {
        id: AgentId(id(3)),
        name: "Olga".to_owned(),
        email: "olga@example.org".to_owned(),
        password_hash: "hash".to_owned(),
    };
    let help = NewChatbot {
        id: chatbot,
        name: "Help".to_owned(),
        settings: SettingsLayer::default(),
    };
    let harbour = NewWorkspace {
        id: workspace,
        name: "Harbour".to_owned(),
        owner,
        chatbot: help,
    };
    store.set_up(harbour).await.unwrap();
    let opening = Opening {
        conversation: ConversationId(id(4)),
        workspace,
        chatbot,
        visitor: VisitorId(id(5)),
        visitor_name: "Visitor".to_owned(),
        locale: "en".to_owned(),
    };
    let visitor = NewVisitor {
        id: opening.visitor,
        chatbot,
        conversation: opening.conversation,
        name: opening.visitor_name.clone(),
        token_hash: [0; 32],
    };
    let begun = NewVisit {
        workspace,
        visitor: Visiting::New(visitor),
        visit: visit(),
    };
    store.begin_visit(begun).await.unwrap();
    (store, opening)
}

fn visit() -> VisitRow {
    VisitRow {
        session: SessionId(id(6)),
        ip: String::new(),
        user_agent: String::new(),
        page_url: String::new(),
        page_title: String::new(),
        referrer: String::new(),
        locale: String::new(),
        first_seen_at: Timestamp(1),
        last_seen_at: Timestamp(1),
    }
}

fn says(opening: &Opening, number: u128) -> Command {
    says_this(opening, number, "x".repeat(4_000))
}

fn says_this(opening: &Opening, number: u128, text: String) -> Command {
    Command::VisitorSays {
        opening: opening.clone(),
        write: Write {
            key: Key(id(1_000 + number)),
            digest: 1,
        },
        text,
        attachments: Vec::new(),
        run: RunId(id(1_000 + number)),
        fresh: Fresh {
            handoff: HandoffId(id(1_000 + number)),
            lead: LeadId(id(1_000 + number)),
        },
    }
}

/// How SQLite finds the rows of a query, one step a line.
async fn plan(store: &Store, query: &impl StatementBuilder) -> Vec<String> {
    let backend = store.readers().get_database_backend();
    plan_of(store, backend.build(query)).await
}

async fn plan_of(store: &Store, mut statement: Statement) -> Vec<String> {
    statement.sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
    let steps = store.readers().query_all_raw(statement).await.unwrap();
    let detail = |step: &sea_orm::QueryResult| step.try_get("", "detail").unwrap();
    steps.iter().map(detail).collect()
}

/// Whether every row is found through an index that exists, and none are sorted. The lists of a
/// statement itself are read from end to end, as they should be.
fn goes_straight(plan: &[String]) -> bool {
    let is_list = |step: &&String| {
        ["SCAN asked", "SCAN new", "SCAN CONSTANT ROW"].contains(&step.as_str())
            || (step.starts_with("SCAN") && step.ends_with("-ROW VALUES CLAUSE"))
    };
    let is_detour = |step: &String| {
        let detours = ["SCAN", "TEMP B-TREE", "AUTOMATIC"];
        detours.iter().any(|detour| step.contains(detour))
    };
    !plan.iter().filter(|step| !is_list(step)).any(is_detour)
}

#[tokio::test]
async fn pages_of_every_tab_are_read_along_an_index() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store(&folder).await;
    let cursor = Cursor {
        at: Timestamp(5),
        conversation: ConversationId(id(9)),
    };
    for after in [None, Some(cursor)] {
        let page = conversations::assistant_page(ChatbotId(id(2)), after, 50);
        let assistant = plan(&store, page.as_query()).await;
        assert!(goes_straight(&assistant), "{assistant:#?}");
    }
    for state in [HandoffKind::Pending, HandoffKind::Active] {
        for after in [None, Some(cursor)] {
            let page = due_cards::due_page(ChatbotId(id(2)), state, after, 50);
            let due = plan(&store, page.as_query()).await;
            assert!(goes_straight(&due), "{due:#?}");
        }
    }
    for tab in [
        Tab::Pending,
        Tab::Active,
        Tab::Snoozed,
        Tab::Missed,
        Tab::Resolved,
    ] {
        for after in [None, Some(cursor)] {
            let page = conversations::page(WorkspaceId(id(1)), tab, after, 50);
            let page = page.expect("a list of handoffs");
            let all = plan(&store, page.as_query()).await;
            assert!(goes_straight(&all), "{tab:?} {all:#?}");
            let of_chatbot = handoffs::Column::ChatbotId.eq(id(2));
            let some = plan(&store, page.filter(of_chatbot).as_query()).await;
            assert!(goes_straight(&some), "{tab:?} {some:#?}");
        }
    }
}

/// Some indices hold the rows of one state alone: the statements that ask for these have to say so.
#[tokio::test]
async fn rows_of_one_state_are_found_through_the_index_that_holds_them() {
    use tables::deliveries::Column;

    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store(&folder).await;
    let due = tables::deliveries::Entity::find().filter(deliveries::waits());
    let due = due.filter(Column::DueAt.lte(5)).order_by_asc(Column::DueAt);
    let due = plan(&store, due.as_query()).await;
    assert!(goes_straight(&due), "{due:#?}");
    let unmailed = handoff_mails::unmailed_since(Timestamp(5));
    let unmailed = plan(&store, unmailed.as_query()).await;
    assert!(goes_straight(&unmailed), "{unmailed:#?}");
    let held = plan(&store, holders::held().as_query()).await;
    let open = "SCAN handoffs USING INDEX one_open_handoff";
    assert!(held.iter().any(|step| step == open), "{held:#?}");
}

/// A statement is planned once, whatever is asked with it: SQLite was built that way (`.cargo/config.toml`).
#[tokio::test]
async fn statements_are_not_planned_anew_for_each_value() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store(&folder).await;
    let options = Statement::from_string(DbBackend::Sqlite, "PRAGMA compile_options");
    let options = store.readers().query_all_raw(options).await.unwrap();
    let option = |row: &sea_orm::QueryResult| row.try_get::<String>("", "compile_options").unwrap();
    assert!(
        options
            .iter()
            .map(option)
            .any(|option| option == "ENABLE_QPSG")
    );
}

#[tokio::test]
async fn what_a_batch_needs_is_found_through_indices() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store(&folder).await;
    let keys: BTreeSet<_> = (0..100).map(|number| (id(number), id(number))).collect();
    let known = plan(&store, &load::with_keys(keys)).await;
    assert!(goes_straight(&known), "{known:#?}");

    let some = tables::conversations::Column::Id.is_in([id(1), id(2)]);
    let whole = tables::conversations::whole().filter(some);
    let whole = plan(&store, whole.as_query()).await;
    assert!(goes_straight(&whole), "{whole:#?}");
}

#[tokio::test]
async fn what_a_batch_changes_is_found_through_indices() {
    use tables::{agents, claims, conversations, runs};

    async fn check<E: EntityTrait>(
        store: &Store,
        keys: &[E::Column],
        set: E::Column,
        row: Vec<Value>,
    ) {
        for rows in [vec![row.clone()], vec![row; 100]] {
            let update = apply::update_of::<E>(keys, &[set], rows);
            let plan = plan(store, &update).await;
            assert!(goes_straight(&plan), "{plan:#?}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store(&folder).await;
    let (key, number) = (Value::from(id(1)), Value::from(1_i64));

    let keys = [conversations::Column::Id, conversations::Column::Version];
    let set = conversations::Column::LastSeq;
    let row = vec![key.clone(), number.clone(), number.clone()];
    check::<conversations::Entity>(&store, &keys, set, row.clone()).await;
    let keys = [claims::Column::HandoffId, claims::Column::Number];
    check::<claims::Entity>(&store, &keys, claims::Column::EndedAt, row).await;
    let row = vec![key, number];
    let keys = [handoffs::Column::Id];
    check::<handoffs::Entity>(&store, &keys, handoffs::Column::Claims, row.clone()).await;
    check::<runs::Entity>(
        &store,
        &[runs::Column::Id],
        runs::Column::Attempts,
        row.clone(),
    )
    .await;
    check::<agents::Entity>(&store, &[agents::Column::Id], agents::Column::Load, row).await;
}

#[tokio::test]
async fn an_answer_is_on_the_disk_and_readers_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store(&folder).await;
    let (writer, readers) = (store.inner.writer.connection(), store.readers());
    let pragma = async |name: &str| {
        let question = format!("SELECT * FROM pragma_{name}");
        let question = Statement::from_string(writer.get_database_backend(), question);
        writer.query_one_raw(question).await.unwrap().unwrap()
    };
    let mode: String = pragma("journal_mode").await.try_get_by_index(0).unwrap();
    assert_eq!("wal", mode);
    // FULL.
    let synchronous: i64 = pragma("synchronous").await.try_get_by_index(0).unwrap();
    assert_eq!(2, synchronous);
    let foreign_keys: i64 = pragma("foreign_keys").await.try_get_by_index(0).unwrap();
    assert_eq!(1, foreign_keys);
    assert!(
        readers
            .execute_unprepared("DELETE FROM agents")
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_full_disk_refuses_everybody_and_is_forgotten_when_there_is_room_again() {
    let folder = tempfile::tempdir().unwrap();
    let (store, opening) = store(&folder).await;
    store.submit(says(&opening, 0)).await.unwrap();
    // No page more than there are now. The limit is the connection's own: a new one has none.
    let writer = store.inner.writer.connection();
    writer
        .execute_unprepared("PRAGMA max_page_count = 1")
        .await
        .unwrap();

    let mut saved = 1;
    let mut refused = None;
    for number in 1..50 {
        match store.submit(says(&opening, number)).await {
            Ok(_) => saved += 1,
            Err(failed) => {
                refused = Some((number, failed));
                break;
            }
        }
    }
    let (number, failed) = refused.expect("the disk was never full");
    assert_eq!(Failed::Unavailable, failed);

    // The same command again, on the new connection.
    let done = store.submit(says(&opening, number)).await.unwrap();
    assert_eq!(Some(protocol::Seq(saved + 1)), done.seq);
    store.close().await;
}

#[tokio::test]
async fn what_was_decided_on_an_older_version_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (store, opening) = store(&folder).await;
    store.submit(says(&opening, 0)).await.unwrap();
    let command = says(&opening, 1);

    let tx = store.inner.writer.begin().await.unwrap();
    let loaded = load::load(&tx, &store.inner.chatbots, &[&command])
        .await
        .unwrap();
    let (mut facts, mut before) = (loaded.facts, loaded.before);
    domain::decide(&mut facts, &command, Timestamp(2)).unwrap();
    before.versions.insert(opening.conversation, 0);
    let saved = apply::apply(&tx, &facts, &before, Timestamp(2)).await;
    assert!(matches!(saved, Err(StoreError::Stale)), "{saved:?}");
    tx.rollback().await.unwrap();
}

#[tokio::test]
async fn a_batch_that_decides_nothing_saves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = store(&folder).await;
    let tx = store.inner.writer.begin().await.unwrap();
    let before = load::Before::default();
    apply::apply(&tx, &Facts::default(), &before, Timestamp(1))
        .await
        .unwrap();
    tx.rollback().await.unwrap();
}

#[test]
fn the_lanes_share_the_conversations_evenly() {
    let lanes: HashSet<usize> = (0..64)
        .map(|number| lane_of(ConversationId(id(number)), 4))
        .collect();
    assert_eq!(4, lanes.len());
}
