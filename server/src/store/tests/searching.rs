//! How a search comes to its rows, and to words that are longer than what the index holds of them.

use std::sync::Arc;

use domain::search::Query;
use protocol::{AgentId, Timestamp};
use sea_orm::{ConnectionTrait as _, DbBackend};

use super::{id, plan_of, says, says_this, store};
use crate::store::search::{self, Among};
use crate::store::{DatabaseUrl, Store};

/// Once more after the database was closed, while it held next to nothing: what SQLite may note of that
/// must not turn a search among millions into one through all of them.
#[tokio::test]
async fn a_search_reads_the_entries_that_its_words_name() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, opening) = store(&folder).await;
    let query = Query::read("tent").unwrap();
    for _ in 0..2 {
        store.submit(says(&opening, 1)).await.unwrap();
        let agent = store.agent(AgentId(id(3))).await.unwrap().unwrap();
        let search = search::statement(DbBackend::Sqlite, &agent, &query, (Some(9), Among::All));
        let plan = plan_of(&store, search).await;
        let expected = "SEARCH entries USING INTEGER PRIMARY KEY (rowid=?)";
        assert!(plan.iter().any(|step| step == expected), "{plan:#?}");
        store.close().await;
        let url = DatabaseUrl::Sqlite(folder.path().join("baton.db"));
        let now = Arc::new(|| Timestamp(1));
        store = Store::open(&url, now, Arc::new(drop)).await.unwrap();
    }
}

/// Beginnings that are longer than those in the index: found among the newest with the same first letters
/// where these are many enough, and everywhere where not.
#[tokio::test]
async fn long_beginnings_are_found_however_many_begin_alike() {
    let folder = tempfile::tempdir().unwrap();
    let (store, opening) = store(&folder).await;
    let texts = (0..10).map(|_| "a delicious soup");
    let texts = texts.chain((0..110).map(|_| "the delivery of a tent"));
    for (number, text) in (1..).zip(texts) {
        let says = says_this(&opening, number, text.to_owned());
        store.submit(says).await.unwrap();
    }
    let agent = store.agent(AgentId(id(3))).await.unwrap().unwrap();
    let found = async |query: &str, before, among| {
        let query = Query::read(query).unwrap();
        let search = search::statement(DbBackend::Sqlite, &agent, &query, (before, among));
        store.readers().query_all_raw(search).await.unwrap().len()
    };
    assert_eq!(100, found("deliver tent", None, Among::Newest).await);
    assert_eq!(10, found("delic", None, Among::Newest).await);
    for nothing in ["deliz", "delivery tents", "delivery soup"] {
        assert_eq!(0, found(nothing, None, Among::Newest).await, "{nothing}");
        assert_eq!(0, found(nothing, None, Among::All).await, "{nothing}");
    }
    let query = Query::read("deliver").unwrap();
    let (first, more) = store.search(&agent, &query, None).await.unwrap();
    assert_eq!((100, true), (first.len(), more));
    let before = first.last().map(|last| last.place);
    let (rest, more) = store.search(&agent, &query, before).await.unwrap();
    assert_eq!((10, false), (rest.len(), more));
    let query = Query::read("delic").unwrap();
    let (soups, more) = store.search(&agent, &query, None).await.unwrap();
    assert_eq!((10, false), (soups.len(), more));
}
