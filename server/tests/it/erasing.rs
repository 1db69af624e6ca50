//! Data that is erased is gone: for the visitor, for the team, from the search and from the disk.

use std::path::Path;
use std::time::Duration;

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::contact::ContactChange;
use protocol::erasure::{AskedBy, ErasuresView, Subject};
use protocol::person::Role;
use protocol::{ConversationId, PublicSeq, Refusal, close};
use serde_json::json;
use server::store::DatabaseUrl;

use crate::actors::{AgentActor, TestDesk, VisitorActor, fresh_key, png, post_bytes};

const CANARY: &str = "Zwetschgenkanarienvogel";
const HOUR: Duration = Duration::from_secs(60 * 60);

async fn asks_to_be_erased(visitor: &VisitorActor) -> u16 {
    let bearer = visitor.bearer();
    let headers = [("authorization", bearer.as_str())];
    let url = format!("{}/visitors/erase", visitor.url);
    post_bytes(&url, &headers, Vec::new()).await.status
}

async fn erases(
    agent: &mut AgentActor,
    conversation: ConversationId,
    subject: Subject,
) -> Result<(), Refusal> {
    let erased = agent.asks(|key| AgentCommand::Erase {
        conversation,
        key,
        subject,
    });
    erased.await.map(drop)
}

async fn hears_that_it_is_gone(agent: &AgentActor, gone: ConversationId) {
    let told = |event: &AgentEvent| match event {
        AgentEvent::CardGone { conversation } => (*conversation == gone).then_some(()),
        _ => None,
    };
    agent.client.hears("that it is gone", told).await;
}

async fn finds(agent: &mut AgentActor, words: &str) -> usize {
    let key = fresh_key();
    let search = AgentCommand::Search {
        key,
        query: words.to_owned(),
        after: None,
    };
    agent.client.send(&search).await;
    let found = agent.client.hears("what was found", |event| match event {
        AgentEvent::Found { key: of, hits, .. } if *of == key => Some(hits.len()),
        _ => None,
    });
    found.await
}

