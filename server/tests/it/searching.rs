//! Agents find what was said: messages, notes and what visitors left, as far as they may see it.

use migrations::{Migrator, MigratorTrait as _};
use protocol::agent::{AgentCommand, AgentEvent};
use protocol::contact::ContactChange;
use protocol::entry::Author;
use protocol::search::{FoundIn, Hit, Mark};
use protocol::{PublicSeq, Refusal, limits};
use serde_json::json;
use server::store::DatabaseUrl;

use crate::actors::{AgentActor, TestDesk, fresh_key};

impl AgentActor {
    /// A page of what is found.
    async fn finds(
        &mut self,
        query: &str,
        after: Option<u64>,
    ) -> Result<(Vec<Hit>, Option<u64>), Refusal> {
        let key = fresh_key();
        let query = query.to_owned();
        self.client
            .send(&AgentCommand::Search { key, query, after })
            .await;
        self.client
            .hears("what was found", |event| match event {
                AgentEvent::Found {
                    key: of,
                    hits,
                    next,
                } if *of == key => Some(Ok((hits.clone(), *next))),
                AgentEvent::Refused {
                    key: Some(of),
                    refusal,
                    ..
                } if *of == key => Some(Err(refusal.clone())),
                _ => None,
            })
            .await
    }

    /// The lines of the first page.
    async fn lines(&mut self, query: &str) -> Vec<String> {
        let (hits, _) = self.finds(query, None).await.unwrap();
        let lines = hits.iter().flat_map(|hit| &hit.lines);
        lines.map(|line| line.text.clone()).collect()
    }
}

#[tokio::test]
async fn what_was_said_is_found_with_its_place_and_its_marks() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let (mut first, mut second) = (desk.visitor().await, desk.visitor().await);
    first.asks_for_human().await.unwrap();
    let handoff = ana.sees_pending(first.conversation).await;
    first
        .says("The **pole** of my Skarn 2 snapped 🎉")
        .await
        .unwrap();
    second.says("私は東京に住んでいます").await.unwrap();
    ana.claims(first.conversation, handoff).await.unwrap();
    ana.notes(first.conversation, "Ordered 20 pole kits")
        .await
        .unwrap();

    let (hits, next) = ana.finds("POL", None).await.unwrap();
    assert_eq!((1, None), (hits.len(), next));
    assert_eq!(first.conversation, hits[0].card.conversation);
    let [note, message] = &hits[0].lines[..] else {
        panic!("{hits:?}");
    };
    assert_eq!(
        (FoundIn::Note, Author::Agent(ana.id)),
        (note.found_in, note.author)
    );
    assert_eq!("The pole of my Skarn 2 snapped 🎉", message.text);
    assert_eq!([Mark { from: 4, to: 7 }], message.marks[..]);
    ana.opens(first.conversation).await;
    let opened = ana.reads("snapped").await;
    assert_eq!(opened.seq, message.seq);

    assert_eq!(
        1,
        ana.lines("skarn snap").await.len(),
        "every word, in any order"
    );
    assert_eq!(1, ana.lines("🎉").await.len());
    assert_eq!(vec!["私は東京に住んでいます"], ana.lines("東京").await);
    for nothing in ["京東", "napped", "skarn tent", "", "  ", "\"", "?!"] {
        assert!(ana.lines(nothing).await.is_empty(), "{nothing}");
    }
}

#[tokio::test]
async fn whatever_is_typed_is_only_looked_for() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor
        .says("tent and pole's 100% \"quoted\" a:b")
        .await
        .unwrap();
    for query in [
        "tent AND pole",
        "\"quoted",
        "pole's",
        "100%",
        "a:b",
        "tent* (",
        "'; DROP TABLE entries; --",
        "tent \0 pole",
        "NEAR(tent)",
        "-tent",
        "^tent",
        "tent|pole",
        "!tent",
        "tent & <-> pole",
        "\\",
    ] {
        let found = ana.finds(query, None).await;
        assert!(found.is_ok(), "{query}: {found:?}");
    }
    for query in [
        "tent AND pole",
        "\"quoted",
        "pole's",
        "100%",
        "a:b",
        "tent & pole",
        "-tent",
    ] {
        assert_eq!(1, ana.lines(query).await.len(), "{query}");
    }
    let long = "tent ".repeat(80);
    let refused = ana.finds(&long, None).await;
    assert!(matches!(
        refused,
        Err(Refusal::TextTooLong { limit: 200, .. })
    ));
}

#[tokio::test]
async fn nobody_finds_what_they_may_not_see() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.says("My secret tent").await.unwrap();
    assert_eq!(1, ana.lines("secret").await.len());

    let body = json!({"agent": ana.id, "assigned": {"only": []}});
    let saved = desk.asks_pages("save_assignment", &body).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    ana.comes_back(Vec::new()).await;
    assert!(ana.lines("secret").await.is_empty());

    let body = json!({"agent": ana.id, "assigned": {"only": [desk.chatbot]}});
    let saved = desk.asks_pages("save_assignment", &body).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    ana.comes_back(Vec::new()).await;
    assert_eq!(1, ana.lines("secret").await.len());
}

