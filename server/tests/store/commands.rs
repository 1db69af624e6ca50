//! Commands that come twice, all at once, or from somebody who went away.

use std::collections::HashMap;
use std::time::Duration;

use domain::{Body, Refusal, Write};
use protocol::{ConversationId, PublicSeq, Seq};
use server::store::Failed;

use crate::desk::{Desk, write};

#[tokio::test]
async fn the_same_key_again_is_answered_like_the_first_time_and_writes_nothing() {
    let desk = Desk::start().await;
    let guest = desk.guest().await;
    let first = write();
    let done = desk
        .store
        .submit(guest.says_again("Hello", first))
        .await
        .unwrap();
    assert_eq!(
        (Some(Seq(1)), Some(PublicSeq(1))),
        (done.seq, done.public_seq)
    );
    desk.store
        .submit(guest.says("Where is my parcel?"))
        .await
        .unwrap();

    assert_eq!(
        Ok(done),
        desk.store.submit(guest.says_again("Hello", first)).await
    );
    let desk = desk.restart().await;
    assert_eq!(
        Ok(done),
        desk.store.submit(guest.says_again("Hello", first)).await
    );

    let other = Write { digest: 2, ..first };
    let refused = desk
        .store
        .submit(guest.says_again("Something else", other))
        .await;
    assert_eq!(Err(Failed::Refused(Refusal::KeyReused)), refused);
    assert_eq!(2, desk.count("SELECT count(*) FROM entries").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_many_times_at_once_writes_one_entry() {
    let desk = Desk::start().await;
    let guest = desk.guest().await;
    let same = write();

    let commands = (0..40).map(|_| guest.says_again("Hello", same));
    let answers = desk.all_at_once(commands.collect()).await;

    assert!(
        answers
            .iter()
            .all(|answer| answer.as_ref().unwrap().seq == Some(Seq(1)))
    );
    assert_eq!(1, desk.count("SELECT count(*) FROM entries").await);
}

#[tokio::test]
async fn two_writers_may_use_the_same_key() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana").await;
    let (guest, handoff) = desk.waiting_guest().await;
    let same = write();
    desk.store
        .submit(guest.says_again("Hello", same))
        .await
        .unwrap();
    desk.store
        .submit(guest.is_claimed_by(ana, handoff))
        .await
        .unwrap();

    let note = domain::Command::AddNote {
        conversation: guest.id(),
        agent: ana,
        write: same,
        text: "Nice".to_owned(),
        attachments: Vec::new(),
        mentions: Vec::new(),
    };
    let done = desk.store.submit(note.clone()).await.unwrap();

    // After the request, the words, what the AI said to them, and the claim.
    assert_eq!((Some(Seq(5)), None), (done.seq, done.public_seq));
    assert_eq!(Ok(done), desk.store.submit(note).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_messages_at_once_get_numbers_without_a_gap() {
    let desk = Desk::start().await;
    let mut guests = Vec::new();
    for _ in 0..10 {
        guests.push(desk.guest().await);
    }
    let commands = (0..1_000).map(|number| guests[number % 10].says(&format!("Message {number}")));

    let answers = desk.all_at_once(commands.collect()).await;

    let mut told: HashMap<ConversationId, Vec<Seq>> = HashMap::new();
    for change in desk.told() {
        let seqs = told.entry(change.conversation.id).or_default();
        seqs.extend(change.entries.iter().map(|entry| entry.seq));
    }
    let numbers: Vec<Seq> = (1..=100).map(Seq).collect();
    for guest in &guests {
        let entries = desk
            .store
            .entries_after(desk.workspace, guest.id(), Seq(0), 200);
        let entries = entries.await.unwrap();
        let kept: Vec<Seq> = entries.iter().map(|entry| entry.seq).collect();
        assert_eq!(numbers, kept);
        assert_eq!(
            numbers,
            told[&guest.id()],
            "told in another order than kept"
        );
    }
    // Each answer names the sender's own words.
    for (number, answer) in answers.iter().enumerate() {
        let before = answer.as_ref().unwrap().seq.unwrap();
        let conversation = guests[number % 10].id();
        let before = Seq(before.0 - 1);
        let entry = desk
            .store
            .entries_after(desk.workspace, conversation, before, 1);
        let entry = entry.await.unwrap().remove(0);
        assert_eq!(Body::message(format!("Message {number}")), entry.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_of_somebody_who_went_away_are_saved() {
    let desk = Desk::start().await;
    let guest = desk.guest().await;
    for number in 0..100 {
        // Handed over, and dropped before the answer.
        drop(
            desk.store
                .enqueue(guest.says(&format!("Message {number}")))
                .await,
        );
    }
    for number in 0..100 {
        let submit = desk.store.submit(guest.says(&format!("Late {number}")));
        let _ = tokio::time::timeout(Duration::ZERO, submit).await;
    }

    desk.store.submit(guest.says("Last")).await.unwrap();

    let entries = desk
        .store
        .entries_after(desk.workspace, guest.id(), Seq(0), 300);
    let entries = entries.await.unwrap();
    assert_eq!(201, entries.len());
    assert_eq!(Seq(201), entries[200].seq);
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_finishes_what_is_queued_and_takes_nothing_more() {
    let desk = Desk::start().await;
    let guest = desk.guest().await;
    let mut answers = Vec::new();
    for number in 0..300 {
        answers.push(
            desk.store
                .enqueue(guest.says(&format!("Message {number}")))
                .await,
        );
    }

    desk.store.close().await;

    for answer in answers {
        assert!(answer.await.is_ok());
    }
    assert_eq!(
        Err(Failed::Unavailable),
        desk.store.submit(guest.says("Too late")).await
    );
    assert_eq!(
        Err(Failed::Unavailable),
        desk.store.set_up(crate::desk::new_workspace()).await
    );
    assert_eq!(300, desk.count("SELECT count(*) FROM entries").await);
}

#[tokio::test]
async fn nobody_writes_in_a_conversation_that_is_reserved_for_another() {
    let desk = Desk::start().await;
    let (guest, thief) = (desk.guest().await, desk.guest().await);
    desk.store.submit(guest.says("Hello")).await.unwrap();

    let mut stolen = thief.clone();
    stolen.opening.conversation = guest.id();
    let answer = desk.store.submit(stolen.says("Mine now")).await;

    assert_eq!(Err(Failed::Refused(Refusal::NotFound)), answer);
}
