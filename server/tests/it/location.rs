//! About where a visitor is, by a database that the operator has.

use std::path::Path;

use protocol::person::Role;
use server::startup::{self, Purpose};

use crate::actors::{AgentActor, TestDesk};

/// Made for these tests: it knows 127.0.0.0/8.
const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/location.mmdb");

#[tokio::test]
async fn who_may_see_an_address_sees_about_where_it_is() {
    let desk = TestDesk::start_with(|config| config.location.database = SAMPLE.into()).await;
    let mut visitor = desk.visitor().await;
    visitor.says("Hello").await.unwrap();
    let mut ana = desk.agent("Ana").await;
    let seen = ana.opens(visitor.conversation).await.visitor;
    assert_eq!(
        ("127.0.0.1", "Bergen, Norway"),
        (&*seen.ip, &*seen.location)
    );

    let ben = desk.signs_in_as("Ben", Role::SupportAgent).await;
    let mut ben = AgentActor::connects(&desk.url, "Ben", ben).await;
    let seen = ben.opens(visitor.conversation).await.visitor;
    assert_eq!(("", ""), (&*seen.ip, &*seen.location));
}

#[tokio::test]
async fn without_a_database_nobody_sees_a_place() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    visitor.says("Hello").await.unwrap();
    let mut ana = desk.agent("Ana").await;
    let seen = ana.opens(visitor.conversation).await.visitor;
    assert_eq!(("127.0.0.1", ""), (&*seen.ip, &*seen.location));
}

#[tokio::test]
async fn a_database_that_cannot_be_read_is_said_at_the_start() {
    let (mut config, _folder, _database) = TestDesk::nothing().await;
    config.location.database = Path::new("nowhere.mmdb").to_owned();
    let refused = startup::start(config, Purpose::Serve).await;
    let error = refused.map(drop).unwrap_err();
    let said = format!("{error:#}");
    assert!(said.contains("location.database"), "{said}");
    assert!(said.contains("nowhere.mmdb"), "{said}");
}