#[tokio::test]
async fn a_visitor_is_found_by_name_also_before_saying_anything() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    ana.sees_pending(visitor.conversation).await;
    let name = ana
        .sees_card(visitor.conversation, |_| true)
        .await
        .visitor
        .name;

    let (hits, _) = ana.finds(&name, None).await.unwrap();
    assert_eq!(1, hits.len());
    assert!(!hits[0].name_marks.is_empty());
    assert!(hits[0].lines.is_empty(), "{hits:?}");
    visitor.says("Hello?").await.unwrap();
    let (hits, _) = ana.finds(&format!("{name} hell"), None).await.unwrap();
    assert!(hits.is_empty(), "every word in one place: {hits:?}");
}

#[tokio::test]
async fn much_comes_in_pages_and_the_newest_first() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let count = limits::HITS_PAGE + 5;
    let mut asked = Vec::new();
    for _ in 0..count {
        let mut visitor = desk.visitor().await;
        visitor.says("Where is my parcel?").await.unwrap();
        visitor.says("The parcel, please").await.unwrap();
        asked.push(visitor.conversation);
    }
    asked.reverse();

    let (first, next) = ana.finds("parcel", None).await.unwrap();
    assert!(next.is_some());
    let (second, end) = ana.finds("parcel", next).await.unwrap();
    assert_eq!((limits::HITS_PAGE, None), (first.len(), end));
    let found = first.iter().chain(&second);
    let found: Vec<_> = found.map(|hit| hit.card.conversation).collect();
    assert_eq!(asked, found);
    assert!(first.iter().all(|hit| hit.lines.len() == 2));
}

#[tokio::test]
async fn who_searches_too_often_is_told_when_to_go_on() {
    let desk = TestDesk::start_with(|config| config.limits.searches_per_10s = 3).await;
    let mut ana = desk.agent("Ana").await;
    let mut found = 0;
    loop {
        match ana.finds("tent", None).await {
            Ok(_) => found += 1,
            Err(refusal) => {
                assert!(matches!(refusal, Refusal::TooFast { .. }), "{refusal:?}");
                break;
            }
        }
        assert!(found < 10, "no limit");
    }
    assert!(found >= 3, "{found}");
}

#[tokio::test]
async fn what_was_said_before_there_was_a_search_is_found_after_the_update() {
    let mut desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    visitor.says("A pole of my Skarn snapped").await.unwrap();
    desk.stops().await;

    // Back to before, as the data of an older version is.
    let connection = match desk.database_url() {
        DatabaseUrl::Sqlite(path) => format!("sqlite://{}?mode=rwc", path.display()),
        DatabaseUrl::Postgres(url) => url,
    };
    let connection = sea_orm::Database::connect(connection).await.unwrap();
    let all = Migrator::migrations();
    let later = all.iter().rev();
    let later = later
        .take_while(|one| one.name() != "m20261123_11_index_entries")
        .count();
    let steps = u32::try_from(later).unwrap() + 1;
    Migrator::down(&connection, Some(steps)).await.unwrap();
    connection.close().await.unwrap();

    desk.starts_again().await;
    let mut ana = desk.agent("Ana").await;
    assert_eq!(vec!["A pole of my Skarn snapped"], ana.lines("skarn").await);
    visitor.comes_back(PublicSeq(0)).await;
    visitor.says("And another pole").await.unwrap();
    assert_eq!(2, ana.lines("pole").await.len());
}

#[tokio::test]
async fn what_changes_is_found_by_what_it_is_now() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    let note = ana.notes(conversation, "Wants a refund").await.unwrap();
    let note = note.expect("a note is an entry");
    assert_eq!(vec!["Wants a refund"], ana.lines("refund").await);

    let text = "Wants a voucher".to_owned();
    let edit = move |key| AgentCommand::EditNote {
        conversation,
        key,
        note,
        text,
    };
    ana.asks(edit).await.unwrap();
    assert!(ana.lines("refund").await.is_empty());
    assert_eq!(vec!["Wants a voucher"], ana.lines("voucher").await);

    // What an agent writes down of a visitor leads to the conversation, until it is taken back.
    for (version, email, found) in [(0, "kim@example.org", 1), (1, "", 0)] {
        let change = ContactChange::Email(email.to_owned());
        let edit = move |key| AgentCommand::EditContact {
            conversation,
            key,
            version,
            change,
        };
        ana.asks(edit).await.unwrap();
        let (hits, _) = ana.finds("kim@example.org", None).await.unwrap();
        assert_eq!(found, hits.len(), "{hits:?}");
    }
}