/// The proofs, once every file of every erasure is gone.
async fn proofs(desk: &TestDesk) -> ErasuresView {
    for _ in 0..200 {
        let body = json!({ "before": null });
        let answer = desk.asks_pages("load_erasures", &body).await;
        let view: ErasuresView = serde_json::from_str(&answer.text).unwrap();
        if view.erasures.iter().all(|one| one.done_at.is_some()) {
            return view;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("files were left for ten seconds");
}

/// Whether a text stands in any file below a folder, in any case.
fn stands_on_disk(folder: &Path, text: &str) -> bool {
    let text = text.to_lowercase().into_bytes();
    std::fs::read_dir(folder).unwrap().any(|file| {
        let path = file.unwrap().path();
        if path.is_dir() {
            return stands_on_disk(&path, std::str::from_utf8(&text).unwrap());
        }
        let bytes = std::fs::read(&path).unwrap().to_ascii_lowercase();
        bytes.windows(text.len()).any(|part| part == text)
    })
}

#[tokio::test]
async fn a_visitor_erases_what_is_theirs_and_nothing_of_it_is_left_on_the_disk() {
    let mut desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let (mut visitor, mut other) = (desk.visitor().await, desk.visitor().await);
    other.says("something else").await.unwrap();
    let file = visitor
        .uploads(&format!("{CANARY}.png"), png())
        .await
        .unwrap();
    visitor
        .sends(&format!("{CANARY} sings"), &[file.id])
        .await
        .unwrap();
    visitor.asks_for_human().await.unwrap();
    let id = visitor.conversation;
    let handoff = ana.sees_pending(id).await;
    ana.opens(id).await;
    ana.claims(id, handoff).await.unwrap();
    ana.says(id, &format!("a {CANARY}?")).await.unwrap();
    ana.notes(id, &format!("{CANARY} again")).await.unwrap();
    assert!(finds(&mut ana, CANARY).await > 0);
    let contact = AgentCommand::ShowPanel { conversation: id };
    ana.client.send(&contact).await;
    let named = ana.asks(|key| AgentCommand::EditContact {
        conversation: id,
        key,
        version: 0,
        change: ContactChange::Name(CANARY.to_owned()),
    });
    named.await.unwrap();
    if let DatabaseUrl::Sqlite(_) = desk.database_url() {
        assert!(
            stands_on_disk(desk.folder(), CANARY),
            "or this proves nothing"
        );
    }

    assert_eq!(204, asks_to_be_erased(&visitor).await);
    hears_that_it_is_gone(&ana, id).await;
    assert_eq!(Some(close::RESUME), visitor.client.is_closed().await);
    assert_eq!(401, asks_to_be_erased(&visitor).await);
    assert_eq!(
        Some(Refusal::TokenUnknown),
        visitor.another_tab().await.err()
    );
    ana.client.forget();
    let again = AgentCommand::OpenThread {
        conversation: id,
        after: protocol::Seq(0),
    };
    ana.client.send(&again).await;
    hears_that_it_is_gone(&ana, id).await;
    assert_eq!(0, finds(&mut ana, CANARY).await);
    assert_eq!(404, ana.fetches(file.id).await.status);
    let said = ana.says(id, "are you there?").await;
    assert_eq!(Err(Refusal::NotFound), said);

    let proof = proofs(&desk).await;
    let [only] = &proof.erasures[..] else {
        panic!("one erasure has one proof: {proof:?}");
    };
    assert_eq!(AskedBy::Visitor, only.asked_by);
    let counts = only.counts;
    assert_eq!(
        (1, 1, 1, 1),
        (
            counts.visitors,
            counts.conversations,
            counts.contacts,
            counts.files
        )
    );
    assert_eq!(1, counts.handoffs);
    assert!(counts.entries >= 5, "{counts:?}");
    // Whoever had nothing to do with it goes on.
    other.says("and more").await.unwrap();
    assert_eq!(1, finds(&mut ana, "something else").await);

    desk.stops().await;
    if let DatabaseUrl::Sqlite(_) = desk.database_url() {
        assert!(!stands_on_disk(desk.folder(), CANARY));
        let objects = desk.folder().join("attachments");
        let left = std::fs::read_dir(&objects).into_iter().flatten().flatten();
        let left: usize = left
            .map(|of| std::fs::read_dir(of.path()).unwrap().count())
            .sum();
        assert_eq!(0, left, "in {}", objects.display());
    }
}

#[tokio::test]
async fn who_may_erases_a_conversation_or_all_of_a_contact_and_others_do_not() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let cookie = desk.signs_in_as("Ada", Role::Admin).await;
    let mut ada = AgentActor::connects(&desk.url, "Ada", cookie).await;
    let mut visitors = Vec::new();
    for _ in 0..3 {
        let mut visitor = desk.visitor().await;
        visitor.asks_for_human().await.unwrap();
        ada.sees_pending(visitor.conversation).await;
        visitors.push(visitor);
    }
    let [one, two, three] = [0, 1, 2].map(|at| visitors[at].conversation);
    let merge = ada.asks(|key| AgentCommand::MergeContacts {
        conversation: one,
        key,
        other: two,
    });
    merge.await.unwrap();

    let refused = erases(&mut ana, one, Subject::Contact).await;
    assert_eq!(Err(Refusal::NotAllowed), refused);
    let nothing = json!({ "before": null });
    let cookie = ana.cookie.clone();
    let refused = desk.asks_pages_as(&cookie, "load_erasures", &nothing).await;
    assert_ne!(200, refused.status);

    erases(&mut ada, one, Subject::Contact).await.unwrap();
    for gone in [one, two] {
        hears_that_it_is_gone(&ana, gone).await;
    }
    assert_eq!(
        Err(Refusal::NotFound),
        erases(&mut ada, one, Subject::Contact).await
    );
    // The third is somebody else, and still there; the place in the queue moves up by itself.
    ana.opens(three).await;
    erases(&mut ada, three, Subject::Conversation)
        .await
        .unwrap();
    let proof = proofs(&desk).await;
    let by: Vec<_> = proof
        .erasures
        .iter()
        .map(|one| one.asked_by.clone())
        .collect();
    let name = "Ada".to_owned();
    assert_eq!(
        vec![
            AskedBy::Agent { name: name.clone() },
            AskedBy::Agent { name }
        ],
        by
    );
    let counts: Vec<_> = proof
        .erasures
        .iter()
        .map(|one| one.counts.visitors)
        .collect();
    assert_eq!(vec![1, 2], counts);
    // Whoever was erased begins as somebody new, with nothing.
    visitors[0].token = None;
    let welcome = visitors[0].comes_back(PublicSeq(0)).await;
    assert!(welcome.entries.is_empty());
    visitors[0].says("good morning").await.unwrap();
}

#[tokio::test]
async fn what_is_kept_no_longer_goes_by_itself_and_who_talks_with_somebody_stays() {
    let mut desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let (mut silent, mut talking) = (desk.visitor().await, desk.visitor().await);
    let only_looked = desk.visitor().await;
    silent.says("just a question").await.unwrap();
    talking.asks_for_human().await.unwrap();
    let handoff = ana.sees_pending(talking.conversation).await;
    ana.opens(talking.conversation).await;
    ana.claims(talking.conversation, handoff).await.unwrap();
    let file = silent.uploads("plan.png", png()).await.unwrap();
    silent.sends("and a file", &[file.id]).await.unwrap();
    desk.sets(|effective, layer| {
        effective.privacy.erase_after_days = Some(1);
        effective.idle.enabled = false;
        layer.idle = Some(effective.idle);
        layer.privacy = Some(effective.privacy.clone());
    })
    .await;
    assert_eq!(200, silent.fetches(file.id).await.status);
    drop((silent.client, only_looked.client));
    tokio::time::sleep(Duration::from_millis(200)).await;

    desk.time_passes(20 * HOUR);
    let mut late = desk.visitor().await;
    late.says("hello").await.unwrap();
    desk.time_passes(6 * HOUR);
    desk.owner = desk.signs_in_again("Olga").await;
    let proof = loop {
        let proof = proofs(&desk).await;
        if !proof.erasures.is_empty() {
            break proof;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    let [only] = &proof.erasures[..] else {
        panic!("both went together: {proof:?}");
    };
    assert_eq!(AskedBy::Retention, only.asked_by);
    assert_eq!(
        (2, 1, 1),
        (
            only.counts.visitors,
            only.counts.conversations,
            only.counts.files
        )
    );
    late.says("still here").await.unwrap();
}
