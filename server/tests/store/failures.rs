//! What is broken harms nobody else.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use domain::Refusal;
use protocol::{Seq, Timestamp};
use server::store::{Failed, Store, StoreError};

use crate::desk::{Desk, fresh_id};

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_breaks_a_constraint_fails_alone() {
    let desk = Desk::start().await;
    let mut guests = Vec::new();
    for _ in 0..30 {
        guests.push(desk.guest().await);
    }
    let victim = &guests[17];
    // Entry 1 of a conversation that has none: its first message cannot be saved.
    let (workspace, conversation) = (
        desk.place.id(desk.workspace.0),
        desk.place.id(victim.id().0),
    );
    let insert = format!(
        "INSERT INTO entries (workspace_id, conversation_id, seq, at, author_kind, body_kind, text)
         VALUES ({workspace}, {conversation}, 1, 0, 'system', 'note', 'In the way')"
    );
    desk.place.run(&insert).await;

    let commands = guests.iter().map(|guest| guest.says("Hello"));
    let answers = desk.all_at_once(commands.collect()).await;

    for (number, answer) in answers.iter().enumerate() {
        let expected = if number == 17 {
            Err(Failed::Unavailable)
        } else {
            Ok(Some(Seq(1)))
        };
        assert_eq!(
            expected,
            answer.clone().map(|done| done.seq),
            "visitor {number}"
        );
    }
    assert_eq!(29, desk.told().len());
    assert_eq!(29, desk.count("SELECT count(*) FROM conversations").await);

    desk.place
        .run("DELETE FROM entries WHERE text = 'In the way'")
        .await;
    assert!(desk.store.submit(victim.says("Again")).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_cannot_be_read_is_named_and_fails_alone() {
    let desk = Desk::start().await;
    let (guest, other) = (desk.guest().await, desk.guest().await);
    desk.store.submit(guest.says("Hello")).await.unwrap();
    let id = desk.place.id(guest.id().0);
    desk.place
        .run(&format!(
            "UPDATE conversations SET channel = 'pigeon' WHERE id = {id}"
        ))
        .await;

    let read = desk.store.conversation(desk.workspace, guest.id()).await;
    let Err(StoreError::Inconsistent { table, column, id }) = read else {
        panic!("{read:?}");
    };
    assert_eq!(
        ("conversations", "channel", guest.id().0),
        (table, column, id)
    );

    let commands = vec![other.says("One"), guest.says("Two"), other.says("Three")];
    let answers = desk.all_at_once(commands).await;
    assert!(answers[0].is_ok() && answers[2].is_ok());
    assert_eq!(Err(Failed::Unavailable), answers[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn telling_of_changes_may_panic_and_the_lane_goes_on() {
    let desk = Desk::start().await;
    let guest = desk.guest().await;
    desk.store.close().await;
    let now = || Timestamp(1);
    let tell = |_| panic!("the hub is broken");
    let store = Store::open(&desk.place.url, Arc::new(now), Arc::new(tell));
    let store = store.await.unwrap();

    assert!(store.submit(guest.says("Hello")).await.is_ok());
    assert!(store.submit(guest.says("Still there?")).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_while_deciding_saves_nothing_and_the_same_commands_are_run_again() {
    let desk = Desk::start().await;
    let mut guests = Vec::new();
    for _ in 0..20 {
        guests.push(desk.guest().await);
    }
    desk.store.close().await;
    // A clock that breaks three times: for a batch and for two of its commands run alone, or, where
    // there are several lanes, for a batch of each.
    let looks = AtomicU32::new(0);
    let now = move || {
        let look = looks.fetch_add(1, Ordering::Relaxed);
        assert!(look > 2, "the clock is broken");
        Timestamp(1)
    };
    let store = Store::open(&desk.place.url, Arc::new(now), Arc::new(drop));
    let store = store.await.unwrap();

    let mut answers = Vec::new();
    for guest in &guests {
        answers.push(store.enqueue(guest.says("Hello")).await);
    }
    let mut failed = 0;
    for answer in answers {
        match answer.await {
            Ok(done) => assert_eq!(Some(Seq(1)), done.seq),
            Err(error) => {
                assert_eq!(Failed::Unavailable, error);
                failed += 1;
            }
        }
    }

    assert!(failed <= 2, "{failed} commands failed");
    let saved = desk.count("SELECT count(*) FROM entries").await;
    assert_eq!(20 - failed, saved);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_set_up_at_once_make_one_workspace() {
    let desk = Desk::start().await;
    // The record of changes lets nobody empty it, and names the workspace.
    let guard = match desk.place.is_sqlite() {
        true => "DROP TRIGGER audit_is_not_deleted",
        false => "ALTER TABLE audit DISABLE TRIGGER USER",
    };
    desk.place.run(guard).await;
    desk.place.run("DELETE FROM audit").await;
    desk.place.run("DELETE FROM agents").await;
    desk.place.run("DELETE FROM chatbots").await;
    desk.place.run("DELETE FROM workspaces").await;
    assert!(!desk.store.workspace_exists().await.unwrap());

    let tasks = (0..20).map(|number| {
        let store = desk.store.clone();
        let mut workspace = crate::desk::new_workspace();
        workspace.owner.email = format!("{number}@example.org");
        tokio::spawn(async move { store.set_up(workspace).await })
    });
    let mut made = 0;
    for task in tasks.collect::<Vec<_>>() {
        match task.await.unwrap() {
            Ok(()) => made += 1,
            refused => assert_eq!(Err(Failed::Refused(Refusal::SetupOver)), refused),
        }
    }

    assert_eq!(1, made);
    assert_eq!(1, desk.count("SELECT count(*) FROM workspaces").await);
    assert_eq!(1, desk.count("SELECT count(*) FROM agents").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_cuts_every_connection_is_asked_again() {
    let desk = Desk::start().await;
    if desk.place.is_sqlite() {
        return;
    }
    let guest = desk.guest().await;
    desk.store.submit(guest.says("Hello")).await.unwrap();
    desk.place
        .run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .await;

    assert!(desk.store.submit(guest.says("Still there?")).await.is_ok());
    assert!(
        desk.store
            .conversation(desk.workspace, guest.id())
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn a_visitor_nobody_knows_begins_no_conversation() {
    let desk = Desk::start().await;
    let mut stranger = desk.guest().await;
    stranger.opening.visitor = protocol::VisitorId(fresh_id());

    assert_eq!(
        Err(Failed::Unavailable),
        desk.store.submit(stranger.says("Hello")).await
    );
    assert_eq!(0, desk.count("SELECT count(*) FROM conversations").await);
}
